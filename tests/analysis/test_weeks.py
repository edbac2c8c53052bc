"""Is a week the one that ISO 8601 says, around New Year too?"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.weeks import find_monday, find_week_before, list_weeks, read_week, week_of

DAYS = st.dates(date(1, 1, 8), date(9999, 12, 20))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 9, 14), "2026-W38"),  # a Monday
        (date(2026, 9, 20), "2026-W38"),  # its Sunday
        (date(2026, 9, 21), "2026-W39"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_day_is_in_the_week_of_its_thursday(day: date, week: str) -> None:
    assert week_of(day) == week


@given(DAYS)
def test_a_week_begins_on_the_monday_that_is_in_it(day: date) -> None:
    monday = find_monday(week_of(day))
    assert monday <= day <= monday + timedelta(6) and monday.isoweekday() == 1


@given(DAYS, st.integers(0, 400))
def test_weeks_are_listed_without_a_gap_in_the_order_of_their_codes(day: date, days: int) -> None:
    last = min(day + timedelta(days), date(9999, 12, 20))
    weeks = list_weeks(week_of(day), week_of(last))
    assert weeks == sorted(set(weeks))
    assert [find_monday(b) - find_monday(a) for a, b in pairwise(weeks)] == [timedelta(7)] * (len(weeks) - 1)
    assert (weeks[0], weeks[-1]) == (week_of(day), week_of(last))


def test_there_is_no_week_before_the_first() -> None:
    assert list_weeks("2026-W39", "2026-W38") == []


@pytest.mark.parametrize(
    ("day", "before"),
    [(date(2026, 9, 20), "2026-W37"), (date(2026, 9, 21), "2026-W38"), (date(2027, 1, 4), "2026-W53")],
)
def test_a_week_is_over_on_its_sunday_at_midnight(day: date, before: str) -> None:
    assert find_week_before(day) == before


@pytest.mark.parametrize("code", ["2026-38", "2026-W8", "2026-W00", "2025-W53", "2026-W54", "2026-09", ""])
def test_a_code_that_the_calendar_does_not_have_is_refused(code: str) -> None:
    with pytest.raises(ValueError):
        find_monday(code)


def test_a_week_is_read_as_its_year_and_number() -> None:
    assert read_week("2026-W05") == (2026, 5)
