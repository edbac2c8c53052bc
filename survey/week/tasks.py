"""What is a person's to do, and how is it said?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import urlencode

from babel.dates import format_date

from survey.installation import Installation
from survey.language import Words
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person, Role
from survey.week.for_coordinator import list_coordinator_tasks
from survey.week.for_manager import list_manager_tasks
from survey.week.for_member import list_member_tasks
from survey.week.for_strategy_owner import list_strategy_tasks
from survey.week.todo import Task, Tells, sort_tasks

FIRST_SHOWN = 3  # on the start page: what somebody takes in at a glance

Gather = Callable[[Installation, Person, Words], tuple[Task, ...]]
GATHERERS: Mapping[Role, Gather] = {
    Role.PANEL_MEMBER: lambda at, by, _words: list_member_tasks(at, by=by),
    Role.MANAGER: lambda at, by, _words: list_manager_tasks(at, by=by),
    Role.COORDINATOR: lambda at, by, _words: list_coordinator_tasks(at, by=by),
    Role.STRATEGY_OWNER: lambda at, by, words: list_strategy_tasks(at, by=by, words=words),
}


def list_tasks(installation: Installation, *, by: Person, words: Words) -> tuple[Task, ...]:
    """Everything that is a person's, in the order of day. Raises SurveyError not_allowed."""
    check_can_do(Permission.SEE_OWN_WEEK, by=by)
    return sort_tasks(GATHERERS[by.role](installation, by, words), installation.today())


def say_task(words: Words, task: Task) -> str:
    """What is to be done, as one sentence without its day."""
    key = f"week.task.{task.kind}"  # keys: week.task.*
    if task.number is None:
        return words.say(key, **task.facts)  # keys: week.task.*
    return words.count(key, task.number, **task.facts)  # keys: week.task.*


def say_when(words: Words, task: Task, today: date) -> str:
    """The day of a task as people say it, such as by 4 December; empty where it has none."""
    if task.day is None:
        return ""
    if task.day == today and task.rule.tells in (Tells.BY, Tells.ON):
        return words.say("week.today")
    if task.day == today:
        return words.say("week.when.today")
    return words.say(f"week.when.{task.rule.tells}", day=say_day(words, task.day, today))  # keys: week.when.*


def say_day(words: Words, day: date, today: date) -> str:
    """A day such as 4 December, with its year where that is another than this."""
    pattern = "d MMMM" if day.year == today.year else "d MMMM y"
    return format_date(day, pattern, locale=words.language.locale)


def say_weekday(words: Words, day: date) -> str:
    """A day such as Tuesday 1 December, where the month is told beside."""
    return format_date(day, "EEEE d MMMM", locale=words.language.locale)


def find_path(task: Task) -> str:
    """The address of a task on this site."""
    query = task.query
    return f"/{task.rule.page}?{urlencode(query)}" if query else f"/{task.rule.page}"
