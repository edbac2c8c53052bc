"""Which proposals can the panel rate in a round of its own?"""

from __future__ import annotations

from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.proposals.states import State
from survey.proposals.visibility import find_areas
from survey.store import proposals
from survey.store.proposals import Proposal


def list_to_rate(installation: Installation, *, by: Person, area: str = "") -> tuple[Proposal, ...]:
    """The proposals that are put forward and not decided, the one that waits longest first.

    Only those about an area and its county where one is named. Raises SurveyError not_allowed and
    area_unknown.
    """
    check_can_do(Permission.SEE_PROPOSALS, by=by)
    areas = find_areas(installation, area) if area else None
    with installation.database.read(newest=True) as connection:
        found = proposals.list_newest(connection, areas=areas, states=[State.PROPOSED])
    return tuple(sorted(found, key=lambda one: (one.answer_by is None, one.answer_by, one.id)))
