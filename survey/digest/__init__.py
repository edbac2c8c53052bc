"""Letters to those who asked: what changed, once for each publication."""
