"""Answers for research: asked for, approved, made so coarse that nobody stands out, fetched and ended."""
