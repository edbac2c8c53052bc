"""Which points of a series with limits are no chance?

Every function takes matrices with one row for each series and one column for each consecutive period of one
segment, where NaN is a gap, and gives a matrix of -1 (down), 0 (no signal) and 1 (up). A gap ends every run.
"""

import numpy as np
import numpy.typing as npt

from analysis.control.limits import ROUNDING, Floats, Limits, find_near_limits

Marks = npt.NDArray[np.int8]
Truths = npt.NDArray[np.bool_]

RUN_LENGTH = 7
"""Points in a row that are no chance: on one side of the mean, or rising. NHS England, Making Data Count."""

WINDOW, NEAR_IN_WINDOW = 3, 2
"""Points looked at together, and how many of them must lie beyond a near limit. Western Electric 1956."""


def mark_outside(values: Floats, limits: Limits) -> Marks:
    """Points beyond a limit; a point on a limit is within it."""
    return compare(values, limits.high).clip(0) + compare(values, limits.low).clip(None, 0)


def mark_trends(values: Floats) -> Marks:
    """Points of 7 or more in a row that rise or fall strictly; two alike break the row.

    A point that ends one trend and begins another belongs to the newer.
    """
    steps = compare(values[:, 1:], values[:, :-1])
    newest = np.pad(steps, ((0, 0), (0, 1)))
    rising, falling = (
        _fill(_find_rows(steps == sign, RUN_LENGTH - 1), RUN_LENGTH, values.shape[1]) for sign in (1, -1)
    )
    return _choose(rising & ~(falling & (newest < 0)), falling & ~(rising & (newest > 0)))


def mark_two_of_three(values: Floats, limits: Limits) -> Marks:
    """Points beyond a near limit, where 2 of 3 in a row are and all three lie on one side of the centre.

    A point outside the limits is beyond the near limit too.
    """
    sides = compare(values, limits.centre)
    near_low, near_high = find_near_limits(limits)
    marked = [
        beyond & _fill(_find_rows(sides == sign, WINDOW) & _find_enough(beyond), WINDOW, values.shape[1])
        for sign, beyond in ((1, compare(values, near_high) > 0), (-1, compare(values, near_low) < 0))
    ]
    return _choose(*marked)


def mark_shifts(values: Floats, centre: Floats) -> Marks:
    """Points of 7 or more in a row on one side of the centre; a point on the centre breaks the row."""
    sides = compare(values, centre)
    return _choose(
        *(_fill(_find_rows(sides == sign, RUN_LENGTH), RUN_LENGTH, values.shape[1]) for sign in (1, -1))
    )


def compare(one: Floats, other: Floats) -> Marks:
    """1 where one is larger, -1 where it is smaller, 0 where they are the same or one is missing."""
    return _choose(one > other + ROUNDING, one < other - ROUNDING)


def _choose(up: Truths, down: Truths) -> Marks:
    return up.astype(np.int8) - down.astype(np.int8)


def _find_rows(held: Truths, length: int) -> Truths:
    """For each window of `length` columns, by its first column, whether all of it holds."""
    return np.asarray(_slide(held, length).all(axis=2), dtype=np.bool_)


def _find_enough(held: Truths) -> Truths:
    """For each window of three columns, by its first column, whether at least two of it hold."""
    return np.asarray(_slide(held, WINDOW).sum(axis=2) >= NEAR_IN_WINDOW)


def _slide(held: Truths, length: int) -> Truths:
    """The windows of `length` columns; none when there are fewer columns."""
    if held.shape[1] < length:
        return np.zeros((held.shape[0], 0, length), dtype=np.bool_)
    return np.lib.stride_tricks.sliding_window_view(held, length, axis=1)


def _fill(found: Truths, length: int, columns: int) -> Truths:
    """For each of the columns whether some window of `length` columns that was found covers it."""
    covered = np.zeros((found.shape[0], columns), dtype=np.bool_)
    for offset in range(length if found.shape[1] else 0):
        covered[:, offset : offset + found.shape[1]] |= found
    return covered
