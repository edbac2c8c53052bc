"""The running product, as a person meets it in a browser."""
