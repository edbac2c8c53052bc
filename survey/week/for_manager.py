"""What is a manager's to do: proposals, feedback that was promised, activities and signals?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from survey.following.actions import ActionState, list_all_actions
from survey.insight.choice import RESIDENTS_SURVEY
from survey.insight.published import list_surveys
from survey.insight.signals import find_signals
from survey.installation import SWEDEN, Installation
from survey.panel.seen import is_feedback_late, list_missions
from survey.panel.states import State
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.proposals.activities import list_all_ties
from survey.proposals.feedback import find_told
from survey.proposals.rating import list_to_rate
from survey.proposals.states import DECIDED
from survey.proposals.states import State as ProposalState
from survey.proposals.visibility import list_in_states
from survey.store.following import Action
from survey.store.missions import Mission
from survey.store.proposals import Proposal
from survey.week.days import find_month_end
from survey.week.todo import Kind, Task

STALE_DAYS = 180  # an activity that nobody has written about for half a year is looked at again


def list_manager_tasks(installation: Installation, *, by: Person) -> tuple[Task, ...]:
    """Everything that is a manager's; of missions only their own. Raises SurveyError not_allowed."""
    check_can_do(Permission.DECIDE_PROPOSALS, by=by)
    today = installation.today()
    decided = list_in_states(installation, DECIDED, viewer=by)
    ties = list_all_ties(installation)
    tied = set(ties.values())
    actions = [one for one in list_all_actions(installation, survey=RESIDENTS_SURVEY) if one.id in ties]
    return (
        *(make_decision(one) for one in list_to_rate(installation, by=by)),
        *list_feedback_tasks(list_missions(installation, viewer=by), today=today),
        *(task for one in actions for task in list_activity_tasks(one, today=today)),
        *list_decided_tasks(decided, tied=tied, told=find_told(installation, decided)),
        *list_signal_tasks(count_new_signals(installation, by=by)),
    )


def make_decision(one: Proposal) -> Task:
    """A proposal that waits for an answer."""
    return Task(Kind.DECIDE, one.answer_by, facts={"title": one.title}, place={"proposal": one.id})


def list_feedback_tasks(known: Iterable[Mission], *, today: date) -> Iterator[Task]:
    """What came of a mission: to tell when it has been done, and what is late."""
    for one in known:
        if one.state == State.DONE or is_feedback_late(one, today):
            yield Task(
                Kind.TELL_OUTCOME, one.feedback_by, facts={"unit": one.unit}, place={"mission": one.id}
            )


def list_activity_tasks(action: Action, *, today: date) -> Iterator[Task]:
    """An activity whose month to begin or to be done has come, or that nobody has written about for long.

    Months have their last day as their day. One that is to begin or end in a later month waits for it.
    """
    about, where = {"title": action.title}, {"area": action.area}
    month = today.isoformat()[:7]
    if action.state == ActionState.PLANNED and action.starts <= month:
        yield Task(Kind.START_ACTIVITY, find_month_end(action.starts), facts=about, place=where)
    if action.state != ActionState.ONGOING:
        return
    written = action.made.astimezone(SWEDEN).date()
    if action.ends is not None and action.ends <= month:
        yield Task(Kind.FINISH_ACTIVITY, find_month_end(action.ends), facts=about, place=where)
    elif written + timedelta(days=STALE_DAYS) <= today:
        yield Task(Kind.CHECK_ACTIVITY, written, facts=about, place=where)


def list_decided_tasks(
    decided: Iterable[Proposal], *, tied: Collection[str], told: Collection[str]
) -> Iterator[Task]:
    """What follows from a decision: an accepted proposal is planned, and residents are told of any."""
    for one in decided:
        about = {"title": one.title}
        if one.state == ProposalState.ACCEPTED and one.id not in tied:
            yield Task(Kind.PLAN_ACTIVITY, one.made, facts=about, place={"area": one.area})
        if one.id not in told:
            yield Task(Kind.TELL_RESIDENTS, one.made, facts=about, place={"proposal": one.id})


def count_new_signals(installation: Installation, *, by: Person) -> int:
    """How many signals the last publication made."""
    if RESIDENTS_SURVEY not in list_surveys(installation):
        return 0
    areas = [area.code for area in installation.areas]
    return len(find_signals(installation, RESIDENTS_SURVEY, areas, viewer=by).new)


def list_signal_tasks(number: int) -> Iterator[Task]:
    if number:
        yield Task(Kind.READ_SIGNALS, number=number)
