"""What is a coordinator's to do: requests, groups, time, comments to answer and rounds to close?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from survey.insight.choice import RESIDENTS_SURVEY
from survey.installation import SWEDEN, Installation
from survey.panel.gathering import find_hindrance
from survey.panel.inviting import count_open
from survey.panel.seen import list_missions, list_standing
from survey.panel.states import Reply, State
from survey.panel.statistics import find_statistics
from survey.panel.time_log import list_unapproved
from survey.panel_rounds.find import find_open_wave, list_panel_rounds
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.review.needing_answer import list_needing_answer
from survey.rounds import list_rounds
from survey.store.missions import Invitation, Mission, Time
from survey.store.panel_rounds import PanelRound
from survey.store.rounds import Round
from survey.week.days import find_sunday
from survey.week.todo import Kind, Task

CHASE_DAYS = 2  # before the last day to answer an invitation that nobody has answered


@dataclass(frozen=True)
class Led:
    """A mission with those who were asked about the occasion that holds, and the days to approve."""

    mission: Mission
    asked: Sequence[Invitation] = ()
    unapproved: Sequence[Time] = ()


def list_coordinator_tasks(installation: Installation, *, by: Person) -> tuple[Task, ...]:
    """Everything that is a coordinator's. Raises SurveyError not_allowed."""
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    today = installation.today()
    needing = list_needing_answer(installation, survey=RESIDENTS_SURVEY, viewer=by)
    waits = [one.made.astimezone(SWEDEN).date() for one in needing if not one.answer]
    often = [one for one in find_statistics(installation, by=by).turns if one.too_often]
    return (
        *(task for led in list_led(installation, by=by) for task in list_led_tasks(led, today=today)),
        *list_answer_tasks(waits),
        *list_panel_round_tasks(list_panel_rounds(installation, viewer=by), today=today),
        *list_round_tasks(list_rounds(installation), today=today),
        *([Task(Kind.ASKED_OFTEN, number=len(often))] if often else []),
    )


def list_led(installation: Installation, *, by: Person) -> list[Led]:
    """Every mission with what a coordinator judges it by."""
    asked = list_standing(installation, by=by)
    waiting = list_unapproved(installation, by=by)
    return [
        Led(one, asked.get(one.id, ()), waiting.get(one.id, ()))
        for one in list_missions(installation, viewer=by)
    ]


def list_led_tasks(led: Led, *, today: date) -> Iterator[Task]:
    """What a mission asks of its coordinator, in the order of its states."""
    one = led.mission
    about, where = {"unit": one.unit}, {"mission": one.id}
    if one.state == State.REQUESTED:
        yield Task(Kind.ANSWER_REQUEST, one.requested, facts=about, place=where)
    if one.state in (State.ACCEPTED, State.INVITING):
        free = count_open(one, led.asked)
        if free > 0:
            yield Task(Kind.FIND_MEMBERS, one.day, free, about, where)
        elif find_hindrance([asked.state for asked in led.asked]) is None:
            yield Task(Kind.CONFIRM_GROUP, one.day, facts=about, place=where)
    yield from list_chasing_tasks(led, today=today)
    if one.state == State.AGREED and one.day <= today:
        yield Task(Kind.CLOSE_MISSION, one.day, facts=about, place=where)
    if led.unapproved:
        first = min(time.day for time in led.unapproved)
        yield Task(Kind.APPROVE_TIME, first, len(led.unapproved), about, where)


def list_chasing_tasks(led: Led, *, today: date) -> Iterator[Task]:
    """How many have not answered when the last day is near; they are counted and not named."""
    near = today + timedelta(days=CHASE_DAYS)
    silent = [
        one.answer_by for one in led.asked if one.state == Reply.WAITING and today <= one.answer_by <= near
    ]
    if silent and led.mission.state == State.INVITING:
        about, where = {"unit": led.mission.unit}, {"mission": led.mission.id}
        yield Task(Kind.CHASE_ANSWERS, min(silent), len(silent), about, where)


def list_answer_tasks(waits: Sequence[date]) -> Iterator[Task]:
    """How many comments need an answer now, since the day the first was found."""
    if waits:
        yield Task(Kind.ANSWER_NOW, min(waits), len(waits))


def list_panel_round_tasks(known: Iterable[PanelRound], *, today: date) -> Iterator[Task]:
    """The open rounds of the panel's whose last day is over or comes this week, to be closed the day after:
    members answer to the end of it."""
    for one in known:
        if find_open_wave(one) and one.answer_by <= find_sunday(today):
            day_after = one.answer_by + timedelta(days=1)
            yield Task(Kind.CLOSE_PANEL_ROUND, day_after, facts={"title": one.title}, place={"round": one.id})


def list_round_tasks(known: Iterable[Round], *, today: date) -> Iterator[Task]:
    """The residents' rounds that end this week."""
    for one in known:
        if one.is_open(today) and one.closes <= find_sunday(today):
            yield Task(Kind.ROUND_ENDS, one.closes, facts={"title": one.title}, place={"round": one.id})
