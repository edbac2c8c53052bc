"""How does a new version of a proposal come to be, never in the place of another's?"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.reach import check_can_reach
from survey.people.roles import Person
from survey.proposals.permissions import check_can_act
from survey.proposals.policies import check_based, check_can_now
from survey.proposals.states import DECIDES, Event
from survey.store import audits, proposals
from survey.store.database import Connection, claim_job
from survey.store.proposals import Proposal

JOB = "proposals"  # two things are never done to proposals at the same moment
FIRST = 1
ID_BYTES = 8

Change = Callable[[Connection, Proposal], Proposal]
DEEDS = {
    Event.WRITE: "proposal written",
    Event.PROPOSE: "proposal put forward",
    Event.SUPPORT: "proposal supported",
    Event.PROMISE: "proposal promised an answer",
    Event.ACCEPT: "proposal accepted",
    Event.DECLINE: "proposal declined",
    Event.PLAN: "activity planned",
    Event.TELL: "residents told",
    Event.WITHDRAW: "proposal withdrawn",
    Event.TAKE_DOWN: "proposal taken down",
}


def make_id() -> str:
    return secrets.token_hex(ID_BYTES)


def add_next(
    installation: Installation,
    proposal_id: str,
    event: Event,
    *,
    based_on: int,
    by: Person,
    change: Change = lambda _connection, now: now,
) -> Proposal:
    """Write what an event makes of a proposal as its next version, with its audit event.

    `based_on` is the version that the person read. `change` fills in what the event brings.

    Raises SurveyError not_allowed, as policies.check_based, and for what managers decide not_your_area and
    reach_missing.
    """
    check_can_act(event, by=by)
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        newest = check_based(event, proposals.list_versions_of(connection, proposal_id), based_on)
        step = check_can_now(event, newest)
        if step.who is DECIDES:
            check_can_reach(installation, connection, newest.area, by=by)
        new = replace(
            newest,
            version=newest.version + 1,
            state=step.next,
            event=event,
            reason="",
            made=installation.today(),
            made_by=by.name,
        )
        new = change(connection, new)
        write(connection, new, by=by)
    return new


def write(connection: Connection, new: Proposal, *, by: Person) -> None:
    """A version and its audit event.

    Raises SurveyError proposal_changed_meanwhile when its number is taken.
    """
    if not proposals.add_version(connection, new):
        raise SurveyError("proposal_changed_meanwhile")
    add_deed(connection, new, Event(new.event), by=by)


def add_deed(connection: Connection, about: Proposal, event: Event, *, by: Person, **facts: object) -> None:
    """The audit event of something that was done to a proposal; never a word of its texts."""
    facts = {"area": about.area, "version": about.version, "state": about.state, **facts}
    audits.add_event(connection, DEEDS[event], about.id, by=by.name, **facts)


def find_now(connection: Connection, proposal_id: str, event: Event) -> Proposal:
    """A proposal to which something may be done now.

    Raises SurveyError proposal_unknown and proposal_not_now.
    """
    versions = proposals.list_versions_of(connection, proposal_id)
    if not versions:
        raise SurveyError("proposal_unknown")
    check_can_now(event, versions[-1])
    return versions[-1]
