"""Is a manager told what is promised, what follows from decisions, and which activities are due?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from survey.errors import SurveyError
from survey.following.actions import ActionState
from survey.installation import Installation
from survey.language import speak
from survey.panel.decisions import tell_outcome
from survey.people.roles import Person, Role
from survey.proposals.activities import add_activity
from survey.proposals.feedback import tell_residents
from survey.proposals.states import State
from survey.store.following import Action
from survey.week.for_manager import STALE_DAYS, list_activity_tasks, list_manager_tasks, list_signal_tasks
from survey.week.tasks import list_tasks
from survey.week.todo import Kind, Task
from tests.following.written import ACTION
from tests.panel.made import OTHER_UNIT, agree, do
from tests.proposals.written import LJUNGBY, MANAGER, TEXTS, draft, make, propose
from tests.walks import SURVEY, Calendar

TODAY = date(2026, 9, 10)


def tell(installation: Installation, by: Person = MANAGER) -> list[tuple[str, date | None]]:
    found = list_tasks(installation, by=by, words=speak("sv"))
    return [(one.kind.value, one.day) for one in found]


def test_a_proposal_is_to_be_answered_by_its_promised_day_and_a_draft_is_nobodys(
    installation: Installation,
) -> None:
    draft(installation)
    assert tell(installation) == []
    one = propose(installation)
    assert tell(installation) == [("decide", one.answer_by)]
    (task,) = list_manager_tasks(installation, by=MANAGER)
    assert (task.facts, task.query) == ({"title": one.title}, {"proposal": one.id})


def test_a_yes_asks_for_an_activity_and_every_decision_for_residents_to_be_told(
    installation: Installation,
) -> None:
    accepted, declined = make(installation, State.ACCEPTED), make(installation, State.DECLINED)
    told = [("plan_activity", TODAY), ("tell_residents", TODAY), ("tell_residents", TODAY)]
    assert tell(installation) == told
    tell_residents(installation, declined.id, TEXTS, based_on=0, by=MANAGER)
    assert tell(installation) == told[:2]
    add_activity(installation, accepted, ACTION, organisation="both", by=MANAGER)
    assert tell(installation) == told[1:2]
    tell_residents(installation, accepted.id, TEXTS, based_on=0, by=MANAGER)
    assert tell(installation) == []  # the activity begins in October


def test_an_activity_is_to_begin_within_its_month(installation: Installation, calendar: Calendar) -> None:
    one = make(installation, State.ACCEPTED)
    add_activity(installation, one, ACTION, organisation="both", by=MANAGER)
    tell_residents(installation, one.id, TEXTS, based_on=0, by=MANAGER)
    calendar.turn_to(2026, 9, 30)
    assert tell(installation) == []
    calendar.turn_to(2026, 10, 1)
    assert tell(installation) == [("start_activity", date(2026, 10, 31))]
    (task,) = list_manager_tasks(installation, by=MANAGER)
    assert task.query == {"area": LJUNGBY}


def act(state: str, starts: str = "2026-03", ends: str | None = None, days: int = 0) -> list[Task]:
    """What is to be done about an activity that was written about so many days ago."""
    made = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=days)
    action = Action(
        "a", 1, SURVEY, "07", "action", "T", (), starts, ends, "better", "c", state, "", made, "m"
    )
    return list(list_activity_tasks(action, today=TODAY))


@pytest.mark.parametrize(
    ("state", "starts", "ends", "days", "told"),
    [
        ("planned", "2026-10", None, 0, None),
        ("planned", "2026-09", None, 0, (Kind.START_ACTIVITY, date(2026, 9, 30))),
        ("planned", "2025-12", None, 0, (Kind.START_ACTIVITY, date(2025, 12, 31))),
        ("ongoing", "2026-03", "2026-10", 0, None),
        ("ongoing", "2026-03", "2026-09", 0, (Kind.FINISH_ACTIVITY, date(2026, 9, 30))),
        ("ongoing", "2026-03", "2026-08", 999, (Kind.FINISH_ACTIVITY, date(2026, 8, 31))),
        ("ongoing", "2026-03", None, STALE_DAYS - 1, None),
        ("ongoing", "2026-03", None, STALE_DAYS, (Kind.CHECK_ACTIVITY, date(2026, 3, 14))),
        ("done", "2026-03", "2026-04", 999, None),
        ("stopped", "2026-03", "2026-04", 999, None),
    ],
)
def test_an_activity_is_asked_about_when_its_month_has_come_or_nobody_wrote_for_half_a_year(
    state: str, starts: str, ends: str | None, days: int, told: tuple[Kind, date] | None
) -> None:
    assert [(one.kind, one.day) for one in act(state, starts, ends, days)] == ([told] if told else [])
    assert state in tuple(ActionState)


def test_what_came_of_a_mission_is_its_own_units_to_tell(
    installation: Installation, calendar: Calendar
) -> None:
    made = do(installation)
    assert tell(installation) == [("tell_outcome", made.feedback_by)]
    assert tell(installation, OTHER_UNIT) == []
    calendar.turn_to(2026, 11, 7)
    assert list_tasks(installation, by=MANAGER, words=speak("sv"))[0].place == {"mission": made.id}
    tell_outcome(installation, made.id, outcome="En ny lapp", based_on=made.version, by=MANAGER)
    assert tell(installation) == []


@pytest.mark.parametrize(("day", "late"), [(6, False), (7, True)])
def test_feedback_that_is_late_is_told_also_when_nobody_closed_the_mission(
    on_sqlite: Installation, calendar: Calendar, day: int, late: bool
) -> None:
    agree(on_sqlite)
    calendar.turn_to(2026, 11, day)
    assert bool(tell(on_sqlite)) is late


def test_new_signals_are_a_number() -> None:
    assert list(list_signal_tasks(0)) == []
    assert [one.number for one in list_signal_tasks(3)] == [3]


def test_only_who_decides_is_told(on_sqlite: Installation) -> None:
    for role in (Role.COORDINATOR, Role.PANEL_MEMBER, Role.STRATEGY_OWNER, Role.RESIDENT):
        with pytest.raises(SurveyError, match="not_allowed"):
            list_manager_tasks(on_sqlite, by=Person(role))
    with pytest.raises(SurveyError, match="not_allowed"):
        list_tasks(on_sqlite, by=Person(), words=speak("sv"))
