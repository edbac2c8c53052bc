"""Letters to those who asked: what changed in the figures, and what happened with proposals."""
