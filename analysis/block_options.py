"""Between what can be chosen for each municipality of a county's quarter, and what does each choice cost?

A municipality's quarter may be shown with its units apart, the smallest of them pooled, from none to all; or
not at all. Its third month may be shown or not. Units are pooled from the smallest upward, so that a higher
threshold pools the same or more.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.isolation import (
    BoolArray,
    IntArray,
    free_shown_cells,
    price_known_rows,
    price_unknown_row,
)

MONTHS = 3

NOT_STANDING = 1 << 32
"""Weight of a person whose answer stands in no shown month or quarter, against one in a hidden finer cell."""


@dataclass(frozen=True)
class QuarterOptions:
    """A county's quarter and its options. Municipalities stand in order of code, their units by size.

    `months` is people (municipalities, 3). `units` is people (municipalities, places), the smallest first,
    empty places before them, and `names` their codes. `least` and `positive` are prices (municipalities,
    pools, signs, patterns) by pattern of x: pool p < places + 1 shows the quarter and pools the units of the
    first p places; the last pool does not show the quarter.
    """

    areas: tuple[str, ...]
    months: IntArray
    units: IntArray
    names: tuple[tuple[str, ...], ...]
    least: IntArray
    positive: IntArray

    @property
    def places(self) -> int:
        """How many units the municipality with most units has."""
        return self.units.shape[1]

    def list_units(self) -> Iterator[tuple[int, int, str, int]]:
        """Municipality, place, code and people of every unit that has people."""
        for area, codes in enumerate(self.names):
            first = self.places - len(codes)
            for place, code in enumerate(codes, start=first):
                if n := int(self.units[area, place]):
                    yield area, place, code, n


def list_options(areas: tuple[str, ...], units: tuple[str, ...], people: IntArray) -> QuarterOptions:
    """The options of a county's quarter from its rows: municipality, unit ("" for none), people by month."""
    codes = tuple(sorted(set(areas)))
    number = {code: i for i, code in enumerate(codes)}
    sizes = people.sum(axis=1).tolist()
    order = sorted(range(len(areas)), key=lambda row: (sizes[row], units[row]))
    months = np.zeros((len(codes), MONTHS), np.int64)
    loose = np.zeros_like(months)
    rows_of: list[list[int]] = [[] for _ in codes]
    for row in order:
        months[number[areas[row]]] += people[row]
        if units[row]:
            rows_of[number[areas[row]]].append(row)
        else:
            loose[number[areas[row]]] += people[row]
    by_unit = np.zeros((len(codes), max(map(len, rows_of), default=0), MONTHS), np.int64)
    for area, rows in enumerate(rows_of):
        if rows:
            by_unit[area, -len(rows) :] = people[rows]
    names = tuple(tuple(units[row] for row in rows) for rows in rows_of)
    least, positive = _price_pools(months, loose, by_unit)
    return QuarterOptions(codes, months, by_unit.sum(axis=2), names, least, positive)


def _price_pools(months: IntArray, loose: IntArray, by_unit: IntArray) -> tuple[IntArray, IntArray]:
    """Prices of every pool of every municipality, the hidden quarter last."""
    areas, places, _ = by_unit.shape
    rows = np.zeros((areas, places + 1, places + 1, MONTHS), np.int64)
    rows[:, :, 0] = loose[:, None]
    rows[:, 1:, 0] += by_unit.cumsum(axis=1)
    apart = np.triu(np.ones((places + 1, places), np.bool_))
    rows[:, :, 1:] = by_unit[:, None] * apart[None, :, :, None]
    known, unknown = price_known_rows(rows), price_unknown_row(months)
    least, positive = (np.concatenate([k, u[:, None]], axis=1) for k, u in zip(known, unknown, strict=True))
    return least, positive


def price_options(options: QuarterOptions, cells: BoolArray) -> tuple[IntArray, IntArray]:
    """Prices of (municipality, third month shown or hidden, pool) by pattern of b, given earlier months."""
    earlier, last = cells.copy(), np.zeros(MONTHS, np.bool_)
    earlier[:, -1], last[-1] = False, True

    def price(pools: IntArray) -> IntArray:
        hidden = free_shown_cells(pools, earlier[:, None])
        return np.stack([free_shown_cells(hidden, last), hidden], axis=1)

    return price(options.least), price(options.positive)


def weigh_losses(options: QuarterOptions, cells: BoolArray) -> IntArray:
    """What each option loses, (municipality, third month shown or hidden, pool); less is better.

    First people whose answer stands in no shown month or quarter, then people in a hidden month or unit.
    """
    last, quarter = options.months[:, -1], options.months.sum(axis=1)
    earlier = (options.months * cells)[:, :-1].sum(axis=1)
    pooled = np.zeros((len(options.areas), options.places + 2), np.int64)
    pooled[:, 1:-1] = options.units.cumsum(axis=1)
    pooled[:, -1] = options.units.sum(axis=1) + quarter
    finer = pooled[:, None, :] + np.stack([np.zeros_like(last), last], axis=1)[:, :, None]
    standing = np.zeros_like(finer)
    standing[:, :, :-1] = quarter[:, None, None]
    standing[:, 0, -1], standing[:, 1, -1] = earlier + last, earlier
    return (quarter[:, None, None] - standing) * NOT_STANDING + finer
