"""Which municipalities whose quarters are too thin may be shown for a whole year."""

from __future__ import annotations

from analysis.periods import Period
from survey.publication.atoms import Atoms
from survey.publication.protect import Earlier, Reasons


def decide_thin_years(
    atoms: Atoms, period: Period, earlier: Earlier, decided: Reasons, *, threshold: int
) -> Reasons:
    return {}
