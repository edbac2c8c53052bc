"""Is what is to be done in the order it should be done, whose it is, and said in a sentence?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pages.shared.menu_table import MENU
from survey.language import speak
from survey.people.permissions import can_do
from survey.people.roles import Person
from survey.week.drawing import write_table
from survey.week.tasks import find_path, say_day, say_task, say_when
from survey.week.todo import RULES, Group, Kind, Task, Tells, group_task, group_tasks, is_free, sort_tasks

TODAY = date(2026, 9, 10)
FACTS = {"unit": "Enheten", "title": "Titeln", "starts": "13:30", "where": "Torget", "area": "Ljungby"}
TASKS = some.builds(
    Task,
    some.sampled_from(Kind),
    some.none() | some.dates(date(2026, 8, 1), date(2026, 11, 1)),
    some.none() | some.integers(1, 9),
    some.just(FACTS),
    some.just({}),
)


def task(kind: Kind, days: int | None, **more: str) -> Task:
    day = None if days is None else TODAY + timedelta(days=days)
    return Task(kind, day, facts={"unit": "Enheten", **more})


def test_late_comes_first_then_today_this_week_later_and_what_has_no_day() -> None:
    some_day = task(Kind.EVALUATE, None)
    later, this_week, today, late = (task(Kind.EVALUATE, days) for days in (4, 3, 0, -1))
    found = group_tasks([some_day, later, today, late, this_week], TODAY)
    assert list(found) == [Group.LATE, Group.TODAY, Group.THIS_WEEK, Group.LATER, Group.ANY_DAY]
    assert list(found.values()) == [(late,), (today,), (this_week,), (later,), (some_day,)]


@given(some.lists(TASKS, max_size=12), some.randoms())
def test_the_order_is_of_groups_and_days_and_the_same_however_they_come(tasks: list[Task], chance) -> None:  # type: ignore[no-untyped-def]
    ordered = sort_tasks(tasks, TODAY)
    groups = [list(Group).index(group_task(one, TODAY)) for one in ordered]
    assert groups == sorted(groups)
    for group in Group:
        days = [one.day or date.max for one in ordered if group_task(one, TODAY) is group]
        assert days == sorted(days)
    shuffled = list(tasks)
    chance.shuffle(shuffled)
    assert [(one.kind, one.day) for one in sort_tasks(shuffled, TODAY)] == [
        (one.kind, one.day) for one in ordered
    ]
    assert sum(map(len, group_tasks(tasks, TODAY).values())) == len(tasks)


@pytest.mark.parametrize(
    ("kind", "days", "group"),
    [
        (Kind.APPROVE_TIME, -30, Group.ANY_DAY),  # waits since then, and has no last day
        (Kind.ANSWER_NOW, -1, Group.LATE),
        (Kind.ANSWER_NOW, 0, Group.TODAY),
        (Kind.DECIDE, None, Group.ANY_DAY),
    ],
)
def test_what_only_waits_is_not_late_but_what_needs_an_answer_now_is(
    kind: Kind, days: int | None, group: Group
) -> None:
    assert group_task(task(kind, days), TODAY) is group


@pytest.mark.parametrize(("days", "free"), [(-1, False), (0, False), (3, False), (4, True), (None, True)])
def test_a_week_is_free_when_nothing_is_late_or_has_its_day_in_it(days: int | None, free: bool) -> None:
    assert is_free([task(Kind.EVALUATE, days)], TODAY) is free
    assert is_free([], TODAY)


def test_every_kind_has_its_row_and_leads_to_a_page_that_its_role_sees() -> None:
    assert set(RULES) == set(Kind)
    entries = {entry.address: entry for entry in MENU}
    for kind, rule in RULES.items():
        assert can_do(entries[rule.page].permission, by=Person(rule.who)), kind


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_said_in_a_sentence(kind: Kind, language: str) -> None:
    words = speak(language)
    asked = {name for _, name, _, _ in Formatter().parse(words.say(f"week.task.{kind}")) if name}
    assert asked <= {*FACTS, "n"}
    said = say_task(words, Task(kind, TODAY, 2 if "n" in asked else None, FACTS))
    assert said[-1] in ".?"
    assert "{" not in said
    assert ("2" in said) is ("n" in asked)


@pytest.mark.parametrize(
    ("kind", "day", "said"),
    [
        (Kind.DECIDE, date(2026, 12, 4), "Senast 4 december"),
        (Kind.DECIDE, date(2027, 1, 4), "Senast 4 januari 2027"),
        (Kind.DECIDE, date(2025, 12, 31), "Senast 31 december 2025"),
        (Kind.DECIDE, TODAY, "I dag"),
        (Kind.DECIDE, None, ""),
        (Kind.TAKE_PART, date(2026, 9, 11), "Den 11 september"),
        (Kind.APPROVE_TIME, date(2026, 9, 1), "Väntar sedan 1 september"),
        (Kind.APPROVE_TIME, TODAY, "Väntar sedan i dag"),
        (Kind.ANSWER_NOW, TODAY, "Väntar sedan i dag"),
    ],
)
def test_a_day_is_said_as_people_say_it(kind: Kind, day: date | None, said: str) -> None:
    assert say_when(speak("sv"), Task(kind, day), TODAY) == said


def test_a_day_is_said_in_english_too() -> None:
    assert say_day(speak("en"), date(2026, 12, 4), TODAY) == "4 December"


def test_an_address_leads_to_the_very_thing() -> None:
    assert find_path(Task(Kind.DECIDE, place={"proposal": "å b"})) == "/proposals?proposal=%C3%A5+b"
    assert find_path(Task(Kind.ASKED_OFTEN, number=2)) == "/missions?view=statistics"
    assert find_path(Task(Kind.CODE_COMMENTS, number=2)) == "/coding"


def test_the_document_has_the_table() -> None:
    written = (Path(__file__).parents[2] / "docs" / "week.md").read_text(encoding="utf-8")
    assert write_table() in written
    assert all(f"`{one}`" in written for one in Tells)
