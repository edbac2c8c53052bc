"""Is a strategy owner told what the map lacks, and which goals have come to their month?"""

from __future__ import annotations

from datetime import date

import pytest

from survey.errors import SurveyError
from survey.following.goals import NewGoal, add_goal
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from survey.store.following import Goal
from survey.strategy.model import Framework, Item, Kind, Status
from survey.week.for_strategy_owner import list_goal_tasks, list_map_tasks, list_strategy_tasks
from survey.week.todo import Kind as TaskKind
from tests.following.written import CONTINUITY, MANAGER
from tests.walks import Calendar

OWNER = Person(Role.STRATEGY_OWNER)
SAID = {"sv": "Nära vård"}


def make_item(number: int, status: Status = Status.SOURCED, **more: object) -> Item:
    return Item(id=f"P{number}", kind=Kind.PROMISE, status=status, text=SAID, **more)  # type: ignore[arg-type]


def count(*items: Item) -> list[tuple[TaskKind, int | None]]:
    framework = Framework(key="karta", title={"sv": "Kartan"}, owner=SAID, items=items)
    found = list(list_map_tasks(framework, "sv"))
    assert all((one.facts, one.query) == ({"title": "Kartan"}, {"framework": "karta"}) for one in found)
    return [(one.kind, one.number) for one in found]


def test_what_has_no_text_and_what_has_no_measure_are_counted_apart() -> None:
    measured = make_item(1, dimensions=("kontinuitet",))
    noted = make_item(2, note={"sv": "Mäts i registret"})
    bare, lost = make_item(3), make_item(4, Status.NOT_FOUND)
    assert count(measured, noted) == []
    assert count(measured, bare, bare.model_copy(update={"id": "P5"})) == [(TaskKind.FIND_MEASURE, 2)]
    assert count(lost, bare) == [(TaskKind.FIND_TEXT, 1), (TaskKind.FIND_MEASURE, 1)]


@pytest.mark.parametrize(
    ("due", "told"),
    [("2026-08", date(2026, 8, 31)), ("2026-09", date(2026, 9, 30)), ("2026-10", None)],
)
def test_a_goal_ends_with_the_last_day_of_its_month(due: str, told: date | None) -> None:
    goal = Goal("g", 1, "e", "0781", "d", 70.0, due, "2026-01", "stands", "", None, "manager")  # type: ignore[arg-type]
    found = list(list_goal_tasks([goal, goal], names={"0781": "Ljungby"}, today=date(2026, 9, 10)))
    assert [(one.day, one.number) for one in found] == ([(told, 2)] if told else [])


def test_a_goal_that_was_set_is_told_of_when_its_month_comes(
    installation: Installation, calendar: Calendar
) -> None:
    add_goal(installation, NewGoal("75", "2026-12", "2026-09", "Beslut"), **CONTINUITY, by=MANAGER)
    ends = [TaskKind.GOAL_ENDS]
    assert list_kinds(installation)[:1] != ends
    calendar.turn_to(2026, 12, 1)
    assert list_kinds(installation)[:1] == ends


def list_kinds(installation: Installation) -> list[TaskKind]:
    found = list_strategy_tasks(installation, by=OWNER, words=speak("sv"))
    return [one.kind for one in found]


def test_only_who_edits_the_map_is_told(on_sqlite: Installation) -> None:
    with pytest.raises(SurveyError, match="not_allowed"):
        list_strategy_tasks(on_sqlite, by=MANAGER, words=speak("sv"))
