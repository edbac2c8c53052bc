"""How do two questions with few ordered options go together, beneath the options?

The polychoric correlation takes the options for cuts through two normal variables and finds how those go
together. Pearson's correlation of the codes is lower, the more so the fewer and more lopsided the options.

Two steps: the cuts from the margins, then the correlation with the largest likelihood. Source: Olsson 1979,
Psychometrika 44:443-460.
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import numpy as np

from analysis.weights import FloatArray, IntArray

FURTHEST = 0.999
"""Correlations are sought between minus this and this; beyond it the likelihood has no inner maximum."""

_TINY = 1e-15
"""Instead of a cut at 0, where Owen's formula divides by it; and the least chance of a cell."""


def correlate_options(table: IntArray) -> float | None:
    """Polychoric correlation of two questions from the counts of their options, rows x columns in order.

    Options that nobody chose are left out. Between -`FURTHEST` and `FURTHEST`; None when one of the questions
    has fewer than two options that somebody chose. Raises ValueError when a count is negative.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import xlogy

    if np.any(table < 0):
        raise ValueError("A count is negative: give the number of people with each pair of options.")
    counts = table[table.any(axis=1)][:, table.any(axis=0)]
    if min(counts.shape) < 2:
        return None
    rows, columns = _find_cuts(counts.sum(axis=1)), _find_cuts(counts.sum(axis=0))

    def miss(correlation: float) -> float:
        chances = np.maximum(_find_chances(rows, columns, correlation), _TINY)
        return -float(xlogy(counts, chances).sum())

    found = minimize_scalar(miss, bounds=(-FURTHEST, FURTHEST), method="bounded", options={"xatol": 1e-9})
    return float(found.x)


def bound_both(x: FloatArray, y: FloatArray, correlation: float) -> FloatArray:
    """Chance that two standard normal variables lie below x and below y, by Owen's T function (Owen 1956)."""
    from scipy.special import ndtr, owens_t

    x, y = np.where(np.abs(x) < _TINY, _TINY, x), np.where(np.abs(y) < _TINY, _TINY, y)
    root = np.sqrt(1 - correlation**2)
    of_x, of_y = (y / x - correlation) / root, (x / y - correlation) / root
    apart = np.where((x < 0) != (y < 0), 0.5, 0.0)
    return np.asarray((ndtr(x) + ndtr(y)) / 2 - owens_t(x, of_x) - owens_t(y, of_y) - apart)


def _find_cuts(counts: IntArray) -> FloatArray:
    """Where the normal curve is cut so that each option has its share; one cut fewer than options."""
    from scipy.special import ndtri

    return np.asarray(ndtri(np.cumsum(counts)[:-1] / counts.sum()))


def _find_chances(rows: FloatArray, columns: FloatArray, correlation: float) -> FloatArray:
    """Chance of each cell between the cuts."""
    from scipy.special import ndtr

    below = np.zeros((len(rows) + 2, len(columns) + 2))
    below[1:-1, 1:-1] = bound_both(rows[:, None], columns[None, :], correlation)
    below[-1, 1:-1], below[1:-1, -1], below[-1, -1] = ndtr(columns), ndtr(rows), 1.0
    return np.diff(np.diff(below, axis=0), axis=1)
