"""A demonstration without any round, on each engine and on one."""

from tests.demonstrations import calendar, installation, on_sqlite

__all__ = ["calendar", "installation", "on_sqlite"]
