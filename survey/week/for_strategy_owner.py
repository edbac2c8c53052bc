"""What is a strategy owner's to do: items without text or measure, and goals whose month has come?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from survey.following.goals import list_all_goals
from survey.installation import Installation
from survey.language import Words, pick_text
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store.following import Goal
from survey.strategy.model import Framework
from survey.strategy.versions import find_current
from survey.week.days import find_month_end
from survey.week.todo import Kind, Task


def list_strategy_tasks(installation: Installation, *, by: Person, words: Words) -> tuple[Task, ...]:
    """Everything that is a strategy owner's, its titles in a language.

    Raises SurveyError not_allowed and strategy_none.
    """
    check_can_do(Permission.EDIT_STRATEGY, by=by)
    found = find_current(installation, viewer=by).map
    names = {area.code: area.name for area in installation.areas}
    goals = list_all_goals(installation, survey=found.survey)
    return (
        *list_goal_tasks(goals, names=names, today=installation.today()),
        *(task for one in found.frameworks for task in list_map_tasks(one, words.language.code)),
    )


def list_map_tasks(framework: Framework, language: str) -> Iterator[Task]:
    """How many items of a framework have no text, and how many neither a dimension nor a note on what
    measures them."""
    about = {"title": pick_text(framework.title, language)}
    where = {"framework": framework.key}
    lost = len([one for one in framework.items if not one.is_known])
    bare = len([one for one in framework.items if one.is_known and not one.dimensions and not one.note])
    if lost:
        yield Task(Kind.FIND_TEXT, number=lost, facts=about, place=where)
    if bare:
        yield Task(Kind.FIND_MEASURE, number=bare, facts=about, place=where)


def list_goal_tasks(goals: Iterable[Goal], *, names: dict[str, str], today: date) -> Iterator[Task]:
    """The areas with goals that were to be reached by this month or an earlier one, the last day first."""
    month = today.isoformat()[:7]
    due: dict[tuple[str, str], int] = {}
    for one in goals:
        if one.due <= month and one.area in names:
            due[one.area, one.due] = due.get((one.area, one.due), 0) + 1
    for (area, last), number in due.items():
        yield Task(Kind.GOAL_ENDS, find_month_end(last), number, {"area": names[area]}, {"area": area})
