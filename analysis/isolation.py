"""Which is the smallest group of people that a table gives away exactly?

A table has atoms, the people of a row in a column, and shows sums of them: rows, cells of an area and a
column, columns, and all. A group can be computed by adding and subtracting exactly when its indicator (1 for
its atoms, 0 for the others) is a sum of multiples of the shown sums: on every non-empty atom of area A

    f(row, column) = a(row) + x(A, column)

where a(row) is any number when the row is known and 0 else, and x(A, column) is any number when the area's
cell is shown, else b(column), common to all areas. b is any number when the column is shown, else 0; when all
people together are shown, the hidden columns have one common value of any size in place of 0.

Zeros and ones are enough for x. The numbers may be taken whole, because all values of f are (fix one number
in each connected part; the others follow along the atoms). For a level l let x_l be 1 where x > l and 0 else,
less 1 everywhere when l < 0. A known row is either constant or has x of l and l + 1 only, so x_l gives its f
again at its own level and a constant, which a(row) turns into 0, at every other; a row that is not known has
x of 0 and 1, so x_0 gives its f and every other level 0; what was 0 or common stays so. Thus every group that
can be computed falls apart into groups that can be computed with x in {0, 1} or with x in {-1, 0}, and the
smallest is among these: 2 signs x 2^columns patterns of b.

Source: difference attacks on margins, Hundepool et al. 2012, Statistical Disclosure Control, chapters 4, 5.
"""

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

NOBODY = 1 << 40
"""More people than any table has: what a group costs that nobody can compute."""

MOST_COLUMNS = 12
"""Columns. A year has 12 months; the patterns double with every column."""

SIGNS = 2
"""Patterns of x: columns at 1 and the others at 0, or columns at -1 and the others at 0."""


@cache
def list_patterns(columns: int) -> BoolArray:
    """Every set of columns, (2^columns, columns): set number i holds column c when bit c of i is 1.

    Raises ValueError for fewer than 1 column or more than `MOST_COLUMNS`.
    """
    if not 1 <= columns <= MOST_COLUMNS:
        raise ValueError(f"A table of {columns} columns cannot be searched: give 1 to {MOST_COLUMNS}.")
    numbers: IntArray = np.arange(1 << columns, dtype=np.int64)
    patterns: BoolArray = (numbers[:, None] >> np.arange(columns) & 1).astype(np.bool_)
    patterns.flags.writeable = False
    return patterns


def list_allowed(column_shown: BoolArray, *, total_shown: bool) -> BoolArray:
    """Which patterns b may have, (2^columns): hidden columns at 0, or all alike when the total is shown."""
    return _find_allowed(tuple(column_shown.tolist()), total_shown)


@lru_cache(maxsize=1024)
def _find_allowed(column_shown: tuple[bool, ...], total_shown: bool) -> BoolArray:
    hidden = ~np.array(column_shown, np.bool_)
    taken: IntArray = list_patterns(len(hidden))[:, hidden].sum(axis=1)
    allowed: BoolArray = taken == 0
    if total_shown:
        allowed |= taken == hidden.sum()
    allowed.flags.writeable = False
    return allowed


def price_known_rows(people: IntArray) -> tuple[IntArray, IntArray]:
    """What each pattern of x costs in areas whose rows are all known: fewest people, fewest but nobody.

    `people` is (..., rows, columns); both answers are (..., signs, patterns), in people. A row that the
    pattern divides gives its people at the higher x; one that it does not divide may be taken whole or left.
    """
    patterns = list_patterns(people.shape[-1])
    inside = people @ patterns.T.astype(np.int64)
    total = people.sum(axis=-1)[..., None]
    divided = (inside > 0) & (inside < total)
    forced = np.where(divided, inside, 0).sum(axis=-2)
    other = np.where(divided, total - inside, 0).sum(axis=-2)
    whole = np.where(~divided & (total > 0), total, NOBODY).min(axis=-2)
    least = np.stack([forced, other], axis=-2)
    return least, np.where(least > 0, least, whole[..., None, :])


def price_unknown_row(people: IntArray) -> tuple[IntArray, IntArray]:
    """The same for an area whose row is not known: f is x itself, which must not be -1 on people.

    `people` is (..., columns). A pattern that cannot be costs `NOBODY`.
    """
    inside = people @ list_patterns(people.shape[-1]).T.astype(np.int64)
    least = np.stack([inside, np.where(inside > 0, NOBODY, 0)], axis=-2)
    return least, np.where(least > 0, least, NOBODY)


def free_shown_cells(prices: IntArray, shown: BoolArray) -> IntArray:
    """The prices by pattern of b: where an area shows its cell, x may differ from b and is chosen best.

    `prices` is (..., signs, patterns) by pattern of x, `shown` (..., columns).
    """
    patterns = prices.shape[-1]
    for column in np.flatnonzero(shown.reshape(-1, shown.shape[-1]).any(axis=0)).tolist():
        halves = prices.reshape(*prices.shape[:-1], -1, 2, 1 << column)
        best = np.minimum(halves[..., :1, :], halves[..., 1:, :])
        chosen = np.where(shown[..., column, None, None, None, None], best, halves)
        prices = chosen.reshape(*chosen.shape[:-3], patterns)
    return prices


def find_smallest(least: IntArray, positive: IntArray, allowed: BoolArray) -> int:
    """The fewest people, at least one, who can be computed exactly; `NOBODY` when nobody can.

    `least` and `positive` are (areas, signs, patterns) by pattern of b. For each b the areas choose apart:
    the sum of their least is the smallest group, or, when that is nobody, the smallest choice of one area.
    """
    together: IntArray = least.sum(axis=0)
    smallest: IntArray = np.where(together > 0, together, positive.min(axis=0, initial=NOBODY))[:, allowed]
    return min(NOBODY, int(smallest.min()))


def measure_lack(least: IntArray, unsafe_areas: IntArray, threshold: int) -> IntArray:
    """How many people the groups that are given away lack of the threshold; 0 when none is too small.

    Both arrays are (..., signs, allowed patterns): the people whom each pattern gives, and in how many areas
    a choice by itself gives too few. The sum over patterns, so that any step towards safety is seen.
    """
    alone = np.where(unsafe_areas > 0, threshold, 0)
    return np.where(least > 0, np.maximum(threshold - least, 0), alone).sum(axis=(-2, -1))
