"""Is a coordinator told which missions, answers, days and rounds wait for them?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.panel.requests import request_mission
from survey.review.decide import ask_for_answer
from survey.store import reviews
from survey.store.reviews import Slot
from survey.week.for_coordinator import list_answer_tasks, list_coordinator_tasks, list_round_tasks
from survey.week.tasks import list_tasks, say_task
from tests.panel.made import (
    A_DAY,
    COORDINATOR,
    MANAGER,
    REQUEST,
    accept,
    agree,
    answer,
    confirm,
    do,
    invite,
    member,
    sign,
)
from tests.panel.test_time import approve, log
from tests.panel_rounds.rated import close, open_a_round
from tests.proposals.written import add_comment
from tests.walks import Calendar
from tests.walks import open_a_round as open_residents_round

TODAY = date(2026, 9, 10)


def tell(installation: Installation) -> list[tuple[str, date | None, int | None]]:
    found = list_tasks(installation, by=COORDINATOR, words=speak("sv"))
    return [(one.kind.value, one.day, one.number) for one in found]


def test_a_mission_asks_for_the_next_thing_all_the_way(installation: Installation) -> None:
    request_mission(installation, REQUEST, by=MANAGER)
    assert tell(installation) == [("answer_request", TODAY, None)]


def test_an_accepted_mission_wants_its_people_then_its_group_confirmed(installation: Installation) -> None:
    made = accept(installation)
    assert tell(installation) == [("find_members", A_DAY, 2)]
    invite(installation, made, "a")
    assert tell(installation) == [("find_members", A_DAY, 1)]
    invite(installation, made, "b")
    assert tell(installation) == []  # both have a week to think it over
    for one in ("a", "b"):
        answer(installation, made, one)
        sign(installation, made, one)
    assert tell(installation) == [("confirm_group", A_DAY, None)]
    confirm(installation, made)
    assert tell(installation) == []


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (14, []),
        (15, [("chase_answers", date(2026, 9, 17), 1)]),
        (17, [("chase_answers", date(2026, 9, 17), 1)]),
    ],
)
def test_who_has_not_answered_is_counted_two_days_before_the_last(
    on_sqlite: Installation, calendar: Calendar, day: int, told: list[object]
) -> None:
    made = invite(on_sqlite, accept(on_sqlite), "a", "b")
    answer(on_sqlite, made, "a")
    calendar.turn_to(2026, 9, day)
    assert tell(on_sqlite) == told
    said = [say_task(speak("sv"), one) for one in list_tasks(on_sqlite, by=COORDINATOR, words=speak("sv"))]
    assert "Bo" not in " ".join(said)


def test_a_mission_that_has_been_is_closed_and_its_time_approved(
    installation: Installation, calendar: Calendar
) -> None:
    agree(installation)
    calendar.turn_to(2026, 10, 5)
    assert tell(installation) == []
    calendar.turn_to(2026, 10, 6)
    assert tell(installation) == [("close_mission", A_DAY, None)]


def test_days_to_approve_are_counted_until_they_are(installation: Installation) -> None:
    made = do(installation)
    log(installation, made, "a", 120)
    log(installation, made, "b", 60, date(2026, 10, 5))
    assert tell(installation) == [("approve_time", date(2026, 10, 5), 2)]
    approve(installation, made)
    assert tell(installation) == []


def test_a_comment_that_needs_an_answer_is_a_number_and_never_its_words(installation: Installation) -> None:
    found = add_comment(installation, "Ingen svarar i telefonen")
    with installation.database.write() as connection:
        reviews.take_slot(connection, Slot(found, 1, member("a").name, datetime.now(UTC), done=False))
    ask_for_answer(installation, found, "Akut", by=member("a"))
    (task,) = list_coordinator_tasks(installation, by=COORDINATOR)
    assert (task.kind.value, task.number, task.facts, task.query) == ("answer_now", 1, {}, {})
    assert say_task(speak("sv"), task) == "1 kommentar behöver svar nu."


def test_the_first_comment_says_since_when() -> None:
    (task,) = list_answer_tasks([date(2026, 9, 9), date(2026, 9, 7)])
    assert (task.day, task.number) == (date(2026, 9, 7), 2)
    assert list(list_answer_tasks([])) == []


@pytest.mark.parametrize(
    ("month", "day", "asked"),
    [(9, 27, False), (9, 28, True), (10, 1, True), (10, 3, True)],  # it is answered until Thursday 1 October
)
def test_a_round_of_the_panel_is_told_of_in_its_last_week_and_until_it_is_closed(
    on_sqlite: Installation, calendar: Calendar, month: int, day: int, asked: bool
) -> None:
    found = open_a_round(on_sqlite)
    calendar.turn_to(2026, month, day)
    assert tell(on_sqlite) == ([("close_panel_round", date(2026, 10, 2), None)] if asked else [])
    close(on_sqlite, found)
    assert tell(on_sqlite) == []


@pytest.mark.parametrize(
    ("today", "told"),
    [(date(2026, 12, 27), 0), (date(2026, 12, 28), 1), (date(2026, 12, 31), 1), (date(2027, 1, 1), 0)],
)
def test_a_round_of_residents_is_told_of_in_its_last_week(
    on_sqlite: Installation, today: date, told: int
) -> None:
    found = open_residents_round(on_sqlite)
    assert len(list(list_round_tasks([found], today=today))) == told


def test_members_who_are_asked_too_often_are_counted(installation: Installation) -> None:
    for _ in range(3):
        invite(installation, accept(installation, number=1), "a")
    assert ("asked_often", None, 1) in tell(installation)


def test_only_a_coordinator_is_told(on_sqlite: Installation) -> None:
    for by in (MANAGER, member("a")):
        with pytest.raises(SurveyError, match="not_allowed"):
            list_coordinator_tasks(on_sqlite, by=by)
