"""Which values of a group variable may be shown of a county's municipalities in a half-year?

One variable at a time (age band, gender, language, who answered), so that a person is in one column: a value,
or the rest, which are those in no value and are never shown. A value needs more people than other cells do,
and further cells are hidden until nobody can be isolated by the values, the municipalities' totals and the
county's (`analysis/isolation.py`). A variable of which a person may have several values is as many tables of
two columns: has it, and the rest.

A year is the sum of its half-years (`analysis/blocks.py`, `decide_sum`).
Source: Hundepool et al. 2012, Statistical Disclosure Control, chapter 4.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from analysis.disclosure import LEAST_THRESHOLD, Decision, HiddenReason, NoAnswers
from analysis.isolation import (
    BoolArray,
    IntArray,
    find_smallest,
    free_shown_cells,
    list_allowed,
    measure_lack,
    price_known_rows,
    price_unknown_row,
)

GROUP_LEAST = 30
"""People. A group needs so many to be shown by itself. Source: design of this project, privacy 2."""

_WORSE = np.iinfo(np.int64).max


@dataclass(frozen=True)
class GroupsDecided:
    """What is decided of every municipality and value, in the order of the table; the rest is left out."""

    municipalities: tuple[tuple[Decision, ...], ...]
    county: tuple[Decision, ...]


@dataclass(frozen=True)
class _Table:
    """A table and the prices of its rows by pattern of x, before cells are shown."""

    people: IntArray
    county_known: bool
    least: IntArray
    positive: IntArray


def decide_group_table(
    people: IntArray,
    row_known: npt.ArrayLike,
    county_known: bool,
    may_show: npt.ArrayLike,
    threshold: int,
    least: int = GROUP_LEAST,
    within: GroupsDecided | None = None,
) -> GroupsDecided:
    """What is shown of one group variable in one county and half-year.

    `people` is (municipalities, values + 1), the rest last, municipalities in order of code: among equals the
    first is hidden. `row_known` says of each municipality whether its half-year's total is shown, and
    `county_known` the same of the county; totals below `threshold`, which only a lower audience sees, are
    left out. `may_show` is by value, False for one that is never shown by itself; the rest may be named last
    and is never shown. A cell needs `least` people, or `threshold` when that is more, and the smallest group
    that can be computed has at least `threshold`. Should the totals give away fewer by themselves, nothing is
    shown. `within` is what the audience with the next lower threshold sees: nothing else is shown. Give it
    when the two see different totals, else a higher threshold could show what a lower one hides.

    Raises ValueError when the shapes do not fit, a count is negative or the threshold is below the least.
    """
    rows, columns = people.shape
    known, allowed = np.asarray(row_known, np.bool_), np.asarray(may_show, np.bool_)[: columns - 1]
    if known.shape != (rows,) or allowed.shape != (columns - 1,) or (people < 0).any():
        raise ValueError("A group table is municipalities x values and the rest, of counts from 0.")
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"Threshold {threshold} is too low: the least is {LEAST_THRESHOLD} people.")
    cells = np.zeros((rows + 1, columns), np.bool_)  # the county's values are the last row
    cells[:, :-1] = allowed & (True if within is None else _read_shown(within))
    sizes, totals = np.concatenate([people, people.sum(axis=0, keepdims=True)]), people.sum(axis=1)
    level = LEAST_THRESHOLD
    while level <= threshold:
        table = _price_table(people, known & (totals >= level), county_known and int(totals.sum()) >= level)
        cells = _hide_until_safe(table, cells & (sizes >= max(level, least)), sizes, level)
        level = max(level, _find_smallest(table, cells)) + 1
    return _name_cells(people, cells, max(threshold, least))


def _read_shown(decided: GroupsDecided) -> BoolArray:
    """Which cells are shown, (municipalities and the county, values)."""
    rows = (*decided.municipalities, decided.county)
    return np.array([[decision is None for decision in row] for row in rows], np.bool_)


def _price_table(people: IntArray, known: BoolArray, county_known: bool) -> _Table:
    by_known, by_unknown = price_known_rows(people[:, None, :]), price_unknown_row(people)
    prices = (np.where(known[:, None, None], k, u) for k, u in zip(by_known, by_unknown, strict=True))
    return _Table(people, county_known, *prices)


def _hide_until_safe(table: _Table, cells: BoolArray, sizes: IntArray, threshold: int) -> BoolArray:
    """The cells that stay shown: one at a time is hidden, that which ends or lessens what is given away.

    Of those that end it the smallest is hidden, else of those that lessen it most. Comes to an end, since
    nothing is given away when nothing of the table is shown and all totals have the threshold.
    """
    while cells.any():
        least = free_shown_cells(table.least, cells[:-1])
        unsafe = (free_shown_cells(table.positive, cells[:-1]) < threshold).astype(np.int64)
        together = least.sum(axis=0), unsafe.sum(axis=0)
        if _measure_lack(*together, table, cells[-1], threshold) == 0:
            break
        lack = np.full(cells.shape, _WORSE)
        lack[:-1] = _try_municipalities(table, cells, threshold, together[0] - least, together[1] - unsafe)
        for value in np.flatnonzero(cells[-1]):
            county = cells[-1].copy()
            county[value] = False
            lack[-1, value] = _measure_lack(*together, table, county, threshold)
        lack = np.where(cells, lack, _WORSE)
        best = np.where(lack == lack.min(), sizes, _WORSE).argmin()
        cells = cells.copy()
        cells[np.unravel_index(best, cells.shape)] = False
    return cells


def _measure_lack(
    least: IntArray, unsafe: IntArray, table: _Table, county: BoolArray, threshold: int
) -> IntArray:
    """What is lacking, from prices (..., signs, patterns), when these values of the county are shown."""
    allowed = list_allowed(county, total_shown=table.county_known)
    return measure_lack(least[..., allowed], unsafe[..., allowed], threshold)


def _try_municipalities(
    table: _Table, cells: BoolArray, threshold: int, other_least: IntArray, other_unsafe: IntArray
) -> IntArray:
    """What is still lacking when each municipality's cell is hidden, (municipalities, columns).

    `other_least` and `other_unsafe` are of all municipalities but each.
    """
    tried = cells[:-1, None, :] & ~np.eye(cells.shape[1], dtype=np.bool_)
    least = free_shown_cells(table.least[:, None], tried) + other_least[:, None]
    unsafe = (free_shown_cells(table.positive[:, None], tried) < threshold) + other_unsafe[:, None]
    return _measure_lack(least, unsafe, table, cells[-1], threshold)


def _find_smallest(table: _Table, cells: BoolArray) -> int:
    allowed = list_allowed(cells[-1], total_shown=table.county_known)
    return find_smallest(
        free_shown_cells(table.least, cells[:-1]), free_shown_cells(table.positive, cells[:-1]), allowed
    )


def _name_cells(people: IntArray, cells: BoolArray, needed: int) -> GroupsDecided:
    def decide(n: int, is_shown: bool) -> Decision:
        if n == 0:
            return NoAnswers()
        if is_shown:
            return None
        return HiddenReason.TOO_FEW if n < needed else HiddenReason.PROTECTS_ANOTHER

    sizes = np.concatenate([people, people.sum(axis=0, keepdims=True)])[:, :-1]
    decided = [
        tuple(decide(n, s) for n, s in zip(row, shown, strict=True))
        for row, shown in zip(
            cast(list[list[int]], sizes.tolist()), cast(list[list[bool]], cells[:, :-1].tolist()), strict=True
        )
    ]
    return GroupsDecided(tuple(decided[:-1]), decided[-1])
