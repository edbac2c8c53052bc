"""Papers for committees and programmes: what they say, how they are set, and how they are made meanwhile."""
