"""What is the mean of a cell, and how sure is it?

A cell (municipality x period x group x dimension) is known by three sums only: how many scores, their total
and the total of their squares. The database adds them up once; everything after works on the sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.intervals import LEVEL, bound_mean, measure_spread
from analysis.scores import HIGHEST_SCORE, LOWEST_SCORE

_ROUNDING = 1e-6
"""How far outside 0-100 a mean may lie and still be the rounding of long sums, in points."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Number, sum and sum of squares of scores 0-100. Cells of different people are joined by adding them."""

    n: int
    total: float
    squares: float

    def __add__(self, other: "Statistics") -> "Statistics":
        return Statistics(self.n + other.n, self.total + other.total, self.squares + other.squares)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean score 0-100 of n respondents, the interval around it, and their standard deviation.

    `low`, `high` and `sd` are None when n is 1: one answer says nothing of how answers vary. The interval is
    clipped to 0-100; when everybody gave the same score it is that score, and `sd` is 0.
    """

    n: int
    mean: float
    low: float | None
    high: float | None
    sd: float | None = None


def estimate_mean(statistics: Statistics, *, level: float = LEVEL) -> Estimate:
    """Mean, t interval and standard deviation of one cell; see `Estimate` for the edges.

    Raises ValueError when the cell has no answers or its sums cannot be sums of scores 0-100.
    """
    return estimate_means([statistics], level=level)[0]


def estimate_means(cells: Sequence[Statistics], *, level: float = LEVEL) -> list[Estimate]:
    """The estimates of many cells, in their order; the same numbers as `estimate_mean` one by one.

    Raises ValueError when a cell has no answers or its sums cannot be sums of scores 0-100.
    """
    if not cells:
        return []
    n, total, squares = np.array([(cell.n, cell.total, cell.squares) for cell in cells], dtype=np.float64).T
    spread = measure_spread(n, total, squares)
    means = total / n
    if not np.all((means >= LOWEST_SCORE - _ROUNDING) & (means <= HIGHEST_SCORE + _ROUNDING)):
        raise ValueError("A mean lies outside 0-100: estimate from scores, not from answers.")
    low, high = bound_mean(n, total, squares, level=level)
    columns = (_clip(means), _clip(low), _clip(high), spread.tolist())
    return [
        Estimate(cell.n, mean, a, b, sd) if cell.n > 1 else Estimate(cell.n, mean, None, None, None)
        for cell, mean, a, b, sd in zip(cells, *columns, strict=True)
    ]


def _clip(scores: np.ndarray) -> list[float]:
    return np.clip(scores, LOWEST_SCORE, HIGHEST_SCORE).tolist()
