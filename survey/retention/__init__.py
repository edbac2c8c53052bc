"""How long each kind of thing is kept, by which decision, and what removes it."""
