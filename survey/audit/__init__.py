"""What was done, by whom: how it is found, and how it is told that nothing of it was changed."""
