"""How is a mission changed, so that of two who decide at once the second is told and nothing is lost?"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.panel.seen import is_own, list_current
from survey.panel.states import MISSION_STEPS, Answer, Event, Reply, find_next, find_reply, find_step
from survey.people.permissions import can_do
from survey.people.roles import Permission, Person
from survey.store import audits, missions
from survey.store.database import Connection, claim_job
from survey.store.missions import Invitation, Mission

JOB = "missions"  # two are never changed at the same moment: places are counted before they are given away


@dataclass
class Change:
    """A mission in the middle of being changed, in the transaction that keeps it or nothing of it."""

    installation: Installation
    connection: Connection
    mission: Mission
    by: str

    def advance(self, event: Event, **changes: Any) -> None:
        """Write the next state of the mission and its audit event.

        Raises SurveyError mission_state and panel_changed_meanwhile.
        """
        self.note(state=find_next(self.mission.state, event), **changes)
        now = self.mission
        about = {"state": now.state, "version": now.version, "occasion": now.occasion}
        audits.add_event(self.connection, f"mission {event}", now.id, by=self.by, **about)

    def note(self, **changes: Any) -> None:
        """Write the next version of the mission. Raises SurveyError panel_changed_meanwhile."""
        changed = replace(self.mission, version=self.mission.version + 1, **changes)
        if not missions.change_mission(self.connection, changed, based_on=self.mission.version):
            raise SurveyError("panel_changed_meanwhile")
        self.mission = changed

    def list_invitations(self) -> tuple[Invitation, ...]:
        """Who was asked about the occasion that holds."""
        return list_current(self.connection, self.mission)

    def answer(self, one: Invitation, answer: Answer, *, by: str = "", **changes: Any) -> Invitation:
        """Write the next state of an invitation. Raises SurveyError invitation_state."""
        reply = find_reply(one.state, answer)
        changed = replace(one, state=reply, **changes)
        if not missions.change_invitation(self.connection, changed, state=one.state):
            raise SurveyError("invitation_state")
        about = {"state": reply.value, "occasion": one.occasion}
        audits.add_event(self.connection, f"invitation {answer}", one.mission, by=by or self.by, **about)
        return changed

    def withdraw(self, *replies: Reply) -> tuple[Invitation, ...]:
        """Take back the invitations in some states; those they were."""
        found = tuple(one for one in self.list_invitations() if one.state in replies)
        for one in found:
            self.answer(one, Answer.WITHDRAW)
        return found


@contextmanager
def open_mission(installation: Installation, mission: str, *, by: str = SYSTEM) -> Generator[Change]:
    """A mission to change, kept when the block ends well. Raises SurveyError mission_unknown."""
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        found = missions.find_mission(connection, mission)
        if found is None:
            raise SurveyError("mission_unknown")
        yield Change(installation, connection, found, by)


@contextmanager
def open_invitation(
    installation: Installation, invitation: str, *, by: str
) -> Generator[tuple[Change, Invitation]]:
    """A mission to change because of an invitation to its occasion.

    Raises SurveyError invitation_unknown, and invitation_state when the mission has been moved since.
    """
    with installation.database.read(newest=True) as connection:
        known = missions.find_invitation(connection, invitation)
    if known is None:
        raise SurveyError("invitation_unknown")
    with open_mission(installation, known.mission, by=by) as change:
        one = next((one for one in change.list_invitations() if one.id == invitation), None)
        if one is None:
            raise SurveyError("invitation_state")
        yield change, one


@contextmanager
def decide(
    installation: Installation, mission: str, event: Event, *, based_on: int, by: Person
) -> Generator[Change]:
    """A mission to change for somebody who decides upon the version that they read.

    Raises SurveyError not_allowed, mission_unknown, panel_changed_meanwhile and mission_state.
    """
    check_may_ever(event, by=by)
    with open_mission(installation, mission, by=by.name) as change:
        check_can_decide(change.mission, event, by=by)
        if change.mission.version != based_on:
            raise SurveyError("panel_changed_meanwhile")
        find_next(change.mission.state, event)
        yield change


def check_may_ever(event: Event, *, by: Person) -> None:
    """Raises SurveyError not_allowed when the role may not do this to any mission."""
    if not any(step.event == event and by.role in step.who for step in MISSION_STEPS):
        raise SurveyError("not_allowed")


def can_decide(mission: Mission, event: Event, *, by: Person) -> bool:
    """Whether a person may do something to a mission as it is now."""
    step = find_step(MISSION_STEPS, mission.state, event)
    return step is not None and by.role in step.who and has_say(mission, by=by)


def has_say(mission: Mission, *, by: Person) -> bool:
    """Whether the person leads missions, or asked for this one."""
    return can_do(Permission.LEAD_MISSIONS, by=by) or is_own(mission, viewer=by)


def check_can_decide(mission: Mission, event: Event, *, by: Person) -> None:
    """Raises SurveyError mission_unknown for another unit's mission: it is not told that it is there."""
    check_may_ever(event, by=by)
    if not has_say(mission, by=by):
        raise SurveyError("mission_unknown")
