"""Do a scale's questions measure one thing, and do municipalities' means tell them apart?

Of a scale the database keeps, for every pair of its questions, how many people chose each pair of options;
people who answered all of its questions only. Everything here comes from those counts, or for municipalities
from n, sum and sum of squares. What cannot be said is a `WhyUnknown`, never a number.
"""

# scipy and statsmodels carry no types of their own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

import math
import warnings
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analysis.intervals import LEVEL
from analysis.polychoric import correlate_options
from analysis.weights import FloatArray, IntArray

LEAST_ITEMS = 3
"""Questions. Two have one correlation, which cannot tell one common cause from two likenesses."""

LEAST_RESPONDENTS = 30
"""People who answered the whole scale. Fewer is "poor" in COSMIN (Terwee et al. 2012, Quality of Life
Research 21:651-657)."""

LEAST_UNITS = 3
"""Municipalities with answers, for their differences to be measured."""

ENOUGH = 0.70
"""Reliability from which groups may be compared (Nunnally 1978); below it there is a warning."""

_LEAST_OWN = 0.005
"""Share of a question that is its own, below which one factor has swallowed it (a Heywood case)."""


_START = 1
"""Seed of the search for a factor, so that the same answers give the same omega to the last decimal."""

_NO_SPREAD = 1e-9
"""Variance of a question below which everybody answered alike, but for the rounding of sums."""


class WhyUnknown(StrEnum):
    """Why no reliability is told."""

    TOO_FEW_ITEMS = "too_few_items"
    TOO_FEW_RESPONDENTS = "too_few_respondents"
    TOO_FEW_UNITS = "too_few_units"
    NO_VARIATION = "no_variation"
    AGAINST_EACH_OTHER = "against_each_other"
    NO_SOLUTION = "no_solution"
    NO_DIFFERENCE = "no_difference"


@dataclass(frozen=True)
class Reliability:
    """A coefficient above 0 and at most 1; its interval where a method is known, else None.

    `low` may lie below 0.
    """

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def is_weak(self) -> bool:
        """Whether a warning belongs beside everything that rests on it: the value is below `ENOUGH`."""
        return self.value < ENOUGH


@dataclass(frozen=True)
class UnitReliability:
    """How well means tell municipalities apart: between / (between + within / n), 0-1, NaN without answers.

    `between` and `within` are variances in points squared, both above 0. `n_needed` is the answers with which
    a municipality reaches `ENOUGH`.
    """

    between: float
    within: float
    values: FloatArray
    n_needed: int


def measure_covariance(tables: IntArray, scores: FloatArray) -> tuple[FloatArray, int]:
    """Covariance (divisor n - 1) of k questions, and the number of people.

    `tables` (k, k, options, options): `tables[i, j]` counts people by their options of questions i and j,
    `tables[i, i]` on its diagonal only. `scores` (k, options) are the options' scores after reversal. With
    fewer than two people the covariance is NaN. Raises ValueError when the tables are not of the same people.
    """
    _check_tables(tables)
    n = int(tables[0, 0].sum())
    means = np.einsum("iiaa,ia->i", tables, scores) / max(n, 1)
    centred = scores - means[:, None]
    products = np.einsum("ijab,ia,jb->ij", tables, centred, centred)
    return (products / (n - 1) if n > 1 else np.full(products.shape, np.nan)), n


def correlate(covariance: FloatArray) -> FloatArray:
    """Correlations from covariances; NaN for a question that everybody answered alike."""
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.diag(covariance))
        return covariance / np.outer(spread, spread)


def correlate_ordinal(tables: IntArray) -> FloatArray:
    """Polychoric correlations of k questions from their pairs' counts; NaN where there is none."""
    _check_tables(tables)
    found = np.eye(len(tables))
    for i, j in zip(*np.triu_indices(len(tables), 1), strict=True):
        one = correlate_options(tables[i, j])
        found[i, j] = found[j, i] = np.nan if one is None else one
    return found


def find_alpha(covariance: FloatArray, n: int, *, level: float = LEVEL) -> Reliability | WhyUnknown:
    """Cronbach's alpha of a scale from its questions' covariances, with Feldt's interval.

    Feldt 1965: (1 - alpha) / (1 - found) follows F with n - 1 and (n - 1)(k - 1) degrees of freedom; exact
    when the questions are equally variable and related, and normal. Source of alpha: Cronbach 1951.
    """
    from scipy.special import fdtri

    found = _find_alpha_of(covariance, n)
    if isinstance(found, WhyUnknown):
        return found
    tail, freedom = (1 - level) / 2, (n - 1, (n - 1) * (len(covariance) - 1))
    low, high = (float(1 - (1 - found) * fdtri(*freedom, share)) for share in (1 - tail, tail))
    return Reliability(found, low, high)


