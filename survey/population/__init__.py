"""How many people live in each municipality, by age and gender, and how that is read from a file."""
