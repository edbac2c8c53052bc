"""When a period closes: its numbers are estimated, protected, and frozen as published cells."""

PUBLISHING = "publishing"  # the job that one process at a time does
