"""How does a member say yes or no, agree, and leave, on the page or by the link of a letter?"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.agreements import Conflict, load_agreement
from survey.panel.changing import Change, open_invitation
from survey.panel.contacts import read_link_token
from survey.panel.inviting import ask_next, free_place
from survey.panel.states import Answer, Reply
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, missions
from survey.store.missions import Invitation, Mission

BY_LINK = "invited member"  # who did it, in the audit log: whoever holds the link of a letter


@dataclass(frozen=True)
class Invited:
    """An invitation with its mission; `is_open` while it can be answered."""

    mission: Mission
    invitation: Invitation
    is_open: bool


def find_invited(installation: Installation, token: str) -> Invited:
    """The invitation that a link leads to. Raises SurveyError invitation_unknown."""
    invitation = read_link_token(installation, token)
    with installation.database.read(newest=True) as connection:
        one = missions.find_invitation(connection, invitation) if invitation else None
        mission = missions.find_mission(connection, one.mission) if one else None
    if one is None or mission is None:
        raise SurveyError("invitation_unknown")
    return Invited(mission, one, is_open(installation, one))


def is_open(installation: Installation, one: Invitation) -> bool:
    """Whether an invitation waits for an answer and its last day is not over."""
    return one.state == Reply.WAITING and one.answer_by >= installation.today()


def answer_by_link(installation: Installation, token: str, *, comes: bool) -> None:
    """Answer yes or no by the link of a letter, whoever holds it. No reason is asked for.

    Raises SurveyError invitation_unknown, and what `answer_invitation` raises.
    """
    found = find_invited(installation, token)
    with open_invitation(installation, found.invitation.id, by=BY_LINK) as (change, one):
        write_answer(change, one, comes=comes)


def answer_invitation(installation: Installation, invitation: str, *, comes: bool, by: Person) -> None:
    """Answer yes or no on the page.

    Raises SurveyError not_allowed, invitation_unknown for somebody else's, invitation_answered when it has
    been answered before, and invitation_over when it is not wanted any more or its last day is over.
    """
    with open_own(installation, invitation, by=by) as (change, one):
        write_answer(change, one, comes=comes)


def write_answer(change: Change, one: Invitation, *, comes: bool) -> None:
    """An answer; after a no the next in turn is asked."""
    if one.state in (Reply.YES, Reply.SIGNED, Reply.NO, Reply.LEFT):
        raise SurveyError("invitation_answered")
    if not is_open(change.installation, one):
        raise SurveyError("invitation_over")
    answer = Answer.SAY_YES if comes else Answer.SAY_NO
    change.answer(one, answer, answered=change.installation.today())
    if not comes:
        ask_next(change)


def sign_agreement(
    installation: Installation, invitation: str, *, version: str, conflict: str, by: Person
) -> None:
    """Agree to a version of the agreement and declare whether there is a conflict of interest.

    Who wants to talk about one signs nothing yet: the coordinator is shown that. Raises SurveyError
    not_allowed, invitation_unknown, invitation_state, agreement_changed when the text is another by now, and
    conflict_missing.
    """
    with open_own(installation, invitation, by=by) as (change, one):
        if conflict not in tuple(Conflict):
            raise SurveyError("conflict_missing")
        if version != load_agreement(installation.settings).version:
            raise SurveyError("agreement_changed")
        if conflict == Conflict.TALK and one.state == Reply.YES:
            note_conflict(change, one)
            return
        today = installation.today()
        change.answer(one, Answer.SIGN, signed=today, agreement=version, conflict=conflict)


def note_conflict(change: Change, one: Invitation) -> None:
    """That the member wants to talk with the coordinator first; never about what."""
    missions.change_invitation(change.connection, replace(one, conflict=Conflict.TALK), state=one.state)
    audits.add_event(change.connection, "conflict to talk about", one.mission, by=change.by)


def leave_mission(installation: Installation, invitation: str, *, by: Person) -> None:
    """Give a place back, without a reason; the next in turn is asked.

    Raises SurveyError not_allowed, invitation_unknown, invitation_state, and mission_over from the day of
    the mission on.
    """
    with open_own(installation, invitation, by=by) as (change, one):
        if change.mission.day <= installation.today():
            raise SurveyError("mission_over")
        change.answer(one, Answer.LEAVE)
        free_place(change)


@contextmanager
def open_own(
    installation: Installation, invitation: str, *, by: Person
) -> Generator[tuple[Change, Invitation]]:
    """One's own invitation to change.

    Raises SurveyError not_allowed, invitation_unknown and invitation_state.
    """
    check_can_do(Permission.DO_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        known = missions.find_invitation(connection, invitation)
    if known is None or known.member != by.id or not by.id:
        raise SurveyError("invitation_unknown")
    with open_invitation(installation, invitation, by=by.name) as found:
        yield found


def list_own(installation: Installation, *, by: Person) -> tuple[Invited, ...]:
    """The invitations of a member, the newest first. Raises SurveyError not_allowed."""
    check_can_do(Permission.DO_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        mine = missions.list_invitations(connection, member=by.id)
        known = {one.id: one for one in missions.list_missions(connection)}
    found = [Invited(known[one.mission], one, is_open(installation, one)) for one in mine]
    return tuple(sorted(found, key=lambda one: (one.mission.day, one.invitation.asked), reverse=True))
