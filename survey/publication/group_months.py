"""Whether a group gives somebody away together with the months that are shown beside it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from analysis.disclosure import HiddenReason
from analysis.isolation import find_smallest, list_allowed, price_known_rows, price_unknown_row
from analysis.periods import Period, list_months
from survey.publication.atoms import Atoms
from survey.publication.counting import EVERYBODY, MIX
from survey.publication.cube import Axes, N, Place
from survey.publication.protect import Earlier, Reasons, find_reason
from survey.store.closed import Frozen

Whole = npt.NDArray[np.int64]


class GroupMonths:
    """People of a half-year by area, value, month and measure; the county is its municipalities together."""

    def __init__(self, axes: Axes, period: Period) -> None:
        self.axes = axes
        self.months = list_months(period)
        self._people: dict[tuple[str, str, str], Whole] = {}

    def add(self, frozen: Frozen) -> None:
        """Count a municipality's groups in a month."""
        if frozen.month not in self.months:
            return
        column = self.months.index(frozen.month)
        measures = [self.axes.measures.index(one) for one in frozen.table.measures]
        for row, (_, group, value, *_) in enumerate(frozen.table.keys):
            if group not in (EVERYBODY, MIX):
                people = frozen.table.sums[row, :, N].astype(np.int64)
                for area in (frozen.area, self.axes.county):
                    self._find(area, group, value)[column, measures] += people

    def _find(self, area: str, group: str, value: str) -> Whole:
        shape = (len(self.months), len(self.axes.measures))
        return self._people.setdefault((area, group, value), np.zeros(shape, dtype=np.int64))

    def count(self, area: str, group: str, value: str, measure: str) -> Whole:
        """People by month of a municipality or the county."""
        return self._find(area, group, value)[:, self.axes.measures.index(measure)]


def guard_months(
    reasons: Reasons,
    groups: GroupMonths,
    atoms: Atoms,
    period: Period,
    decided: tuple[Earlier, Reasons],
    *,
    threshold: int,
) -> Reasons:
    """The same, but fewer values where they and the shown months of their area give fewer people away.

    Of a variable's shown values the smallest is hidden until nobody is given away. Each area is looked at by
    itself: county and municipalities together are not.
    """
    shown: dict[tuple[str, str], dict[str, list[str]]] = {}
    for (code, place, measure), reason in reasons.items():
        if reason is None and code == period.code:
            values = shown.setdefault((place.area, measure), {})
            values.setdefault(place.group, []).append(place.value)
    guarded = dict(reasons)
    for (area, measure), by_group in shown.items():
        total, allowed = read_months(groups, atoms, period, decided, area, measure)
        for group, values in by_group.items():
            tables = [[value] for value in values] if group in atoms.axes.overlapping else [values]
            for table in tables:
                people = {value: groups.count(area, group, value, measure) for value in table}
                for value in hide_values(people, total, allowed, threshold):
                    where = (period.code, Place(area, "", group, value), measure)
                    guarded[where] = HiddenReason.PROTECTS_ANOTHER
    return guarded


def read_months(
    groups: GroupMonths,
    atoms: Atoms,
    period: Period,
    decided: tuple[Earlier, Reasons],
    area: str,
    measure: str,
) -> tuple[Whole, npt.NDArray[np.bool_]]:
    """An area's people by month, and the patterns that what is shown of its months allows."""
    axes = atoms.axes
    by_area = atoms.sum_areas(groups.months, measure)
    areas = axes.areas if area == axes.county else (area,)
    total = sum((by_area[one] for one in areas if one in by_area), np.zeros(len(groups.months), np.int64))
    seen = [find_reason((month, Place(area), measure), *decided) is None for month in groups.months]
    whole = find_reason((period.code, Place(area), measure), *decided) is None
    return total, list_allowed(np.array(seen) | (total == 0), total_shown=whole)


def hide_values(
    people: Mapping[str, Whole], total: Whole, allowed: npt.NDArray[np.bool_], threshold: int
) -> list[str]:
    """The values of one table that must be hidden, the smallest first. `people` and `total` are by month.

    Those in no shown value are one row.
    """
    smallest_first = sorted(people, key=lambda value: (int(people[value].sum()), value))
    rows = np.array([people[value] for value in smallest_first])
    least, positive = price_known_rows(rows[:, None, :])
    for hidden in range(len(rows)):
        others = price_unknown_row(total - rows[hidden:].sum(axis=0))
        smallest = find_smallest(
            np.concatenate([least[hidden:], others[0][None]]),
            np.concatenate([positive[hidden:], others[1][None]]),
            allowed,
        )
        if smallest >= threshold:
            return smallest_first[:hidden]
    return smallest_first
