"""The strategy map: its file, its versions, its figures."""
