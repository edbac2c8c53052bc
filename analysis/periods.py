"""Which months belong to which period.

A period is written as people write it: "2026-11" (month), "2026-Q4" (quarter), "2026-H2" (half-year), "2026"
(year). Nothing finer than a month exists. Which day it is, in which time zone, is the caller's to say.
"""

import re
from dataclasses import dataclass, field
from datetime import MAXYEAR, date
from enum import StrEnum
from functools import lru_cache

MONTHS_IN_YEAR = 12

_CODE = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


class PeriodKind(StrEnum):
    """The four lengths of a period, shortest first."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


MONTHS_IN = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}
"""Length of each kind of period, in months."""


@dataclass(frozen=True, order=True)
class Period:
    """A period with its first and last month (codes such as "2026-10").

    Periods are ordered by time: by first month, and a shorter period before a longer one that starts with it.
    """

    kind: PeriodKind = field(compare=False)
    code: str = field(compare=False)
    first: str
    last: str


@lru_cache(maxsize=4096)
def parse_period(code: str) -> Period:
    """The period that a code stands for; parsed once, because lines are made of the same few.

    Raises ValueError when the code is none of the four forms, with years 0001 to 9999.
    """
    match = _CODE.fullmatch(code)
    if match is None or int(match[1]) == 0:
        raise ValueError(
            f"{code!r} is not a period: write a month as 2026-11, a quarter as 2026-Q4, "
            "a half-year as 2026-H2 or a year as 2026."
        )
    year, month, quarter, half = match.groups()
    if month:
        return _make_period(PeriodKind.MONTH, int(year), int(month) - 1)
    if quarter:
        return _make_period(PeriodKind.QUARTER, int(year), int(quarter) - 1)
    if half:
        return _make_period(PeriodKind.HALF_YEAR, int(year), int(half) - 1)
    return _make_period(PeriodKind.YEAR, int(year), 0)


def month_of(day: date) -> str:
    """Code of the month a day lies in, such as "2026-11"."""
    return _write_month(_count_months(day.year, day.month))


def shift_month(code: str, steps: int) -> str:
    """Code of the month `steps` months later; earlier when negative.

    Raises ValueError when the code is no month, or the result lies outside years 0001 to 9999.
    """
    return _write_month(_read_month(code) + steps)


def shift_year(code: str, years: int) -> str:
    """Code of the same month, quarter, half-year or year `years` years later; earlier when negative.

    Raises ValueError when the code is no period, or the result lies outside years 0001 to 9999.
    """
    period = parse_period(code)
    year = int(code[:4]) + years
    if not 1 <= year <= MAXYEAR:
        raise ValueError(f"{period.code} moved by {years} years leaves the calendar, 0001 to {MAXYEAR}.")
    return f"{year:04d}{code[4:]}"


def list_months(period: Period) -> tuple[str, ...]:
    """Codes of the period's months, in order: 1, 3, 6 or 12 of them."""
    return tuple(_write_month(n) for n in range(_read_month(period.first), _read_month(period.last) + 1))


def list_periods(kind: PeriodKind, first_month: str, last_month: str) -> tuple[Period, ...]:
    """Every period of one kind that holds a month from `first_month` to `last_month`, in order.

    The outermost periods may reach outside the span. Empty when the last month comes before the first.
    """
    first, last = _read_month(first_month), _read_month(last_month)
    length = MONTHS_IN[kind]
    return tuple(_find_period(kind, month) for month in range(first - first % length, last + 1, length))


def enclosing_periods(month: str) -> tuple[Period, ...]:
    """The quarter, the half-year and the year that a month belongs to, in that order."""
    number = _read_month(month)
    kinds = (PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR)
    return tuple(_find_period(kind, number) for kind in kinds)


def is_over(period: Period, today: date) -> bool:
    """Whether the period's last day has passed; on the last day itself it is not over."""
    return month_of(today) > period.last


def _count_months(year: int, month: int) -> int:
    """Months since January of year 0, so that months can be counted with."""
    return year * MONTHS_IN_YEAR + month - 1


def _read_month(code: str) -> int:
    """A month's number since year 0. Raises ValueError when the code is no month."""
    if parse_period(code).kind is not PeriodKind.MONTH:
        raise ValueError(f"{code} is not a month: write it as 2026-11.")
    return _count_months(int(code[:4]), int(code[5:]))


def _write_month(number: int) -> str:
    """A month's code from its number since year 0. Raises ValueError outside years 0001 to 9999."""
    year, month = divmod(number, MONTHS_IN_YEAR)
    if not 1 <= year <= MAXYEAR:
        raise ValueError(f"Year {year} lies outside the calendar, 0001 to {MAXYEAR}.")
    return f"{year:04d}-{month + 1:02d}"


def _find_period(kind: PeriodKind, number: int) -> Period:
    """The period of a kind that a month (number since year 0) lies in."""
    year, month = divmod(number, MONTHS_IN_YEAR)
    return _make_period(kind, year, month // MONTHS_IN[kind])


def _make_period(kind: PeriodKind, year: int, index: int) -> Period:
    """The period with a place (from 0) among the periods of its kind in a year."""
    length = MONTHS_IN[kind]
    first = _count_months(year, 1) + index * length
    ending = {
        PeriodKind.MONTH: f"-{index + 1:02d}",
        PeriodKind.QUARTER: f"-Q{index + 1}",
        PeriodKind.HALF_YEAR: f"-H{index + 1}",
        PeriodKind.YEAR: "",
    }
    return Period(kind, f"{year:04d}{ending[kind]}", _write_month(first), _write_month(first + length - 1))
