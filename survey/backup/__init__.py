"""Copies of the database: made whole, kept some days, put back, with what was erased since erased again."""
