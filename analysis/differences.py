"""Do two means differ, and has the difference between two means changed?

The intervals of differences are in `analysis/intervals.py`; here they stand beside their p-value, which is
what several tests on one page are weighed by (`analysis/many_tests.py`).
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

import math
from dataclasses import dataclass

from analysis.estimates import Estimate
from analysis.intervals import LEVEL, bound_mean_difference, bound_share_difference


@dataclass(frozen=True, slots=True)
class Difference:
    """One mean minus another in points, its interval, and the p-value of no difference (two-sided, 0-1).

    `low`, `high` and `p` are None where nothing is known of how the difference would vary.
    """

    points: float
    low: float | None = None
    high: float | None = None
    p: float | None = None


def compare_means(one: Estimate, other: Estimate, *, level: float = LEVEL) -> Difference:
    """One mean minus another of different people, by Welch; the p-value computed by scipy.

    There is no interval where one of them has no standard deviation, or neither has any spread.
    """
    low, high = bound_difference(one, other, level=level)
    points = one.mean - other.mean
    if low is None or high is None:
        return Difference(points)
    from scipy.stats import ttest_ind_from_stats

    # Of sd None there is no interval, so both are known here.
    found = ttest_ind_from_stats(one.mean, one.sd, one.n, other.mean, other.sd, other.n, equal_var=False)
    return Difference(points, low, high, float(found.pvalue))


def compare_differences(
    now: tuple[Estimate, Estimate], before: tuple[Estimate, Estimate], *, level: float = LEVEL
) -> Difference:
    """How much a difference of two means has changed: (one - other) now less (one - other) before.

    The four are taken as different people. Somebody who answered both times makes the true interval narrower,
    never wider, as long as they answer alike. No interval where a mean has fewer than two answers or no
    standard deviation, or none of the four has any spread. Source: Satterthwaite 1946, Biometrics Bulletin
    2:110-114; with two means it is Welch's.
    """
    from scipy.special import stdtr, stdtrit

    change = (now[0].mean - now[1].mean) - (before[0].mean - before[1].mean)
    variances: list[float] = []
    freedoms: list[float] = []
    for one in (*now, *before):
        if one.sd is None or one.n < 2:
            return Difference(change)
        variances.append(one.sd**2 / one.n)
        freedoms.append(variances[-1] ** 2 / (one.n - 1))
    variance = sum(variances)
    if variance == 0:
        return Difference(change)
    error, freedom = math.sqrt(variance), variance**2 / sum(freedoms)
    half = float(stdtrit(freedom, (1 + level) / 2)) * error
    p = float(2 * stdtr(freedom, -abs(change) / error))
    return Difference(change, change - half, change + half, p)


def compare_shares(one: Estimate, other: Estimate, *, level: float = LEVEL) -> Difference:
    """One share (0-100) minus another of different people: Newcombe's interval, and a score test's p-value.

    The answers behind each are those that make `sd` / sqrt(n) its standard error: fewer than n when weighted.
    Source: Newcombe 1998, Statistics in Medicine 17:873-890; Miettinen and Nurminen 1985 for the p-value,
    both computed by statsmodels.
    """
    from statsmodels.stats.proportion import test_proportions_2indep

    sizes = [_count_effective(estimate) for estimate in (one, other)]
    positives = [estimate.mean / 100 * n for estimate, n in zip((one, other), sizes, strict=True)]
    low, high = bound_share_difference(positives[0], sizes[0], positives[1], sizes[1], level=level)
    points = one.mean - other.mean
    if one.mean == other.mean and one.mean in (0, 100):
        return Difference(points, 100 * float(low), 100 * float(high), 1.0)
    found = test_proportions_2indep(
        positives[0], sizes[0], positives[1], sizes[1], compare="diff", method="score"
    )
    p = float(found.pvalue)  # pyright: ignore[reportAttributeAccessIssue]
    return Difference(points, 100 * float(low), 100 * float(high), p)


def _count_effective(share: Estimate) -> float:
    """How many unweighted answers a share (0-100) is as sure as; n where nobody or everybody is in it."""
    variance = share.mean * (100 - share.mean)
    return share.n * variance / share.sd**2 if share.sd and variance else float(share.n)


def bound_difference(
    one: Estimate, other: Estimate, *, level: float = LEVEL
) -> tuple[float | None, float | None]:
    """Welch interval of one mean minus the other, in points; None and None when there is none to be had.

    There is none when an estimate has no standard deviation, or neither has any spread.
    """
    if one.sd is None or other.sd is None:
        return None, None
    low, high = bound_mean_difference(one.n, one.mean, one.sd, other.n, other.mean, other.sd, level=level)
    if low != low:
        return None, None
    return float(low), float(high)
