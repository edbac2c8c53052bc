"""What is the mean of a cell, and how sure is it?

A cell (municipality x period x group x dimension) is known by three sums only: how many scores, their total
and the total of their squares. The database adds them up once; everything after works on the sums.
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.intervals import LEVEL, bound_mean, bound_share, measure_spread
from analysis.scores import HIGHEST_SCORE, LOWEST_SCORE
from analysis.weights import FloatArray, IntArray

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


@dataclass(frozen=True)
class WeightedMeans:
    """Mean scores 0-100, each an array (cells, measures). NaN is "not known", and never a number.

    `n` is respondents, `mean` the weighted and `raw` the unweighted mean. `sd` is the unweighted standard
    deviation (divisor n - 1): how those who answered differ, 0 when they are all alike, whatever they weigh.
    `low` and `high` are the interval of `mean` and `error` its standard error, so that
    `bound_mean_difference(n, mean, error * sqrt(n), ...)` compares weighted means. `n_effective` is Kish's,
    `largest` the largest weight among them. With n = 1, `sd`, `error`, `low` and `high` are NaN; with n = 0
    all but n are.
    """

    n: IntArray
    mean: FloatArray
    raw: FloatArray
    sd: FloatArray
    error: FloatArray
    low: FloatArray
    high: FloatArray
    n_effective: FloatArray
    largest: FloatArray


@dataclass(frozen=True)
class WeightedShares:
    """Shares 0-1, each an array (cells, measures); NaN is "not known". Fields as in `WeightedMeans`.

    With n = 0 all but n are NaN. One answer has an interval: Wilson's is never of no width.
    """

    n: IntArray
    share: FloatArray
    raw: FloatArray
    low: FloatArray
    high: FloatArray
    n_effective: FloatArray
    largest: FloatArray


def estimate_weighted(
    n: IntArray, total: FloatArray, squares: FloatArray, weights: FloatArray, *, level: float = LEVEL
) -> WeightedMeans:
    """Weighted means of many cells from n, sum and sum of squares (cells, strata, measures).

    `weights` (cells, strata) are those of one respondent in each stratum; only their proportions matter, and
    not at all where nobody answered. Interval: linearised variance n / (n - 1) * sum w^2 (x - mean)^2 /
    (sum w)^2, Student's t with n - 1 degrees of freedom, clipped to 0-100; when everybody gave the same score
    both ends are that score. Equal weights give `bound_mean`.

    Raises ValueError when a weight of somebody is not above 0, or sums cannot be sums of scores 0-100.
    Source: Särndal, Swensson and Wretman 1992, Model assisted survey sampling, 5.7 (ratio of two totals).
    """
    from scipy.special import stdtrit

    w = _spread_weights(n, weights)
    count, sum_w, sum_w2 = n.sum(axis=1), (w * n).sum(axis=1), (w**2 * n).sum(axis=1)
    sd = _measure_known_spread(count, total.sum(axis=1), squares.sum(axis=1))
    with np.errstate(divide="ignore", invalid="ignore"):
        raw, mean = total.sum(axis=1) / count, (w * total).sum(axis=1) / sum_w
        strata = np.where(n > 0, total / np.maximum(n, 1), 0.0)
        within = np.maximum(squares - strata * total, 0.0)
        around = within + n * (strata - mean[:, None]) ** 2
        error = np.sqrt(count / (count - 1.0) * (w**2 * around).sum(axis=1)) / sum_w
        error = np.where(count > 1, np.where(sd == 0, 0.0, error), np.nan)
        _check_means(raw, count)
        half = stdtrit(np.maximum(count - 1, 1), (1 + level) / 2) * error
        return WeightedMeans(
            n=count,
            mean=np.clip(mean, LOWEST_SCORE, HIGHEST_SCORE),
            raw=np.clip(raw, LOWEST_SCORE, HIGHEST_SCORE),
            sd=sd,
            error=error,
            low=np.clip(mean - half, LOWEST_SCORE, HIGHEST_SCORE),
            high=np.clip(mean + half, LOWEST_SCORE, HIGHEST_SCORE),
            n_effective=sum_w**2 / sum_w2,
            largest=np.where(count > 0, w.max(axis=1), np.nan),
        )


def estimate_shares(
    counts: IntArray, n: IntArray, weights: FloatArray, *, level: float = LEVEL
) -> WeightedShares:
    """Weighted shares of many cells: `counts` of the `n` respondents (cells, strata, measures) said so.

    `n` may have one measure for all counts (the options of one question). The positive share counts scores
    from `POSITIVE_FROM`. Interval: Wilson at Kish's effective number, as
    nearly everybody's answer is one of two. Equal weights give `bound_share`. Raises ValueError when a weight
    of somebody is not above 0 or a count lies outside 0 to n.
    """
    if np.any((counts < 0) | (counts > n)):
        raise ValueError("A share's count lies outside 0 to n: count positive answers among the answers.")
    n = np.broadcast_to(n, counts.shape)
    w = _spread_weights(n, weights)
    number, sum_w, sum_w2 = n.sum(axis=1), (w * n).sum(axis=1), (w**2 * n).sum(axis=1)
    some = number > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        share, raw = (w * counts).sum(axis=1) / sum_w, counts.sum(axis=1) / number
        effective = np.where(some, np.maximum(sum_w**2 / sum_w2, 1.0), np.nan)
    low, high = np.full(share.shape, np.nan), np.full(share.shape, np.nan)
    if some.any():
        share[some] = np.clip(share[some], 0.0, 1.0)
        low[some], high[some] = bound_share(share[some] * effective[some], effective[some], level=level)
    largest = np.where(some, w.max(axis=1), np.nan)
    return WeightedShares(number, share, raw, low, high, effective, largest)


def _spread_weights(n: IntArray, weights: FloatArray) -> FloatArray:
    """Weights (cells, strata, measures), 0 where nobody is. Raises ValueError when one is not above 0."""
    spread = np.where(n > 0, weights[:, :, None], 0.0)
    if not np.all((spread > 0) | (n == 0)) or not np.all(np.isfinite(spread)):
        raise ValueError("A weight is not above 0: everybody who answered counts for something.")
    return spread


def _measure_known_spread(n: IntArray, total: FloatArray, squares: FloatArray) -> FloatArray:
    """Standard deviations, NaN where fewer than two answered."""
    some = n > 0
    sd = np.full(n.shape, np.nan)
    sd[some] = measure_spread(n[some], total[some], squares[some])
    return sd


def _check_means(means: FloatArray, n: IntArray) -> None:
    """Raises ValueError when a mean of somebody lies outside 0-100."""
    inside = (means >= LOWEST_SCORE - _ROUNDING) & (means <= HIGHEST_SCORE + _ROUNDING)
    if not np.all(inside | (n == 0)):
        raise ValueError("A mean lies outside 0-100: estimate from scores, not from answers.")
