"""How do members of the panel support a proposal, each once, and take it back?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey.installation import Installation
from survey.people.roles import Person
from survey.proposals.permissions import can_support, check_can_support
from survey.proposals.states import Event
from survey.proposals.versions import JOB, add_deed, find_now
from survey.store import audits, proposals
from survey.store.database import Connection, claim_job
from survey.store.proposals import Proposal


@dataclass(frozen=True)
class Support:
    """How many members support a proposal, and whether the viewer is one of them."""

    number: int
    is_mine: bool


def give_support(installation: Installation, proposal_id: str, *, by: Person) -> None:
    """Support a proposal; who does so already goes on.

    Raises SurveyError not_allowed, support_needs_member, proposal_unknown, and proposal_not_now when it has
    been decided or withdrawn.
    """
    check_can_support(by=by)
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        now = find_now(connection, proposal_id, Event.SUPPORT)
        if proposals.add_support(connection, proposal_id, by.id):
            add_deed(connection, now, Event.SUPPORT, by=by)


def take_support_back(installation: Installation, proposal_id: str, *, by: Person) -> None:
    """Take support back; nothing happens where there is none. Raises SurveyError as `give_support`."""
    check_can_support(by=by)
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        now = find_now(connection, proposal_id, Event.SUPPORT)
        if proposals.delete_support(connection, proposal_id, by.id):
            audits.add_event(connection, "support taken back", now.id, by=by.name, version=now.version)


def forget_member(connection: Connection, member: str, *, by: str) -> int:
    """Forget what a member who has left supports, in the transaction in which they leave; how many proposals.

    What was decided keeps its number, and what they wrote is the panel's: any member can go on with a draft.
    """
    claim_job(connection, JOB)
    gone = proposals.delete_support_of(connection, member)
    if gone:
        audits.add_event(connection, "support of a member forgotten", "proposals", by=by, number=gone)
    return gone


def find_support(
    installation: Installation, some: Sequence[Proposal], *, viewer: Person
) -> dict[str, Support]:
    """The support of some proposals by id; of a decided one as it was then."""
    with installation.database.read(newest=True) as connection:
        counts = proposals.count_support(connection, [one.id for one in some])
        mine = {
            one.id
            for one in some
            if can_support(by=viewer) and proposals.supports(connection, one.id, viewer.id)
        }
    return {
        one.id: Support(counts.get(one.id, 0) if one.supporters is None else one.supporters, one.id in mine)
        for one in some
    }
