"""How people are invited: codes in bulk, letters and files with them, and reminders."""
