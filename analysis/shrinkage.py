"""What is the best guess of a small municipality's mean, when its neighbours are known too?

A mean of few answers jumps; the guess moves it towards the mean of all municipalities, the more the fewer
its answers: shrunk = B * overall + (1 - B) * raw, B = v / (v + tau^2), where v is the mean's variance and
tau^2 how municipalities truly differ. It is a second line, switched on by the reader and called what it is.

Normal-normal empirical Bayes (a random intercept). tau^2 by Paule and Mandel 1982, which meta-analysis
recommends (Veroniki et al. 2016, Research Synthesis Methods 7:55-79); the interval from the mean squared
error of Prasad and Rao 1990, Journal of the American Statistical Association 85:163-171. Never Marshall's
Poisson formula: for shares near 0.8 it shrinks every municipality to one value.
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from dataclasses import dataclass

import numpy as np

from analysis.intervals import LEVEL
from analysis.scores import HIGHEST_SCORE, LOWEST_SCORE
from analysis.weights import FloatArray, IntArray

LEAST_MUNICIPALITIES = 3
"""With answers. Of two nobody can say how municipalities differ."""

_NO_VARIANCE = 1e-12
"""Points squared within municipalities below which all answers are alike, but for rounding."""

_MOST_ROUNDS = 100
_NEAR = 1e-9
"""How near the estimating equation comes to 0, against its number of municipalities."""


@dataclass(frozen=True)
class Shrunk:
    """Shrunk means 0-100 (municipalities, columns) with their interval; NaN is "not known".

    `pull` is B, 0-1: how much of the number is the overall mean. `overall` and `tau` (points) are per column.
    Municipalities without answers are NaN, and so is a whole column with fewer than `LEAST_MUNICIPALITIES`,
    or where no municipality has any spread: nothing says then how far a mean could have jumped.
    """

    mean: FloatArray
    low: FloatArray
    high: FloatArray
    pull: FloatArray
    overall: FloatArray
    tau: FloatArray


def shrink_means(
    n: IntArray,
    mean: FloatArray,
    sd: FloatArray,
    n_effective: FloatArray | None = None,
    *,
    level: float = LEVEL,
) -> Shrunk:
    """Shrunk means of many columns (one period and measure each) at once, all (municipalities, columns).

    `mean` and `sd` are as in `WeightedMeans`; they are not read where n is 0, nor sd where n is 1. A mean's
    variance is the variance within municipalities, pooled, over `n_effective` (n when not given): a
    municipality's own is worth little when it has few answers, and 0 when all of its answers are alike.
    When municipalities differ no more than chance (tau is 0) all are given the overall mean.

    The interval carries what is not known of the overall mean and of tau: with 3 to 20 municipalities of 3 to
    60 answers it held the truth in 92.7 % of cases at worst, where leaving tau out gave 83 %. When in doubt
    it is too wide (tau near 0).
    """
    from scipy.special import ndtri

    variance = _measure_variances(n, sd, n if n_effective is None else n_effective)
    known = ~np.isnan(variance)
    means = np.where(known, mean, 0.0)
    tau2 = _find_tau2(means, np.where(known, variance, np.inf))
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.where(known, 1 / (variance + tau2), 0.0)
        overall = (weights * means).sum(axis=0) / weights.sum(axis=0)
        pull = variance / (variance + tau2)
        shrunk = pull * overall + (1 - pull) * mean
        of_overall = pull**2 / weights.sum(axis=0)
        of_tau = 2 * pull**2 * weights * 2 / (weights**2).sum(axis=0)
        half = ndtri((1 + level) / 2) * np.sqrt(variance * (1 - pull) + of_overall + of_tau)
    low, high = (np.clip(end, LOWEST_SCORE, HIGHEST_SCORE) for end in (shrunk - half, shrunk + half))
    tau = np.where(known.any(axis=0), np.sqrt(tau2), np.nan)
    return Shrunk(shrunk, low, high, pull, overall, tau)


def _measure_variances(n: IntArray, sd: FloatArray, n_effective: IntArray | FloatArray) -> FloatArray:
    """Variance of each mean from the pooled spread within municipalities; NaN where nothing is known."""
    freedom = np.maximum(n - 1, 0)
    squares = np.where(freedom > 0, freedom * np.square(sd), 0.0)
    enough = (n > 0).sum(axis=0) >= LEAST_MUNICIPALITIES
    with np.errstate(divide="ignore", invalid="ignore"):
        within = squares.sum(axis=0) / freedom.sum(axis=0)
        return np.where((n > 0) & enough & (within > _NO_VARIANCE), within / n_effective, np.nan)


def _find_tau2(means: FloatArray, variance: FloatArray) -> FloatArray:
    """Paule and Mandel's tau^2 of every column; a variance that is infinite leaves its municipality out.

    Solves sum (y - overall)^2 / (v + tau^2) = k - 1, which falls and is convex in tau^2, by Newton's steps
    from 0, all columns at once; 0 when it is below from the start. statsmodels finds the same
    (combine_effects, "iterated"), one column at a time in 0.2 ms: too slow for the 660 columns of a page.
    """
    number = np.isfinite(variance).sum(axis=0)
    tau2 = np.zeros(means.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(_MOST_ROUNDS):
            weights = 1 / (variance + tau2)
            overall = (weights * means).sum(axis=0) / weights.sum(axis=0)
            deviations = np.square(means - overall)
            excess = (weights * deviations).sum(axis=0) - (number - 1)
            if not np.any(excess > _NEAR * number):
                break
            step = excess / (weights**2 * deviations).sum(axis=0)
            tau2 = tau2 + np.where(excess > 0, step, 0.0)
    return tau2
