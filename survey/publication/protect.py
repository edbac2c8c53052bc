"""What each audience may see of a county's cells, decided once, with all that was published before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.blocks import CountyQuarter, Decided, Seen, decide_county_quarter, decide_sum
from analysis.disclosure import HiddenReason, NoAnswers
from analysis.periods import Period, PeriodKind, list_months, list_periods
from survey.publication.atoms import Atoms
from survey.publication.cube import Axes, Place

Whole = npt.NDArray[np.int64]
Where = tuple[str, Place, str]  # period, place, measure
Reasons = dict[Where, HiddenReason | None]  # None where it is shown


@dataclass(frozen=True)
class Earlier:
    """What one audience was shown by earlier publications of these periods; all that is not is hidden."""

    shown: frozenset[Where]

    def has(self, period: str, place: Place, measure: str) -> bool:
        return (period, place, measure) in self.shown


def decide_quarter(atoms: Atoms, quarter: Period, month: str, earlier: Earlier, *, threshold: int) -> Reasons:
    """What may be seen of a month and, when it is the quarter's last, of the quarter and its units."""
    months = list_months(quarter)
    closed = months.index(month) + 1
    reasons: Reasons = {}
    for measure in atoms.axes.measures:
        people = atoms.select(months[:closed], measure)
        if people.any():
            seen = find_seen(atoms.axes, months[: closed - 1], measure, earlier)
            decided = decide_county_quarter(make_block(atoms, people, closed), threshold=threshold, seen=seen)
            reasons.update(read_decided(decided, atoms.axes, months, closed, quarter.code, measure))
    return reasons


def make_block(atoms: Atoms, people: Whole, closed: int) -> CountyQuarter:
    padded = np.zeros((len(people), 3), dtype=np.int64)
    padded[:, :closed] = people
    areas, units = zip(*atoms.units, strict=True) if atoms.units else ((), ())
    return CountyQuarter(areas, units, padded, closed)


def find_seen(axes: Axes, months: Sequence[str], measure: str, earlier: Earlier) -> Seen:
    """Which of the quarter's earlier months were shown."""
    return Seen(
        frozenset(
            (area, number)
            for number, month in enumerate(months)
            for area in axes.areas
            if earlier.has(month, Place(area), measure)
        ),
        frozenset(n for n, month in enumerate(months) if earlier.has(month, Place(axes.county), measure)),
    )


def read_decided(
    decided: Decided, axes: Axes, months: Sequence[str], closed: int, quarter: str, measure: str
) -> Reasons:
    """The decisions about the month that closes now, and about the quarter when it ends."""
    now = closed - 1
    reasons: Reasons = {
        (months[now], Place(area), measure): reason
        for (area, number), reason in decided.municipality_months.items()
        if number == now
    }
    if now in decided.county_months:
        reasons[(months[now], Place(axes.county), measure)] = decided.county_months[now]
    if closed == len(months):
        for area, reason in decided.municipality_quarters.items():
            reasons[(quarter, Place(area), measure)] = reason
        for (area, unit), reason in decided.unit_quarters.items():
            if unit:  # people of no unit are no place of their own
                reasons[(quarter, Place(area, unit), measure)] = reason
        if not isinstance(decided.county_quarter, NoAnswers):
            reasons[(quarter, Place(axes.county), measure)] = decided.county_quarter
    return reasons


def decide_long_period(atoms: Atoms, period: Period, earlier: Earlier, decided: Reasons) -> Reasons:
    """What may be seen of a half-year or a year for everybody: the sums of quarters that are shown.

    Such a sum tells nothing new. A quarter counts as shown when an earlier publication or this one shows it.
    """
    quarters = list_periods(PeriodKind.QUARTER, period.first, period.last)
    reasons: Reasons = {}
    for measure in atoms.axes.measures:
        for area, people in count_quarters(atoms, quarters, measure).items():
            where = [(quarter.code, Place(area), measure) for quarter in quarters]
            parts = [
                find_reason(at, earlier, decided) if number else NoAnswers()
                for at, number in zip(where, people, strict=True)
            ]
            found = decide_sum(parts)
            if not isinstance(found, NoAnswers):
                reasons[(period.code, Place(area), measure)] = found
    return reasons


def count_quarters(atoms: Atoms, quarters: Sequence[Period], measure: str) -> Mapping[str, Sequence[int]]:
    """People by quarter of each municipality and of the county."""
    found = {
        area: [int(people[start : start + 3].sum()) for start in range(0, len(people), 3)]
        for area, people in atoms.sum_areas(
            [month for quarter in quarters for month in list_months(quarter)], measure
        ).items()
    }
    county = [sum(column) for column in zip(*found.values(), strict=True)]
    return {**found, atoms.axes.county: county} if found else {}


def find_reason(where: Where, earlier: Earlier, decided: Reasons) -> HiddenReason | None:
    """Why a cell that has people is hidden, None where it is shown."""
    if where in decided:
        return decided[where]
    return None if where in earlier.shown else HiddenReason.PROTECTS_ANOTHER
