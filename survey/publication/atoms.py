"""How many people have a value in each unit and month: what everything shown of a county is a sum of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from survey.publication.counting import EVERYBODY
from survey.publication.cube import Axes, N
from survey.store.closed import Frozen

Whole = npt.NDArray[np.int64]
Unit = tuple[str, str]  # municipality and unit; the unit is empty for people of none


class Atoms:
    """People by unit, month and measure."""

    def __init__(self, axes: Axes, months: Sequence[str]) -> None:
        self.axes = axes
        self.months = tuple(months)
        self._columns = {month: number for number, month in enumerate(self.months)}
        self._measures = {name: number for number, name in enumerate(axes.measures)}
        self._people: dict[Unit, Whole] = {}
        self._arranged: tuple[tuple[Unit, ...], Whole] | None = None

    def add(self, frozen: Frozen) -> None:
        """Count a municipality's people in a month; groups are other cuts of the same people."""
        column = self._columns.get(frozen.month)
        if column is None:
            return
        self._arranged = None
        measures = [self._measures[one] for one in frozen.table.measures]
        for row, (unit, group, *_) in enumerate(frozen.table.keys):
            if group == EVERYBODY:
                shape = (len(self.months), len(self._measures))
                found = self._people.setdefault((frozen.area, unit), np.zeros(shape, dtype=np.int64))
                found[column, measures] += frozen.table.sums[row, :, N].astype(np.int64)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit that somebody answered about, in order."""
        return self._arrange()[0]

    def select(self, months: Sequence[str], measure: str) -> Whole:
        """People by unit and month, in the order of `units`; zeros for months that are not there."""
        _, people = self._arrange()
        nobody = len(self.months)
        columns = [self._columns.get(month, nobody) for month in months]
        return people[:, columns, self._measures[measure]]

    def _arrange(self) -> tuple[tuple[Unit, ...], Whole]:
        """Units in order and their people as one array, with a last month in which nobody answered."""
        if self._arranged is None:
            units = tuple(sorted(self._people))
            people = np.zeros((len(units), len(self.months) + 1, len(self._measures)), dtype=np.int64)
            for row, unit in enumerate(units):
                people[row, :-1] = self._people[unit]
            self._arranged = units, people
        return self._arranged

    def sum_areas(self, months: Sequence[str], measure: str) -> Mapping[str, Whole]:
        """People by municipality and month; municipalities without a row have nobody."""
        found: dict[str, Whole] = {}
        for (area, _), people in zip(self.units, self.select(months, measure), strict=True):
            found[area] = found[area] + people if area in found else people
        return found
