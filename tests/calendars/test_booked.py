"""Does each person's calendar hold what is theirs, at the time that holds now, and nothing of another's?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from survey.calendar.booked import list_booked, list_weeks, select_month
from survey.calendar.months import find_neighbours, read_month
from survey.calendar.standing import Standing
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.answering import leave_mission
from survey.panel.decisions import cancel_mission, decline_request
from survey.panel.inviting import take_back
from survey.panel.leaving import leave_panel
from survey.panel.requests import request_mission
from survey.people.roles import Person, Role
from tests.panel.made import (
    A_DAY,
    COORDINATOR,
    MANAGER,
    OTHER_UNIT,
    REQUEST,
    accept,
    agree,
    answer,
    find_asked,
    invite,
    member,
)
from tests.panel.test_moving import LATER, move
from tests.walks import Calendar

Seen = list[tuple[date, str]]


def see(installation: Installation, viewer: Person) -> Seen:
    return [(one.mission.day, one.standing.value) for one in list_booked(installation, viewer=viewer)]


def test_a_request_stands_in_the_units_and_the_coordinators_calendar_only(installation: Installation) -> None:
    request_mission(installation, REQUEST, by=MANAGER)
    for viewer in (MANAGER, COORDINATOR):
        assert see(installation, viewer) == [(A_DAY, "tentative")]
    for viewer in (OTHER_UNIT, member("a"), Person(Role.PANEL_MEMBER)):
        assert see(installation, viewer) == []


def test_a_member_sees_what_they_are_asked_about_and_not_what_they_said_no_to(
    installation: Installation,
) -> None:
    made = invite(installation, accept(installation, tags=("dental_care",)), "a", "b")
    answer(installation, made, "a")
    answer(installation, made, "b", comes=False)
    assert see(installation, member("a")) == [(A_DAY, "tentative")]
    assert see(installation, member("b")) == []
    assert see(installation, member("c")) == []


def test_a_moved_mission_stands_at_its_new_time_until_it_is_answered_anew(installation: Installation) -> None:
    made = agree(installation)
    assert see(installation, member("a")) == [(A_DAY, "confirmed")]
    move(installation, made)
    for viewer in (member("a"), MANAGER, COORDINATOR):
        assert see(installation, viewer) == [(LATER.day, "tentative")]
    answer(installation, made, "a", comes=False)
    assert see(installation, member("a")) == []


def test_a_mission_that_is_called_off_says_so_to_all_who_held_a_place(installation: Installation) -> None:
    made = agree(installation)
    cancel_mission(installation, made.id, reason="Ingen lokal", based_on=made.version, by=MANAGER)
    for viewer in (member("a"), member("b"), MANAGER, COORDINATOR):
        assert see(installation, viewer) == [(A_DAY, "cancelled")]
    assert see(installation, member("c")) == []


def test_a_request_that_was_declined_stands_in_no_calendar(on_sqlite: Installation) -> None:
    made = request_mission(on_sqlite, REQUEST, by=MANAGER)
    decline_request(on_sqlite, made.id, reason="För många", based_on=made.version, by=COORDINATOR)
    assert (see(on_sqlite, MANAGER), see(on_sqlite, COORDINATOR)) == ([], [])


@pytest.mark.parametrize("how", ["leaves", "is taken back", "leaves the panel"])
def test_who_gives_a_place_back_has_it_no_more_and_the_other_keeps_it(
    on_sqlite: Installation, how: str
) -> None:
    made = agree(on_sqlite)
    invitation = find_asked(on_sqlite, made, "a").id
    if how == "leaves":
        leave_mission(on_sqlite, invitation, by=member("a"))
    elif how == "is taken back":
        take_back(on_sqlite, invitation, by=COORDINATOR)
    else:
        leave_panel(on_sqlite, "a", by=member("a"))
    assert see(on_sqlite, member("a")) == []
    assert see(on_sqlite, member("b")) == [(A_DAY, "tentative")]  # the group is not whole any more


def test_who_has_no_calendar_is_told_so(on_sqlite: Installation) -> None:
    for role in (Role.RESIDENT, Role.STRATEGY_OWNER):
        with pytest.raises(SurveyError, match="not_allowed"):
            list_booked(on_sqlite, viewer=Person(role))


def test_a_month_has_its_first_and_its_last_day_in_weeks(on_sqlite: Installation, calendar: Calendar) -> None:
    calendar.turn_to(2026, 11, 20)
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)]
    for day in days:
        accept_on(on_sqlite, day)
    booked = list_booked(on_sqlite, viewer=COORDINATOR)
    december = select_month(booked, "2026-12")
    assert [one.mission.day for one in december] == days[1:3]
    assert [monday for monday, _ in list_weeks(december)] == [date(2026, 11, 30), date(2026, 12, 28)]
    assert [one.standing for one in december] == [Standing.TENTATIVE] * 2


def accept_on(installation: Installation, day: date) -> None:
    when = replace(REQUEST.when, day=day)
    accept(installation, when=when, feedback_by=day)


@pytest.mark.parametrize(
    ("asked", "month"),
    [
        ("2026-12", "2026-12"),
        ("2026-13", None),
        ("2026-00", None),
        ("2026-1", None),
        ("1999-12", None),
        ("2000-01", "2000-01"),
        ("2100-12", "2100-12"),
        ("2101-01", None),
        ("2026-12\n", None),
        ("٢٠٢٦-12", None),
        ("", None),
    ],
)
def test_a_month_in_an_address_is_one_or_none(asked: str, month: str | None) -> None:
    assert read_month(asked) == month


@pytest.mark.parametrize(
    ("month", "beside"),
    [
        ("2026-12", ("2026-11", "2027-01")),
        ("2027-01", ("2026-12", "2027-02")),
        ("2000-01", (None, "2000-02")),
        ("2100-12", ("2100-11", None)),
    ],
)
def test_months_follow_each_other_over_the_turn_of_the_year(
    month: str, beside: tuple[str | None, str | None]
) -> None:
    assert find_neighbours(month) == beside


@given(some.dates(date(2000, 2, 1), date(2100, 11, 30)))
def test_there_and_back_is_the_same_month(day: date) -> None:
    month = f"{day:%Y-%m}"
    before, after = find_neighbours(month)
    assert before is not None
    assert after is not None
    assert before < month < after
    assert find_neighbours(before)[1] == month == find_neighbours(after)[0]
