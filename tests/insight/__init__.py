"""Tests of what each role may see of the published."""
