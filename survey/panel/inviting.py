"""Who is asked about a mission, and who comes next when somebody cannot?"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.panel.changing import Change, decide, open_invitation
from survey.panel.letters import LetterKind, queue_letters
from survey.panel.matching import Candidate, Someone, Wanted, rank_candidates
from survey.panel.members import list_active
from survey.panel.states import HOLDING, Answer, Event, Reply, State
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, missions
from survey.store.database import Connection
from survey.store.missions import Invitation, Mission

ID_BYTES = 16
ANSWER_DAYS = 7  # to think it over; fewer where the mission is sooner


def list_candidates(installation: Installation, mission: Mission, *, by: Person) -> tuple[Candidate, ...]:
    """Those who can be asked, in the order to ask them. Raises SurveyError not_allowed."""
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        return rank_for(connection, mission, installation.today())


def rank_for(connection: Connection, mission: Mission, today: date) -> tuple[Candidate, ...]:
    """Those who can be asked; never anybody who has been asked about this occasion, or has said no before."""
    asked = missions.list_invitations(connection)
    days: dict[str, list[date]] = {}
    for one in asked:
        days.setdefault(one.member, []).append(one.asked)
    people = [
        Someone(one.id, one.tags, one.times, one.paused_until, tuple(days.get(one.id, ())))
        for one in list_active(connection)
    ]
    but = {one.member for one in asked if one.mission == mission.id and is_not_asked_again(one, mission)}
    wanted = Wanted(mission.id, mission.tags, mission.day, mission.starts, today)
    return rank_candidates(wanted, people, but=but)


def is_not_asked_again(one: Invitation, mission: Mission) -> bool:
    """Whether an invitation keeps its member from being asked: to this occasion, or one they turned down."""
    return one.occasion == mission.occasion or one.state in (Reply.NO, Reply.LEFT)


def count_open(mission: Mission, invitations: Sequence[Invitation]) -> int:
    """How many places nobody holds or is asked to take."""
    return mission.number - len([one for one in invitations if one.state in HOLDING])


def invite_members(
    installation: Installation, mission: str, *, members: Sequence[str], based_on: int, by: Person
) -> Mission:
    """Ask some members, no more than there are places for.

    Raises SurveyError nobody_chosen, mission_places for more than the places, member_unavailable for
    somebody who cannot be asked, mission_over when its day has come, and what `decide` raises.
    """
    with decide(installation, mission, Event.INVITE, based_on=based_on, by=by) as change:
        today = installation.today()
        if change.mission.day <= today:
            raise SurveyError("mission_over")
        chosen = tuple(dict.fromkeys(members))
        places = count_open(change.mission, change.list_invitations())
        if not chosen:
            raise SurveyError("nobody_chosen")
        if len(chosen) > places:
            raise SurveyError("mission_places", places=max(places, 0))
        if not set(chosen) <= {one.member for one in rank_for(change.connection, change.mission, today)}:
            raise SurveyError("member_unavailable")
        change.advance(Event.INVITE)
        ask(change, chosen, LetterKind.INVITE)
    return change.mission


def ask(change: Change, members: Sequence[str], kind: LetterKind) -> None:
    """Write that some members are asked, and their letters."""
    today, mission = change.installation.today(), change.mission
    answer_by = min(today + timedelta(days=ANSWER_DAYS), mission.day - timedelta(days=1))
    made = [
        Invitation(
            secrets.token_hex(ID_BYTES), mission.id, mission.occasion, one, Reply.WAITING, today, answer_by
        )
        for one in members
    ]
    for one in made:
        if not missions.add_invitation(change.connection, one):
            raise SurveyError("member_unavailable")
    queue_letters(change.installation, change.connection, kind, mission, made)
    audits.add_event(change.connection, "members invited", mission.id, by=change.by, number=len(made))


def ask_next(change: Change, number: int = 1) -> int:
    """Ask the next in turn for so many places that have become free; how many were asked.

    Only those who share a wanted tag, or anybody where none is wanted. Nobody is asked once the day has come.
    """
    mission, today = change.mission, change.installation.today()
    if mission.state != State.INVITING or mission.day <= today:
        return 0
    places = min(number, max(count_open(mission, change.list_invitations()), 0))
    ranked = rank_for(change.connection, mission, today)
    suited = [one.member for one in ranked if one.shared or not mission.tags][:places]
    if suited:
        system = Change(change.installation, change.connection, mission, SYSTEM)
        ask(system, suited, LetterKind.INVITE)
    return len(suited)


def take_back(installation: Installation, invitation: str, *, by: Person) -> None:
    """Take an invitation back, or release somebody who said yes; the next in turn is asked.

    Raises SurveyError not_allowed, invitation_unknown and invitation_state.
    """
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    with open_invitation(installation, invitation, by=by.name) as (change, one):
        change.answer(one, Answer.WITHDRAW)
        free_place(change)


def free_place(change: Change) -> None:
    """After somebody has gone: the group is no longer whole, and the next in turn is asked."""
    if change.mission.state == State.AGREED:
        change.advance(Event.FREE_PLACE)
    ask_next(change)
