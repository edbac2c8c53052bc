"""Is this a series that can be judged, and where do its segments begin?

Many series at once are a matrix with one row for each series and one column for each period; NaN is a gap.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from analysis.control.judged import ChartKind

Floats = npt.NDArray[np.float64]

TOP_SCORE = 100.0
"""Points. Scores run from 0 to it."""

_GAP = float("nan")


def find_top(chart: ChartKind) -> float:
    """The scale's upper end: 1 for shares on a p-prime chart, else 100."""
    return 1.0 if chart is ChartKind.P_PRIME else TOP_SCORE


def read_row(numbers: Sequence[float | None]) -> Floats:
    """A matrix of one series. Raises ValueError when a value is NaN: a gap is written None."""
    if any(number is not None and number != number for number in numbers):
        raise ValueError("A series holds a NaN, which is no number: write None for a period without one.")
    return np.array([[_GAP if number is None else number for number in numbers]], dtype=np.float64)


def check_values(values: npt.ArrayLike, *, top: float) -> Floats:
    """The matrix of the values. Raises ValueError unless it is one and every value lies in 0 to `top`."""
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError("Many series are a matrix: one row for each series, one column for each period.")
    wrong = matrix[~np.isnan(matrix) & ~((matrix >= 0) & (matrix <= top))]
    if wrong.size:
        meant = "a share: write 80 per cent as 0.8" if top == 1 else "a score"
        raise ValueError(f"The value {wrong[0]:g} lies outside 0 to {top:g} and is not {meant}.")
    return matrix


def check_counts(counts: npt.ArrayLike | None, values: Floats, *, chart: ChartKind) -> Floats | None:
    """The matrix of the counts, None for charts that use none. A count where there is no value is no matter.

    Raises ValueError when p-prime gets no counts, another chart gets some, the shapes differ, or a share
    stands for fewer than one answer. A count may be an effective number and need not be whole.
    """
    if chart is not ChartKind.P_PRIME:
        if counts is not None:
            raise ValueError(f"The chart {chart} uses no counts: leave them out.")
        return None
    if counts is None:
        raise ValueError("A p-prime chart needs the number of answers behind every share.")
    sizes = np.asarray(counts, dtype=np.float64)
    if sizes.shape != values.shape:
        raise ValueError(f"There are {values.size} shares and {sizes.size} counts: give one count for each.")
    shown = ~np.isnan(values)
    if not np.all((sizes[shown] >= 1) & np.isfinite(sizes[shown])):
        raise ValueError("A share stands for fewer than one answer, or for no number of them: make it a gap.")
    return sizes


def find_bounds(periods: int, starts: Sequence[int]) -> list[tuple[int, int]]:
    """First and last position of each segment, in order; none for a series of no periods.

    `starts` are the positions where a new segment begins, in any order; that the first is a start need not be
    said. Raises ValueError when one lies outside the series.
    """
    wrong = [start for start in starts if not 0 <= start < max(periods, 1)]
    if wrong:
        raise ValueError(f"A segment starts at {wrong[0]}, outside the {periods} periods of the series.")
    firsts = sorted({0, *starts}) if periods else []
    return [(first, after - 1) for first, after in pairwise([*firsts, periods])]
