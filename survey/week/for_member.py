"""What is a panel member's to do: missions, rounds of the panel, proposals and comments?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from survey.insight.choice import RESIDENTS_SURVEY
from survey.installation import Installation
from survey.panel.answering import Invited, list_own
from survey.panel.evaluation import can_evaluate, find_last_day
from survey.panel.members import has_left
from survey.panel.states import COMING, Reply, State
from survey.panel.time_log import LOGGED_STATES, list_own_missions_with_time
from survey.panel_rounds.answer import Walk, find_walk
from survey.panel_rounds.find import find_open_wave, list_panel_rounds
from survey.panel_rounds.permissions import can_rate
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.proposals.states import State as ProposalState
from survey.proposals.visibility import list_in_states
from survey.review.agreement import find_agreements
from survey.review.queue import LOOKED_AT, list_open
from survey.store.proposals import Proposal
from survey.week.todo import Kind, Task

LOG_DAYS = 30  # after a mission time is asked for; who wants no fee is left in peace then
AHEAD = (State.INVITING, State.AGREED)


def list_member_tasks(installation: Installation, *, by: Person) -> tuple[Task, ...]:
    """Everything that is one member's; nothing for somebody who has left. Raises SurveyError not_allowed."""
    check_can_do(Permission.DO_MISSIONS, by=by)
    if has_left(installation, by=by):
        return ()
    today = installation.today()
    logged = list_own_missions_with_time(installation, by=by)
    found = [
        task
        for one in list_own(installation, by=by)
        for task in list_mission_tasks(one, logged=logged, today=today)
    ]
    found += [task for walk in list_open_walks(installation, by=by) for task in list_rating_tasks(walk)]
    found += list_draft_tasks(list_in_states(installation, [ProposalState.DRAFT], viewer=by), writer=by.name)
    return (*found, *list_comment_tasks(*count_comments(installation, by=by)))


def list_mission_tasks(one: Invited, *, logged: Collection[str], today: date) -> Iterator[Task]:
    """What an invitation and its mission ask of a member. `logged` are the missions they wrote time for."""
    mission, invitation = one.mission, one.invitation
    about = {"unit": mission.unit}
    where = {"mission": mission.id}
    if one.is_open:
        yield Task(Kind.ANSWER_INVITATION, invitation.answer_by, facts=about, place=where)
    if invitation.occasion != mission.occasion or invitation.state not in COMING:
        return
    is_ahead = mission.state in AHEAD and mission.day >= today
    if is_ahead and invitation.state == Reply.YES:
        yield Task(Kind.SIGN_AGREEMENT, mission.day, facts=about, place=where)
    if is_ahead:
        told = about | {"starts": mission.starts, "where": mission.place}
        yield Task(Kind.TAKE_PART, mission.day, facts=told, place=where)
    if is_ahead and mission.material:
        yield Task(Kind.READ_MATERIAL, mission.day, facts=about, place=where)
    if is_time_to_write(one, logged=logged, today=today):
        yield Task(Kind.LOG_TIME, mission.day, facts=about, place=where)
    if can_evaluate(mission, invitation, today=today):
        yield Task(Kind.EVALUATE, find_last_day(mission), facts=about, place=where)


def is_time_to_write(one: Invited, *, logged: Collection[str], today: date) -> bool:
    """Whether a mission has been and its time is not written; for a month after it."""
    mission = one.mission
    has_been = mission.day <= today <= mission.day + timedelta(days=LOG_DAYS)
    may = one.invitation.state == Reply.SIGNED and mission.state in LOGGED_STATES
    return may and has_been and mission.id not in logged


def list_open_walks(installation: Installation, *, by: Person) -> list[Walk]:
    """The member's way through each round of the panel's that is open; none for a role without a person."""
    if not can_rate(by=by):
        return []
    known = list_panel_rounds(installation, viewer=by)
    return [find_walk(installation, one.id, by=by) for one in known if find_open_wave(one)]


def list_rating_tasks(walk: Walk) -> Iterator[Task]:
    """A round to answer, with the minutes that are left of it; nothing when it has been sent."""
    if walk.is_open and not walk.own.sent:
        about = {"title": walk.round.title}
        where = {"round": walk.round.id}
        yield Task(Kind.RATE, walk.round.answer_by, max(walk.minutes_left, 1), about, where)


def list_draft_tasks(drafts: Collection[Proposal], *, writer: str) -> Iterator[Task]:
    """The drafts that somebody wrote on last: they wait for whoever wrote them."""
    for one in drafts:
        if one.made_by == writer:
            yield Task(Kind.FINISH_DRAFT, one.made, facts={"title": one.title}, place={"proposal": one.id})


def count_comments(installation: Installation, *, by: Person) -> tuple[int, int]:
    """How many comments wait to be coded by a member, and how many of theirs are read in two ways."""
    check_can_do(Permission.CODE_COMMENTS, by=by)
    waiting = len(list_open(installation, RESIDENTS_SURVEY, by.name, ()))
    apart = find_agreements(installation, survey=RESIDENTS_SURVEY, viewer=by).apart
    return waiting, len([one for one in apart if one.mine is not None])


def list_comment_tasks(waiting: int, apart: int) -> Iterator[Task]:
    """Numbers only: what residents wrote is read on the page. The queue is counted as far as it is looked
    at, so that the number is the least there are."""
    if waiting:
        yield Task(Kind.CODE_COMMENTS, number=min(waiting, LOOKED_AT))
    if apart:
        yield Task(Kind.DISCUSS_CODING, number=apart)
