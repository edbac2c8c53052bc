"""Which week is a day in, and when is something to be done?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from survey.week.days import Group, find_group, find_monday, find_month_end, find_sunday, name_week

DAYS = some.dates(date(1990, 1, 1), date(2110, 12, 31))
THURSDAY = date(2026, 9, 10)


@pytest.mark.parametrize(
    ("day", "group"),
    [
        (date(2026, 9, 9), Group.LATE),
        (date(2026, 9, 7), Group.LATE),  # this Monday is over
        (date(2026, 9, 10), Group.TODAY),
        (date(2026, 9, 11), Group.THIS_WEEK),
        (date(2026, 9, 13), Group.THIS_WEEK),  # Sunday
        (date(2026, 9, 14), Group.LATER),
        (None, Group.ANY_DAY),
    ],
)
def test_a_week_ends_with_its_sunday(day: date | None, group: Group) -> None:
    assert find_group(day, THURSDAY) is group


@pytest.mark.parametrize(
    ("today", "tomorrow"),
    [
        (date(2026, 9, 13), Group.LATER),  # a Sunday: tomorrow is another week
        (date(2026, 9, 14), Group.THIS_WEEK),
        (date(2026, 12, 31), Group.THIS_WEEK),  # a Thursday: the year turns within the week
        (date(2028, 12, 31), Group.LATER),  # a Sunday: the year turns with the week
        (date(2026, 10, 24), Group.THIS_WEEK),  # the night when clocks are put back
        (date(2027, 3, 27), Group.THIS_WEEK),  # and forward
    ],
)
def test_tomorrow_is_this_week_but_on_sundays(today: date, tomorrow: Group) -> None:
    assert find_group(today + timedelta(days=1), today) is tomorrow


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 12, 27), "2026-W52"),
        (date(2026, 12, 28), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2026, 1, 5), "2026-W02"),
    ],
)
def test_a_week_is_of_the_year_that_its_thursday_is_in(day: date, week: str) -> None:
    assert name_week(day) == week


@given(DAYS)
def test_all_days_of_a_week_have_its_name_and_the_next_monday_another(day: date) -> None:
    monday, sunday = find_monday(day), find_sunday(day)
    assert monday <= day <= sunday
    assert {name_week(monday + timedelta(days=n)) for n in range(7)} == {name_week(day)}
    assert name_week(sunday + timedelta(days=1)) != name_week(day)


@given(DAYS, some.integers(0, 60))
def test_what_comes_later_is_never_more_urgent(today: date, days: int) -> None:
    order = list(Group)
    here, there = today + timedelta(days=days - 30), today + timedelta(days=days - 29)
    assert order.index(find_group(here, today)) <= order.index(find_group(there, today))


@pytest.mark.parametrize(
    ("month", "last"),
    [
        ("2026-02", date(2026, 2, 28)),
        ("2028-02", date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 31)),
        ("2026-11", date(2026, 11, 30)),
    ],
)
def test_a_month_ends_with_its_last_day(month: str, last: date) -> None:
    assert find_month_end(month) == last
