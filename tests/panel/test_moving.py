"""When a mission is moved, are those who said yes asked anew, and do old answers count no more?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from survey.installation import Installation
from survey.panel.answering import answer_by_link
from survey.panel.contacts import make_link_token
from survey.panel.gathering import move_mission
from survey.panel.requests import When, request_mission
from survey.panel.states import State
from survey.people.roles import Person
from survey.store.missions import Mission
from tests.panel.made import (
    COORDINATOR,
    MANAGER,
    REQUEST,
    accept,
    agree,
    answer,
    confirm,
    find_asked,
    find_codes,
    get,
    get_replies,
    invite,
    sign,
)
from tests.walks import Calendar

LATER = When(date(2026, 10, 20), "9.00", 180, "Biblioteket")
BY = date(2026, 11, 20)


def move(
    installation: Installation, mission: Mission, when: When = LATER, by: Person = MANAGER, **more: date
) -> Mission:
    version = get(installation, mission).version
    named = {"feedback_by": BY, "based_on": version, "by": by, **more}
    return move_mission(installation, mission.id, when, **named)  # type: ignore[arg-type]


def test_those_who_said_yes_are_asked_anew_and_the_old_yes_counts_no_more(
    installation: Installation,
) -> None:
    made = agree(installation)
    old = find_asked(installation, made, "a")
    moved = move(installation, made)
    assert (moved.state, moved.occasion, moved.agreed) == (State.INVITING, 2, None)
    assert (moved.day, moved.starts, moved.minutes, moved.place) == (
        date(2026, 10, 20),
        "09:00",
        180,
        "Biblioteket",
    )
    assert get_replies(installation, made) == {"a": "waiting", "b": "waiting"}
    assert find_codes(confirm, installation, made) == ["mission_waiting"]
    token = make_link_token(installation, old.id)
    assert find_codes(answer_by_link, installation, token, comes=True) == ["invitation_state"]
    for one in ("a", "b"):
        answer(installation, made, one)
        sign(installation, made, one)
    assert confirm(installation, made).state == State.AGREED


def test_who_said_no_is_not_asked_about_the_new_time(installation: Installation) -> None:
    made = invite(installation, accept(installation), "a", "b")
    answer(installation, made, "a", comes=False)
    move(installation, made, by=COORDINATOR)
    assert get_replies(installation, made) == {"b": "waiting", "c": "waiting"}
    answer(installation, made, "b", comes=False)
    assert get_replies(installation, made) == {"b": "no", "c": "waiting"}


@pytest.mark.parametrize("accepted", [False, True])
def test_a_mission_that_nobody_has_been_asked_about_is_only_moved(
    on_sqlite: Installation, accepted: bool
) -> None:
    made = accept(on_sqlite) if accepted else request_mission(on_sqlite, REQUEST, by=MANAGER)
    moved = move(on_sqlite, made)
    assert moved.state == made.state
    assert get_replies(on_sqlite, made) == {}


def test_where_it_is_moved_to_is_checked_and_nothing_is_changed(on_sqlite: Installation) -> None:
    made = agree(on_sqlite)
    wrong = replace(LATER, day=date(2026, 9, 10), place="")
    assert find_codes(move, on_sqlite, made, wrong) == ["mission_day_past", "mission_place_missing"]
    assert find_codes(move, on_sqlite, made, feedback_by=date(2026, 10, 19)) == ["mission_feedback_early"]
    assert get(on_sqlite, made) == made
    assert get_replies(on_sqlite, made) == {"a": "signed", "b": "signed"}


def test_a_mission_is_not_moved_on_its_day(on_sqlite: Installation, calendar: Calendar) -> None:
    made = agree(on_sqlite)
    calendar.turn_to(2026, 10, 6)
    assert find_codes(move, on_sqlite, made) == ["mission_over"]


def test_the_last_day_to_answer_is_never_the_day_of_the_mission(on_sqlite: Installation) -> None:
    soon = When(date(2026, 9, 12), "9.00", 60, "Biblioteket")
    made = agree(on_sqlite)
    move(on_sqlite, made, soon)
    assert find_asked(on_sqlite, made, "a").answer_by == date(2026, 9, 11)
