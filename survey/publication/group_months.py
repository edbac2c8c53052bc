"""Whether a group gives somebody away together with the months that are shown beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    """People of a half-year by municipality, value, month and measure."""

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
                shape = (len(self.months), len(self.axes.measures))
                key = (frozen.area, group, value)
                found = self._people.setdefault(key, np.zeros(shape, dtype=np.int64))
                found[column, measures] += frozen.table.sums[row, :, N].astype(np.int64)

    def count(self, areas: Sequence[str], group: str, value: str, measure: int) -> Whole:
        """People by month of some municipalities together."""
        found = np.zeros(len(self.months), dtype=np.int64)
        for area in areas:
            people = self._people.get((area, group, value))
            if people is not None:
                found += people[:, measure]
        return found


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
    shown: dict[tuple[str, str, str], list[str]] = {}
    for (code, place, measure), reason in reasons.items():
        if reason is None and code == period.code:
            shown.setdefault((place.area, place.group, measure), []).append(place.value)
    guarded = dict(reasons)
    for (area, group, measure), values in shown.items():
        for value in find_unsafe(groups, atoms, period, decided, (area, group, measure), values, threshold):
            where = (period.code, Place(area, "", group, value), measure)
            guarded[where] = HiddenReason.PROTECTS_ANOTHER
    return guarded


def find_unsafe(
    groups: GroupMonths,
    atoms: Atoms,
    period: Period,
    decided: tuple[Earlier, Reasons],
    about: tuple[str, str, str],
    values: Sequence[str],
    threshold: int,
) -> list[str]:
    """The values of one area, variable and measure that must be hidden."""
    area, group, measure = about
    axes = atoms.axes
    areas = axes.areas if area == axes.county else (area,)
    by_area = atoms.sum_areas(groups.months, measure)
    total = sum((by_area[one] for one in areas if one in by_area), np.zeros(len(groups.months), np.int64))
    seen = [find_reason((month, Place(area), measure), *decided) is None for month in groups.months]
    whole = find_reason((period.code, Place(area), measure), *decided) is None
    column = axes.measures.index(measure)
    people = {value: groups.count(areas, group, value, column) for value in values}
    tables = [[value] for value in values] if group in axes.overlapping else [list(values)]
    allowed = list_allowed(np.array(seen) | (total == 0), total_shown=whole)
    return [
        value
        for table in tables
        for value in hide_values({one: people[one] for one in table}, total, allowed, threshold)
    ]


def hide_values(
    people: Mapping[str, Whole], total: Whole, allowed: npt.NDArray[np.bool_], threshold: int
) -> list[str]:
    """The values of one table that must be hidden, the smallest first. `people` and `total` are by month."""
    left = dict(people)
    hidden: list[str] = []
    while left and find_least(list(left.values()), total, allowed) < threshold:
        smallest = min(left, key=lambda value: (int(left[value].sum()), value))
        del left[smallest]
        hidden.append(smallest)
    return hidden


def find_least(values: Sequence[Whole], total: Whole, allowed: npt.NDArray[np.bool_]) -> int:
    """The smallest group that shown values and months give away; those in no shown value are one row."""
    others = total - sum(values)
    prices = [price_known_rows(value[None, :]) for value in values] + [price_unknown_row(others)]
    least, positive = (np.stack(one) for one in zip(*prices, strict=True))
    return find_smallest(least, positive, allowed)
