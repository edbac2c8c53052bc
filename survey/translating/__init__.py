"""Texts in residents' languages: which there are, who has reviewed them, and what is said meanwhile."""
