"""When a period closes: its numbers are estimated, protected, and frozen as published cells."""
