"""What varies by chance in a series, and what does not: control charts."""
