"""What each role may see of what has been published."""
