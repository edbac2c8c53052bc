"""Which counts that grow may be told anew, so that nobody stands out by what came in between?

How many have answered so far is told of a county and its municipalities again and again. Two such counts of
the same place differ by those who came in between, and the county's less its municipalities' by those of the
places that are not told. So the county is told anew together with some of its municipalities, or nothing is;
the others keep the count they were last told.

A column is the time between two tellings of the county, the last one until now. A municipality's people fall
into pieces, each from one telling of it to the next, which are known together; those since it was last told
are not known. What can be computed by adding and subtracting is then a(piece) + b(column), with a = 0 for
those not known: known and unknown rows without shown cells in the terms of `analysis/isolation.py`, which
finds the smallest group exactly.

Source: difference attacks, Hundepool et al. 2012, Statistical Disclosure Control, chapters 4 and 5.
"""

import numpy as np

from analysis.isolation import (
    MOST_COLUMNS,
    BoolArray,
    IntArray,
    find_smallest,
    list_patterns,
    price_known_rows,
    price_unknown_row,
)

MOST_TELLINGS = MOST_COLUMNS
"""Times a county's counts are told: the patterns to search double with each."""


def decide_renewal(
    people: IntArray, told: BoolArray, may_tell: BoolArray, *, threshold: int
) -> BoolArray | None:
    """Which municipalities are told anew now, with their county; None when nothing may be.

    `people` is (municipalities, columns), the last column not told yet; `told` is (municipalities, columns
    but the last), whether the municipality was told when the column ended. `may_tell` is by municipality. One
    that has nobody new counts as told anew: it says nothing. Of those in the way the one with fewest new is
    left out first. Should what was told give away fewer than `threshold` people by itself, nothing is told.

    Raises ValueError when the shapes do not fit, a count is negative or there are more than `MOST_TELLINGS`
    columns.
    """
    areas, columns = people.shape
    if told.shape != (areas, columns - 1) or may_tell.shape != (areas,) or (people < 0).any():
        raise ValueError("Counts are municipalities x columns from 0, told at the end of all but the last.")
    if columns > MOST_TELLINGS:
        raise ValueError(f"A county is told at most {MOST_TELLINGS} times: leave the counts as they are.")
    new = count_new(people, told)
    now = may_tell & ((new == 0) | (new >= threshold))
    while _find_smallest_group(people, np.column_stack([told, now])) < threshold:
        left = now & (new > 0)
        if not left.any():
            return None
        now = now.copy()
        now[int(np.where(left, new, np.iinfo(np.int64).max).argmin())] = False
    return now


def count_new(people: IntArray, told: BoolArray) -> IntArray:
    """People of each municipality since it was last told; all of one that never was."""
    columns = people.shape[1]
    return np.where(_number_pieces(told, columns) == told.sum(axis=1)[:, None], people, 0).sum(axis=1)


def _find_smallest_group(people: IntArray, told: BoolArray) -> int:
    """The fewest people who can be computed exactly when the county is told at the end of every column."""
    columns = people.shape[1]
    numbers = _number_pieces(told, columns)
    last = told.sum(axis=1)
    pieces = np.stack([np.where(numbers == number, people, 0) for number in range(columns + 1)], axis=1)
    rows = pieces[np.arange(columns + 1) < last[:, None]]
    known = price_known_rows(np.concatenate([rows, np.zeros((1, columns), np.int64)]))
    unknown = price_unknown_row(pieces[np.arange(len(pieces)), last])
    least, positive = (np.concatenate([k[None], u]) for k, u in zip(known, unknown, strict=True))
    return find_smallest(least, positive, np.ones(len(list_patterns(columns)), np.bool_))


def _number_pieces(told: BoolArray, columns: int) -> IntArray:
    """Which piece of its municipality each column is in: how often it was told before the column."""
    numbers = np.zeros((len(told), columns), np.int64)
    numbers[:, 1:] = told[:, : columns - 1].cumsum(axis=1)
    return numbers
