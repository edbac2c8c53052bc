"""What does a proposal stand on: its dimension, its promise, and the figures there are?"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.periods import PeriodKind
from survey.insight.audience import find_audience
from survey.insight.changes import find_changes
from survey.installation import Installation
from survey.people.roles import Person
from survey.store.proposals import Proposal
from survey.strategy.model import Framework, Item
from survey.strategy.versions import find_current


@dataclass(frozen=True)
class Standing:
    """The latest mean (0-100) of a proposal's dimension in its area that a viewer may see, and its month.

    Both are None where nothing is shown: a proposal may be about a place without figures.
    """

    mean: float | None
    period: str | None
    decimals: int


def find_standing(installation: Installation, proposal: Proposal, *, viewer: Person) -> Standing:
    """How the dimension of a proposal stands now."""
    where = (proposal.area, proposal.dimension)
    kind = PeriodKind.MONTH
    changes = find_changes(installation, proposal.survey, [proposal.area], kind=kind, viewer=viewer)
    decimals = find_audience(installation, viewer=viewer).decimals
    change = changes.get(where)
    return Standing(change.mean, change.period, decimals) if change else Standing(None, None, decimals)


def find_promise(
    installation: Installation, proposal: Proposal, *, viewer: Person
) -> tuple[Framework, Item] | None:
    """The promise that a proposal is tied to, None for none or one that the map has no more."""
    framework = find_current(installation, viewer=viewer).map.find_framework(proposal.framework)
    item = framework.find_item(proposal.item) if framework is not None else None
    return (framework, item) if framework is not None and item is not None else None


def list_promises(installation: Installation, *, viewer: Person) -> tuple[tuple[Framework, Item], ...]:
    """Every item of the strategy map whose text is known, in order."""
    found = find_current(installation, viewer=viewer).map
    return tuple((one, item) for one in found.frameworks for item in one.items if item.is_known)
