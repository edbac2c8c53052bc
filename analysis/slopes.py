"""Does a series of few periods rise or fall?

Two tests that ask little of the series: Mann-Kendall with Sen's slope for numbers such as means, and a
quasi-binomial slope for shares, which allows shares to jump more than chance lets the same people do. Both
take the periods as independent of each other. No direction is claimed when the interval covers 0, and none at
all of fewer periods than a test needs.
"""

# statsmodels and scipy carry no types of their own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analysis.intervals import LEVEL

LEAST_PERIODS = 8
"""Periods with a number. From 8 on the normal distribution's p-value is above the exact one wherever it is
below 0.06, so that nothing is claimed that the exact test would not; below, the project's method says no."""

LEAST_SHARES = 4
"""Periods with a share: two degrees of freedom around the line. With one the interval is 13 standard errors
wide to either side and says nothing."""

_NO_DISPERSION = 1e-9
"""Chi-square per degree of freedom below which all shares lie on the line, but for rounding."""


class SlopeKind(StrEnum):
    """Which way a series goes."""

    RISING = "rising"
    FALLING = "falling"
    NO_CLEAR_SLOPE = "no_clear_slope"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class Slope:
    """How much a series changes each period, with its interval and the p-value of no change (two-sided, 0-1).

    The unit is that of the series for `find_slope` and log odds for `find_share_slope`. `periods` are those
    with a number. All but `kind` and `periods` are None when it cannot be said.
    """

    kind: SlopeKind
    periods: int
    slope: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class MannKendall:
    """S: pairs that rise less pairs that fall. Its variance without a trend, its z with the correction for
    continuity, and the two-sided p-value, 0-1."""

    s: int
    variance: float
    z: float
    p: float


def find_slope(series: Sequence[float | None], *, level: float = LEVEL) -> Slope:
    """Sen's slope per period, with Sen's interval and Mann-Kendall's p.

    `series` has a value for each period in order of time; None is a period without a number, which keeps its
    place. A constant series has the slope 0 and is not clear. Source: Sen 1968, Journal of the American
    Statistical Association 63:1379-1389, computed by scipy.
    """
    times, values = _leave_out_gaps(series)
    if len(values) < LEAST_PERIODS:
        return Slope(SlopeKind.CANNOT_SAY, len(values))
    from scipy.stats import theilslopes

    slope, _, low, high = np.asarray(theilslopes(values, times, alpha=level), dtype=np.float64).tolist()
    p = measure_mann_kendall(values).p
    return Slope(_choose_kind(low, high, p, level), len(values), slope, low, high, p)


def measure_mann_kendall(values: Sequence[float]) -> MannKendall:
    """Mann and Kendall's test of values in order of time, with Kendall's correction for ties.

    Without two different values S is 0 and p is 1. Raises ValueError when a value is not a finite number.
    Source: Mann 1945, Econometrica 13:245-259; Kendall 1975, Rank Correlation Methods, 4.
    """
    from scipy.special import ndtr

    numbers = np.asarray(values, dtype=np.float64)
    if not np.all(np.isfinite(numbers)):
        raise ValueError("A series holds something that is no number: leave the period out as None.")
    s = int(np.triu(np.sign(numbers[None, :] - numbers[:, None]), 1).sum())
    _, ties = np.unique(numbers, return_counts=True)
    pairs = (len(numbers), *(int(n) for n in ties))
    whole, *tied = (n * (n - 1) * (2 * n + 5) for n in pairs)
    variance = (whole - sum(tied)) / 18
    z = (s - math.copysign(1, s)) / math.sqrt(variance) if s else 0.0
    return MannKendall(s, variance, z, float(2 * ndtr(-abs(z))))


def find_share_slope(
    positive: Sequence[int | None],
    n: Sequence[int],
    *,
    at: Sequence[float] | None = None,
    level: float = LEVEL,
) -> Slope:
    """The slope of a share in log odds per period, by a quasi-binomial regression on time.

    `positive` of `n` people in each period, in order of time; None, or an n of 0, is a period without a
    share. `at` are the periods' times, 0, 1, 2 ... when not given. The dispersion is Pearson's, and p and
    interval are Student's with two degrees of freedom less than there are periods. It cannot be said of too
    few periods, nor where all shares are the same or follow the line without any rest: then nothing tells how
    they would vary. Raises ValueError when a count lies outside 0 to n. Source: McCullagh and Nelder 1989,
    Generalized Linear Models, 4.5, computed by statsmodels.
    """
    times = range(len(n)) if at is None else at
    rows = [(x, of, t) for x, of, t in zip(positive, n, times, strict=True) if x is not None and of]
    if any(not 0 <= x <= of for x, of, _ in rows):
        raise ValueError("A share's count lies outside 0 to n: count positive answers among the answers.")
    unknown = Slope(SlopeKind.CANNOT_SAY, len(rows))
    if len(rows) < LEAST_SHARES or len({x / of for x, of, _ in rows}) == 1:
        return unknown
    fitted = _fit_shares(np.array(rows, dtype=np.float64), level)
    if fitted is None:
        return unknown
    slope, low, high, p = fitted
    return Slope(_choose_kind(low, high, p, level), len(rows), slope, low, high, p)


def _fit_shares(
    rows: np.ndarray[tuple[int, ...], np.dtype[np.float64]], level: float
) -> tuple[float, float, float, float] | None:
    """Slope, low, high and p of rows (positive, n, time); None where there is no slope to be had."""
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    positive, n, times = rows.T
    if len(np.unique(times)) == 1:
        return None
    line = np.column_stack([np.ones(len(rows)), times])
    # Shares with n as weights: of pairs of counts statsmodels 0.15 takes the dispersion as if every n were 1.
    model = GLM(positive / n, line, family=Binomial(), var_weights=n)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of shares that time parts without a rest: told by what comes back
        fitted = model.fit(scale="X2", use_t=True)
    low, high = fitted.conf_int(alpha=1 - level)[1]
    found = (float(fitted.params[1]), float(low), float(high), float(fitted.pvalues[1]))
    is_known = fitted.converged and fitted.scale > _NO_DISPERSION and all(map(math.isfinite, found))
    return found if is_known else None


def _leave_out_gaps(series: Sequence[float | None]) -> tuple[list[int], list[float]]:
    """The places in time of the values that are there, and the values."""
    there = [(place, value) for place, value in enumerate(series) if value is not None]
    return [place for place, _ in there], [value for _, value in there]


def _choose_kind(low: float, high: float, p: float, level: float) -> SlopeKind:
    """The direction when the interval lies on one side of 0 and the test agrees; an end at 0 covers 0."""
    if p <= 1 - level and low > 0:
        return SlopeKind.RISING
    if p <= 1 - level and high < 0:
        return SlopeKind.FALLING
    return SlopeKind.NO_CLEAR_SLOPE
