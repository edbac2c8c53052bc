"""When can a member take part?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NOON, EVENING = "12:00", "17:00"  # a mission that begins then is in the afternoon, in the evening


class PartOfDay(StrEnum):
    """Which part of a day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


TIMES: tuple[str, ...] = tuple(f"{day}_{part}" for day in WEEKDAYS for part in PartOfDay)


def find_time(day: date, starts: str) -> str:
    """The time of the week of a day and a time of day such as 13:30."""
    part = PartOfDay.MORNING if starts < NOON else PartOfDay.AFTERNOON
    if starts >= EVENING:
        part = PartOfDay.EVENING
    return f"{WEEKDAYS[day.weekday()]}_{part}"


def is_available(times: Collection[str], paused_until: date | None, day: date, starts: str) -> bool:
    """Whether a member can take part then. Who has chosen no times can at any; a pause has its last day."""
    if paused_until is not None and day <= paused_until:
        return False
    return not times or find_time(day, starts) in times
