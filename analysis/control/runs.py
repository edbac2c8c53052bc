"""Does a series lie longer on one side of its median, or cross it more seldom, than chance lets it?

The run chart of Anhøj: for series that have no limits. Source: Anhøj and Olesen 2014, Run charts revisited,
PLoS ONE 9:e113825; Anhøj 2015, Diagnostic value of run chart analysis, PLoS ONE 10:e0121349.
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.control.limits import Floats
from analysis.control.rules import Marks, compare

Whole = npt.NDArray[np.int64]

MIN_USEFUL = 10
"""Points that do not lie on the median, below which a run chart says nothing. Anhøj and Olesen 2014."""

_CHANCE = 0.05
"""How often chance alone gives fewer crossings than the fewest that count as chance."""


class Runs(NamedTuple):
    """What the runs of each series are like (arrays of one element per series), and the marks of each point.

    `useful`: points not on the median. `longest`: points of the longest run. `crossings`: times the line
    crosses the median between two useful points of one stretch without a gap. `long_marks` and `few_marks`
    are -1, 0 or 1 for each point.
    """

    useful: Whole
    longest: Whole
    crossings: Whole
    long_marks: Marks
    few_marks: Marks


def find_median(values: Floats) -> Floats:
    """The median of each row's values, as a column; NaN for a row of gaps."""
    known = ~np.isnan(values).all(axis=1, keepdims=True)
    return np.where(known, np.nanmedian(np.where(known, values, 0), axis=1, keepdims=True), np.nan)


def find_runs(values: Floats, median: Floats) -> Runs:
    """The runs on one side of the median, and which points they mark.

    A point on the median neither ends a run nor counts in it; a gap ends it, and there is no crossing of a
    gap. Every point of a run longer than chance allows is marked. Too few crossings speak of the whole
    series: its newest run is marked, which tells the side where the series now lies. With fewer than 10
    useful points nothing is marked.
    """
    sides = compare(values, median)
    runs, crossings, chances = _number_runs(sides, np.isnan(values))
    size = _measure_runs(runs)
    useful = np.sum(sides != 0, axis=1)
    speaks = useful >= MIN_USEFUL
    is_long = size > allow_longest(np.maximum(useful, 1))[:, None]
    has_few = crossings < allow_fewest(chances)
    is_newest = runs == runs.max(axis=1, keepdims=True, initial=0)
    return Runs(
        useful,
        size.max(axis=1, initial=0),
        crossings,
        np.where(is_long & speaks[:, None], sides, 0).astype(np.int8),
        np.where(is_newest & (has_few & speaks)[:, None], sides, 0).astype(np.int8),
    )


def allow_longest(useful: npt.ArrayLike) -> Whole:
    """The longest run that is chance among so many useful points (1 or more): round(log2 n) + 3."""
    return np.round(np.log2(useful)).astype(np.int64) + 3


def allow_fewest(chances: npt.ArrayLike) -> Whole:
    """The fewest crossings that are chance: the 5 % quantile of a fair coin's heads in so many tosses.

    `chances` is how often the line could have crossed: the useful points less one, less one for each gap
    between them.
    """
    from scipy.special import bdtr

    tosses = np.asarray(chances, dtype=np.int64)
    heads = np.arange(tosses.max(initial=0) + 1)
    return np.argmax(bdtr(heads[:, None], tosses, 0.5) >= _CHANCE, axis=0)


def _number_runs(sides: Marks, gaps: npt.NDArray[np.bool_]) -> tuple[Whole, Whole, Whole]:
    """The number of the run of each point (0 for none), and each row's crossings and chances to cross."""
    rows, columns = sides.shape
    runs = np.zeros((rows, columns), dtype=np.int64)
    newest, crossings, chances = (np.zeros(rows, dtype=np.int64) for _ in range(3))
    before = np.zeros(rows, dtype=np.int8)
    for column in range(columns):
        side = sides[:, column]
        on_a_side, could_cross = side != 0, (side != 0) & (before != 0)
        crosses = could_cross & (side != before)
        chances += could_cross
        crossings += crosses
        newest += crosses | (on_a_side & (before == 0))
        runs[:, column] = np.where(on_a_side, newest, 0)
        before = np.where(gaps[:, column], 0, np.where(on_a_side, side, before)).astype(np.int8)
    return runs, crossings, chances


def _measure_runs(runs: Whole) -> Whole:
    """How many points the run of each point has; 0 for a point of none."""
    rows, columns = runs.shape
    wide = columns + 1
    places: Whole = runs + wide * np.arange(rows, dtype=np.int64)[:, None]
    sizes = np.bincount(places.reshape(-1), minlength=rows * wide)
    return np.where(runs > 0, sizes[places], 0)
