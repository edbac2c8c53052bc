"""What do people write: kept safe, then heard? Pure functions of texts, one file for each question."""
