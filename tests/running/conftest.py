"""What the tests of running an installation ask for: a demonstration without any round."""

from tests.demonstrations import calendar, installation, on_sqlite

__all__ = ["calendar", "installation", "on_sqlite"]
