"""What do managers write down so that it stands on the trend line: goals, actions and new limits."""
