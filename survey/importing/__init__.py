"""How answers that were given elsewhere come in, row by row, with a reason for every row that does not."""
