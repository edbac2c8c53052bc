"""Which week is a day in, and which weeks lie between two?

A week is written as ISO 8601 writes it: "2026-W38". Weeks begin on Monday; week 1 holds the year's first
Thursday. Codes are in the order of time.
"""

import re
from datetime import date, timedelta

DAYS_IN_WEEK = 7

_CODE = re.compile(r"([0-9]{4})-W([0-9]{2})")


def week_of(day: date) -> str:
    """The code of the week that a day is in; around New Year its year may be another than the day's."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def read_week(code: str) -> tuple[int, int]:
    """The year and number of a week. Raises ValueError when the code is none that the calendar has."""
    year, week, _ = find_monday(code).isocalendar()
    return year, week


def find_monday(code: str) -> date:
    """The first day of a week. Raises ValueError when the code is none that the calendar has."""
    match = _CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"{code!r} is not a week: write it as 2026-W38.")
    return date.fromisocalendar(int(match[1]), int(match[2]), 1)


def list_weeks(first: str, last: str) -> list[str]:
    """Every week from one to another, both included; none when the last comes before the first.

    Raises ValueError when either is no week.
    """
    monday, end = find_monday(first), find_monday(last)
    weeks: list[str] = []
    while monday <= end:
        weeks.append(week_of(monday))
        monday += timedelta(DAYS_IN_WEEK)
    return weeks


def find_week_before(day: date) -> str:
    """The last week that is over on a day: the one before the day's own."""
    return week_of(day - timedelta(DAYS_IN_WEEK))
