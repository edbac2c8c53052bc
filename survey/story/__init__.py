"""The annual story: what a year said in a county or municipality, for everybody to read."""
