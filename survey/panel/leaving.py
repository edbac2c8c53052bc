"""What becomes of a member's places, and of what is known of them, when they leave the panel?"""

from __future__ import annotations

from dataclasses import replace

from survey.installation import Installation
from survey.panel.changing import JOB, Change
from survey.panel.contacts import open_contact, seal_contact
from survey.panel.inviting import free_place
from survey.panel.members import find_active, keep
from survey.panel.seen import list_current
from survey.panel.states import COMING, HOLDING, Answer
from survey.panel_rounds.leave import forget_drafts_of
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person, Role
from survey.proposals.support import forget_member
from survey.store import audits, missions
from survey.store.database import Connection, claim_job
from survey.store.members import Kept
from survey.week.subscribe import end_everything


def can_leave(member: str, *, by: Person) -> bool:
    """Whether a person may end somebody's membership: their own, or a coordinator anybody's."""
    is_self = can_do(Permission.DO_MISSIONS, by=by) and by.id == member
    return is_self or can_do(Permission.LEAD_MISSIONS, by=by)


def leave_panel(installation: Installation, member: str, *, by: Person) -> None:
    """Leave the panel: tags, times, address, support and answers not sent are forgotten at once, and the
    weekly letter and the address of the calendar end.

    For every place in a mission that is still to come the next in turn is asked. The name is kept a year for
    what is to be paid (members.py).

    Raises SurveyError not_allowed for another than the member and the coordinator, and member_unknown.
    """
    if not can_leave(member, by=by):
        check_can_do(Permission.LEAD_MISSIONS, by=by)
    forget_drafts_of(installation, member, by=by)
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        known = find_active(connection, member)
        keep(connection, forget(installation, known), based_on=known.version)
        audits.add_event(connection, "member left", member, by=by.name)
        forget_member(connection, member, by=by.name)
        end_everything(installation, connection, Person(Role.PANEL_MEMBER, member), by=by.name)
        free_places(installation, connection, member, by=by)


def forget(installation: Installation, known: Kept) -> Kept:
    """A member who has left."""
    contact = replace(open_contact(installation, known.sealed), address="")
    return replace(
        known,
        version=known.version + 1,
        sealed=seal_contact(installation, contact),
        tags=(),
        times=(),
        paused_until=None,
        left_on=installation.today(),
    )


def free_places(installation: Installation, connection: Connection, member: str, *, by: Person) -> None:
    """Give back every place in a mission that is still to come; what has been done stays as it was."""
    for one in missions.list_invitations(connection, member=member):
        mission = missions.find_mission(connection, one.mission)
        if one.state not in HOLDING or mission is None or mission.day <= installation.today():
            continue
        if one not in list_current(connection, mission):
            continue
        change = Change(installation, connection, mission, by.name)
        change.answer(one, Answer.LEAVE if one.state in COMING else Answer.WITHDRAW)
        free_place(change)
