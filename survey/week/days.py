"""Which week is a day in, and when is something to be done, seen from today? Weeks are ISO 8601's."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

MONDAY = 0  # as date.weekday counts
DAYS_IN_WEEK = 7


class Group(StrEnum):
    """When something is to be done, in the order it is read."""

    LATE = "late"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    ANY_DAY = "any_day"


WITHIN_THE_WEEK = (Group.LATE, Group.TODAY, Group.THIS_WEEK)


def find_monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def find_sunday(day: date) -> date:
    """The last day of a day's week."""
    return find_monday(day) + timedelta(days=DAYS_IN_WEEK - 1)


def name_week(day: date) -> str:
    """A week as 2026-W53; around the turn of a year the week's own year, which need not be the day's."""
    found = day.isocalendar()
    return f"{found.year}-W{found.week:02}"


def find_month_end(month: str) -> date:
    """The last day of a month such as 2026-02."""
    year, number = (int(part) for part in month.split("-"))
    first_of_next = date(year + number // 12, number % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def find_group(day: date | None, today: date) -> Group:
    """When something with a last day is to be done; whatever has none can be done any day."""
    if day is None:
        return Group.ANY_DAY
    if day < today:
        return Group.LATE
    if day == today:
        return Group.TODAY
    return Group.THIS_WEEK if day <= find_sunday(today) else Group.LATER
