"""Which moment is it that a database gives back?"""

from __future__ import annotations

from datetime import UTC, datetime


def restore_zone(at: datetime) -> datetime:
    """A time with the zone that SQLite does not keep; always in UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
