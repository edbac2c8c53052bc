"""What a test of calendars may ask for: the small panel of the tests of missions."""

from __future__ import annotations

from tests.panel.conftest import box, calendar, installation, mailing, on_sqlite

__all__ = ["box", "calendar", "installation", "mailing", "on_sqlite"]
