"""The numbers tested: scores, intervals, protection, lines, charts and tables."""
