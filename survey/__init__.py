"""Invånarrösten: what a survey is, how it is answered, kept, published and seen."""
