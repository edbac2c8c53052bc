"""What is known of whom our pages keep out, and what is said of it."""
