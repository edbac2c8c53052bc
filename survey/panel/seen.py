"""Which missions does a person see, and what of who was asked?

A unit sees its own, and of the members only the first names of those who said yes. A member sees those that
they were asked about. Nobody is shown anybody's tags.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.contacts import Contact, make_link_token
from survey.panel.members import open_names
from survey.panel.states import COMING, HOLDING, Reply, State
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person
from survey.store import mission_letters, missions
from survey.store.database import Connection
from survey.store.missions import Invitation, Mission

LINK_PATH = "/e/u/uppdrag"
LATE_STATES = (State.AGREED, State.DONE)


@dataclass(frozen=True)
class Asked:
    """Somebody who was asked, as a coordinator sees it; `link` is there when no letter takes it to them."""

    invitation: Invitation
    name: str = field(repr=False)
    link: str = field(default="", repr=False)


def is_own(mission: Mission, *, viewer: Person) -> bool:
    """Whether a mission is one that the person asked for."""
    return can_do(Permission.REQUEST_MISSION, by=viewer) and mission.requested_by == viewer.name


def can_see_mission(mission: Mission, invitations: tuple[Invitation, ...], *, viewer: Person) -> bool:
    """Whether a person sees a mission: a coordinator all, a unit its own, a member those they hold a place in
    or may take one in."""
    if can_do(Permission.LEAD_MISSIONS, by=viewer) or is_own(mission, viewer=viewer):
        return True
    mine = (one for one in invitations if one.member == viewer.id)
    is_member = can_do(Permission.DO_MISSIONS, by=viewer)
    return is_member and any(one.state in HOLDING and one.occasion == mission.occasion for one in mine)


def list_missions(installation: Installation, *, viewer: Person) -> tuple[Mission, ...]:
    """The missions that a person sees, the earliest day first. Raises SurveyError not_allowed."""
    check_can_do(Permission.FOLLOW_MISSIONS, by=viewer)
    with installation.database.read(newest=True) as connection:
        known = missions.list_missions(connection)
        if can_do(Permission.DO_MISSIONS, by=viewer):
            mine = missions.list_invitations(connection, member=viewer.id)
        else:
            mine = ()
    by_mission = {one.id: tuple(i for i in mine if i.mission == one.id) for one in known}
    return tuple(one for one in known if can_see_mission(one, by_mission[one.id], viewer=viewer))


def find_seen(installation: Installation, mission: str, *, viewer: Person) -> Mission:
    """A mission. Raises SurveyError not_allowed, and mission_unknown when there is none that they see."""
    check_can_do(Permission.FOLLOW_MISSIONS, by=viewer)
    with installation.database.read(newest=True) as connection:
        found = missions.find_mission(connection, mission)
        asked = missions.list_invitations(connection, mission=mission)
    if found is None or not can_see_mission(found, asked, viewer=viewer):
        raise SurveyError("mission_unknown")
    return found


def list_first_names(installation: Installation, mission: Mission, *, viewer: Person) -> tuple[str, ...]:
    """The first names of those who come, for the unit that asked and the coordinator.

    Raises SurveyError not_allowed.
    """
    if not is_own(mission, viewer=viewer):
        check_can_do(Permission.LEAD_MISSIONS, by=viewer)
    with installation.database.read(newest=True) as connection:
        coming = [one for one in list_current(connection, mission) if one.state in COMING]
        names = open_names(installation, connection)
    return tuple(sorted(names[one.member].first_name for one in coming))


def list_asked(installation: Installation, mission: Mission, *, viewer: Person) -> tuple[Asked, ...]:
    """Everybody who was asked about the occasion that holds, for a coordinator. Raises not_allowed."""
    check_can_do(Permission.LEAD_MISSIONS, by=viewer)
    with installation.database.read(newest=True) as connection:
        current = list_current(connection, mission)
        names = open_names(installation, connection)
        outcomes = mission_letters.find_outcomes(connection, mission.id)
    return tuple(
        Asked(one, names.get(one.member, Contact()).name, find_link(installation, one, outcomes))
        for one in current
    )


def list_standing(installation: Installation, *, by: Person) -> dict[str, tuple[Invitation, ...]]:
    """Who was asked about the occasion that holds, by mission, for a coordinator. Raises not_allowed."""
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        occasions = {one.id: one.occasion for one in missions.list_missions(connection)}
        asked = missions.list_invitations(connection)
    found: dict[str, tuple[Invitation, ...]] = {}
    for one in asked:
        if one.occasion == occasions[one.mission]:
            found[one.mission] = (*found.get(one.mission, ()), one)
    return found


def find_link(installation: Installation, one: Invitation, outcomes: dict[str, str]) -> str:
    """The link to hand over to who waits to be asked; empty where a letter takes it to them."""
    if one.state != Reply.WAITING or outcomes.get(one.id, "refused") != "refused":
        return ""
    return make_link(installation, one.id)


def make_link(installation: Installation, invitation: str) -> str:
    """The whole address of an invitation; where no public address is set, the one it is served at."""
    return f"{installation.settings.address}{LINK_PATH}/{make_link_token(installation, invitation)}"


def list_current(connection: Connection, mission: Mission) -> tuple[Invitation, ...]:
    """Who was asked about the occasion that holds."""
    known = missions.list_invitations(connection, mission=mission.id)
    return tuple(one for one in known if one.occasion == mission.occasion)


def is_feedback_late(mission: Mission, today: date) -> bool:
    """Whether what came of a mission was promised for a day that is over, and has not been told."""
    return mission.state in LATE_STATES and mission.feedback_by < today
