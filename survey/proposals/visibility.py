"""Who may see a proposal, and how is it found?"""

from __future__ import annotations

from collections.abc import Collection

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person
from survey.proposals.states import DECIDED, State
from survey.store import proposals
from survey.store.proposals import Proposal

OPEN = frozenset({State.PROPOSED, *DECIDED})  # what everybody at work may read


def can_see(proposal: Proposal, *, viewer: Person) -> bool:
    """Whether a person may read a proposal.

    The public reads of what was decided. People at work read what was put forward too; drafts and what was
    withdrawn are the panel's, and of those who take down what should not be read.
    """
    if proposal.state in DECIDED:
        return True
    if proposal.state in OPEN:
        return can_do(Permission.SEE_PROPOSALS, by=viewer)
    if proposal.state == State.WITHDRAWN and can_do(Permission.TAKE_DOWN_PROPOSALS, by=viewer):
        return True
    return can_do(Permission.WRITE_PROPOSALS, by=viewer)


def find_areas(installation: Installation, area: str) -> tuple[str, ...]:
    """The code of an area and of the county it lies in. Raises SurveyError area_unknown."""
    found = installation.areas.find(area)
    return (found.code,) if found.parent is None else (found.code, found.parent)


def list_proposals(installation: Installation, area: str, *, viewer: Person) -> tuple[Proposal, ...]:
    """The proposals about an area and its county that a person may see, the newest first.

    Raises SurveyError not_allowed and area_unknown.
    """
    check_can_do(Permission.SEE_PROPOSALS, by=viewer)
    areas = find_areas(installation, area)
    with installation.database.read(newest=True) as connection:
        found = proposals.list_newest(connection, areas=areas)
    return tuple(one for one in found if can_see(one, viewer=viewer))


def list_in_states(
    installation: Installation, states: Collection[State], *, viewer: Person
) -> tuple[Proposal, ...]:
    """The proposals about any area that are in some states and that a person may see, the newest first.

    Raises SurveyError not_allowed.
    """
    check_can_do(Permission.SEE_PROPOSALS, by=viewer)
    with installation.database.read(newest=True) as connection:
        found = proposals.list_newest(connection, states=states)
    return tuple(one for one in found if can_see(one, viewer=viewer))


def find_history(installation: Installation, proposal_id: str, *, viewer: Person) -> tuple[Proposal, ...]:
    """Every version of a proposal, the oldest first.

    Raises SurveyError not_allowed, and proposal_unknown also where the person may not see it.
    """
    check_can_do(Permission.SEE_PROPOSALS, by=viewer)
    with installation.database.read(newest=True) as connection:
        versions = proposals.list_versions_of(connection, proposal_id)
    if not versions or not can_see(versions[-1], viewer=viewer):
        raise SurveyError("proposal_unknown")
    return versions
