"""The rules of the house, as tests of the code itself."""
