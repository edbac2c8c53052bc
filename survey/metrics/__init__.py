"""Figures about how the service runs, for whoever watches it; none of them can be joined to a person."""
