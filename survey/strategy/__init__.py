"""The strategy map: what has been decided, and which questions to residents measure it."""
