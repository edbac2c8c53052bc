"""How is a published cell seen by the public, and how by people who are signed in?"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown, round_count
from analysis.estimates import Estimate
from survey.installation import Installation
from survey.people.permissions import can_see_signed_in_figures
from survey.people.roles import Person
from survey.store.publications import Cell

DECIMALS_SIGNED_IN = 1
DECIMALS_PUBLIC = 0  # privacy.md 2: outward, scores are whole numbers


@dataclass(frozen=True)
class Audience:
    """Who reads: the public sees less, and rounder, than signed-in people."""

    signed_in: bool
    threshold: int

    @property
    def decimals(self) -> int:
        """Of a score 0-100 as this audience is shown it."""
        return DECIMALS_SIGNED_IN if self.signed_in else DECIMALS_PUBLIC


def find_audience(installation: Installation, *, viewer: Person) -> Audience:
    """The audience a viewer belongs to."""
    signed_in = can_see_signed_in_figures(viewer=viewer)
    settings = installation.settings
    return Audience(signed_in, settings.threshold_signed_in if signed_in else settings.threshold_public)


def find_reason(cell: Cell, audience: Audience) -> str | None:
    """Why an audience may not see a cell, None when it may."""
    return cell.hidden_signed_in if audience.signed_in else cell.hidden_public


def tell_reason(reason: str, audience: Audience) -> HiddenReason:
    """The reason as an audience is told it: the public is not told which of them it is."""
    return HiddenReason(reason) if audience.signed_in else HiddenReason.NOT_TOLD


def open_cell(cell: Cell | None, audience: Audience) -> Shown[Estimate] | Hidden | NoAnswers:
    """A cell as its audience may see it, with its figures as they are; one that is not there has no answers.

    The reason comes first: of a cell that nobody may see there is no number to look at. The public is not
    told which reason it is.
    """
    if cell is None:
        return NoAnswers()
    reason = find_reason(cell, audience)
    if reason is not None:
        return Hidden(tell_reason(reason, audience), audience.threshold)
    if not cell.n or cell.mean is None:
        return NoAnswers()
    return Shown(Estimate(cell.n, cell.mean, cell.low, cell.high, cell.sd))


def round_cell(
    cell: Shown[Estimate] | Hidden | NoAnswers, *, decimals: int = DECIMALS_PUBLIC
) -> Shown[Estimate] | Hidden | NoAnswers:
    """A cell as it is shown: n in fives for everybody, scores with their audience's decimals.

    An exact n would tell, beside its interval, how the last person to come answered.
    """
    if not isinstance(cell, Shown):
        return cell
    found = cell.value
    low, high, sd = (round_known(value, decimals) for value in (found.low, found.high, found.sd))
    return Shown(Estimate(round_count(found.n), round_score(found.mean, decimals), low, high, sd))


def round_known(score: float | None, decimals: int) -> float | None:
    return None if score is None else round_score(score, decimals)


def round_score(score: float, decimals: int) -> float:
    """A score as it is shown, 61.0 and not 61 when it has no decimals."""
    return float(round(score, decimals))
