"""Everything the public may see, as files that anybody may take away."""
