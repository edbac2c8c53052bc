"""The checks of the product; each folder mirrors a room."""
