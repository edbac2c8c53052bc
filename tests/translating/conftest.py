"""What a test of translations may ask for: a demonstration without any round."""

from __future__ import annotations

from tests.demonstrations import calendar, installation, on_sqlite

__all__ = ["calendar", "installation", "on_sqlite"]
