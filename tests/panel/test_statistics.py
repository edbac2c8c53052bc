"""Does a coordinator see how long missions take, which were unmet, and who is asked too often?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from survey.installation import Installation
from survey.panel.decisions import cancel_mission, decline_request, tell_outcome
from survey.panel.inviting import take_back
from survey.panel.requests import request_mission
from survey.panel.statistics import Counts, find_statistics
from survey.people.roles import Person, Role
from tests.panel.made import (
    COORDINATOR,
    MANAGER,
    REQUEST,
    accept,
    agree,
    answer,
    confirm,
    do,
    find_asked,
    find_codes,
    invite,
    sign,
)
from tests.walks import Calendar


def count(installation: Installation) -> Counts:
    return find_statistics(installation, by=COORDINATOR).counts


def test_where_there_is_nothing_to_count_there_is_no_zero_of_days(on_sqlite: Installation) -> None:
    assert count(on_sqlite) == Counts(0, 0, 0, 0, 0, None, None, 0)
    assert [turn.asked for turn in find_statistics(on_sqlite, by=COORDINATOR).turns] == [0] * 6


def test_what_was_not_as_the_unit_wished_is_unmet(installation: Installation) -> None:
    made = request_mission(installation, REQUEST, by=MANAGER)
    decline_request(installation, made.id, reason="Nej", based_on=1, by=COORDINATOR)
    made = accept(installation)
    cancel_mission(installation, made.id, reason="Nej", based_on=made.version, by=MANAGER)
    request_mission(installation, REQUEST, by=MANAGER)
    found = count(installation)
    assert (found.requested, found.held, found.declined, found.cancelled) == (3, 0, 1, 1)
    assert (found.smaller, found.unmet) == (0, 2)


def test_a_smaller_group_than_asked_for_is_unmet_when_the_mission_is_done(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    from survey.panel.decisions import close_mission

    made = invite(on_sqlite, accept(on_sqlite, tags=("home_care",)), "a", "b")
    answer(on_sqlite, made, "a")
    sign(on_sqlite, made, "a")
    take_back(on_sqlite, find_asked(on_sqlite, made, "b").id, by=COORDINATOR)
    now = confirm(on_sqlite, made)
    assert count(on_sqlite).smaller == 0
    calendar.turn_to(2026, 10, 6)
    close_mission(on_sqlite, made.id, based_on=now.version, by=COORDINATOR)
    assert (count(on_sqlite).smaller, count(on_sqlite).unmet) == (1, 1)


def test_days_are_medians_from_the_request_and_from_the_mission(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    agree(on_sqlite)
    late = invite(on_sqlite, accept(on_sqlite, number=1), "c")
    answer(on_sqlite, late, "c")
    sign(on_sqlite, late, "c")
    calendar.turn_to(2026, 9, 13)
    confirm(on_sqlite, late)
    assert count(on_sqlite).days_to_agreed == 1.5  # 0 and 3
    made = do(on_sqlite, "d", tags=("dental_care",))
    calendar.turn_to(2026, 10, 16)
    tell_outcome(on_sqlite, made.id, outcome="Hej", based_on=made.version, by=MANAGER)
    assert count(on_sqlite).days_to_told == 10


def test_late_feedback_is_counted_from_the_day_after_it_was_promised(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    do(on_sqlite)
    calendar.turn_to(2026, 11, 6)
    assert count(on_sqlite).late == 0
    calendar.turn_to(2026, 11, 7)
    assert count(on_sqlite).late == 1


def test_who_is_asked_more_often_than_others_stands_first_and_is_said_to_be(
    on_sqlite: Installation,
) -> None:
    for _ in range(3):
        agree(on_sqlite, "d", tags=("dental_care",))
    agree(on_sqlite, "a", tags=("carer",))
    turns = find_statistics(on_sqlite, by=COORDINATOR).turns
    assert [(turn.name, turn.asked, turn.yes, turn.too_often) for turn in turns[:3]] == [
        ("Dan Alm", 3, 3, True),
        ("Anna Ek", 1, 1, False),
        ("Bo Ask", 0, 0, False),
    ]


@pytest.mark.parametrize(("days", "number"), [(364, 1), (365, 0)])
def test_a_year_is_looked_back(on_sqlite: Installation, calendar: Calendar, days: int, number: int) -> None:
    accept(on_sqlite)
    calendar.day = date(2026, 9, 10) + timedelta(days=days)
    assert count(on_sqlite).requested == number


@pytest.mark.parametrize("role", [Role.MANAGER, Role.PANEL_MEMBER, Role.RESIDENT, Role.STRATEGY_OWNER])
def test_only_coordinators_see_it(on_sqlite: Installation, role: Role) -> None:
    assert find_codes(find_statistics, on_sqlite, by=Person(role)) == ["not_allowed"]