def find_ordinal_alpha(tables: IntArray) -> Reliability | WhyUnknown:
    """Alpha of the polychoric correlations: what alpha would be of the variables beneath the options.

    No interval. Source: Zumbo, Gadermann and Zeisser 2007, Journal of Modern Applied Statistical Methods
    6:21-29.
    """
    correlations, n = correlate_ordinal(tables), int(tables[0, 0].sum())
    found = _find_alpha_of(correlations, n)
    return found if isinstance(found, WhyUnknown) else Reliability(found)


def find_omega(correlation: FloatArray, n: int) -> Reliability | WhyUnknown:
    """Omega of one factor (McDonald 1999) from correlations of either kind; no interval.

    (sum of loadings)^2 / ((sum of loadings)^2 + sum of what is each question's own), loadings by maximum
    likelihood (statsmodels). NO_SOLUTION when no factor fits or one question is the factor itself.
    """
    from statsmodels.multivariate.factor import Factor

    wrong = _find_fault(correlation, n)
    if wrong:
        return wrong
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what did not converge is read from the result
        found = Factor(corr=correlation, n_factor=1, method="ml", nobs=n).fit(rng=_START)
    loadings = found.loadings[:, 0] * np.sign(found.loadings.sum())
    own = 1 - loadings**2
    if not np.all(np.isfinite(loadings)) or np.any(own < _LEAST_OWN) or not found.mle_retvals.success:
        return WhyUnknown.NO_SOLUTION
    if np.any(loadings <= 0):
        return WhyUnknown.AGAINST_EACH_OTHER
    common = float(loadings.sum() ** 2)
    return Reliability(common / (common + float(own.sum())))


def find_unit_reliability(
    n: IntArray, total: FloatArray, squares: FloatArray
) -> UnitReliability | WhyUnknown:
    """How well a measure tells municipalities apart, from each one's n, sum and sum of squares.

    Variances by analysis of variance with unequal numbers (Searle, Casella and McCulloch 1992, 3.6).
    NO_DIFFERENCE when municipalities differ no more than chance: then no number of answers is enough.
    """
    some = n > 0
    count, sums = n[some].astype(np.float64), total[some]
    if len(count) < LEAST_UNITS:
        return WhyUnknown.TOO_FEW_UNITS
    if count.sum() < LEAST_RESPONDENTS or count.sum() <= len(count):
        return WhyUnknown.TOO_FEW_RESPONDENTS
    all_n, means = count.sum(), sums / count
    within = float(np.maximum(squares[some] - sums * means, 0.0).sum() / (all_n - len(count)))
    around = float((count * (means - sums.sum() / all_n) ** 2).sum() / (len(count) - 1))
    typical = (all_n - (count**2).sum() / all_n) / (len(count) - 1)
    between = (around - within) / float(typical)
    if within <= np.finfo(np.float64).eps * squares.sum():
        return WhyUnknown.NO_VARIATION
    if between <= 0:
        return WhyUnknown.NO_DIFFERENCE
    with np.errstate(divide="ignore"):
        values = np.where(some, between / (between + within / n), np.nan)
    return UnitReliability(between, within, values, find_n_needed(between, within))


def find_n_needed(between: float, within: float, *, goal: float = ENOUGH) -> int:
    """The least answers with which a municipality's mean has the reliability `goal`, from both variances."""
    if not (0 < goal < 1 and between > 0 and within >= 0):
        raise ValueError("Nothing to reckon with: the variance between is above 0, the goal between 0 and 1.")
    exact = goal / (1 - goal) * within / between
    return max(1, math.ceil(round(exact, 9)))


def _find_alpha_of(covariance: FloatArray, n: int) -> float | WhyUnknown:
    wrong = _find_fault(covariance, n)
    if wrong:
        return wrong
    items = len(covariance)
    return float(items / (items - 1) * (1 - np.trace(covariance) / covariance.sum()))


def _find_fault(covariance: FloatArray, n: int) -> WhyUnknown | None:
    """What stands in the way of a coefficient, if anything."""
    if len(covariance) < LEAST_ITEMS:
        return WhyUnknown.TOO_FEW_ITEMS
    if n < LEAST_RESPONDENTS:
        return WhyUnknown.TOO_FEW_RESPONDENTS
    if not np.all(np.isfinite(covariance)) or np.any(np.diag(covariance) <= _NO_SPREAD):
        return WhyUnknown.NO_VARIATION
    if covariance.sum() <= np.trace(covariance):
        return WhyUnknown.AGAINST_EACH_OTHER
    return None


def _check_tables(tables: IntArray) -> None:
    """Raises ValueError when the pairs' tables are not of the same people."""
    sizes = tables.sum(axis=(2, 3))
    if not np.all(sizes == sizes[0, 0]):
        raise ValueError(
            "The pairs are not of the same people: count only those who answered the whole scale."
        )
