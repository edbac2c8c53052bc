"""What would municipalities' means be, had the same mix of people answered in each?

Who answers moves a mean more than care does: the old answer more kindly than the young, residents more kindly
than those close to them, paper more kindly than a telephone. Case mix takes that part out of the differences
between municipalities. It is a layer beside the raw means, which are always shown too.

Method: least squares with an effect for each municipality and centred adjusters, as in CAHPS: adjusted =
raw - sum of beta_k (mean of k in the municipality - mean of k among all). Cell means weighted by their number
of respondents give the betas that individuals would: within a cell the adjusters do not vary. Source: Agency
for Healthcare Research and Quality 2017, Instructions for analyzing data from CAHPS surveys.
"""

from dataclasses import dataclass

import numpy as np

from analysis.weights import FloatArray, IntArray

LEAST_PER_COEFFICIENT = 10
"""Respondents, beyond one for each municipality, for each coefficient. Harrell 2015, Regression modeling
strategies, 4.4: 10 to 20."""

_NOTHING = 1e-9
"""A column's length, against the longest, below which it adds nothing that the others have not said."""


@dataclass(frozen=True)
class CaseMix:
    """Raw and adjusted mean of each municipality, NaN where nobody answered; and what was taken out.

    `betas` holds, for each adjuster, points per category against its category with the most respondents (0;
    the first of equals), NaN for a category that nobody is in. Adjusted means are not clipped: they may lie a
    little outside 0-100. Their mean over all respondents is that of the raw means.
    """

    raw: FloatArray
    adjusted: FloatArray
    betas: tuple[FloatArray, ...]


def adjust_means(n: IntArray, total: FloatArray) -> CaseMix | None:
    """Adjusted means of one measure; n and total of scores are (municipalities, one axis for each adjuster).

    An adjuster's axis holds its categories, those not known among them as a category of their own. Nothing
    needs to vary: a category of nobody is left out, an adjuster with one category takes nothing out, and so
    does one that varies only between municipalities (nobody can say whether it is the mix or the care). Of
    adjusters that say the same thing each takes its part (the shortest solution of least squares).

    None when fewer than two municipalities have answers or there are too few respondents for the categories.
    Raises ValueError when shapes differ or there is no adjuster.
    """
    if n.shape != total.shape or n.ndim < 2:
        raise ValueError("Numbers and totals do not fit: give both for municipalities x adjusters.")
    answers = n.reshape(len(n), -1).sum(axis=1)
    columns, places = _code_adjusters(n)
    if (answers > 0).sum() < 2 or n.sum() < len(n) + LEAST_PER_COEFFICIENT * len(places):
        return None
    n_cells, sums = n.reshape(len(n), -1), total.reshape(len(n), -1)
    with np.errstate(invalid="ignore"):
        raw = sums.sum(axis=1) / answers
        mixes = n_cells @ columns / answers[:, None]
    betas = _fit(n_cells, sums, columns, np.nan_to_num(raw), np.nan_to_num(mixes))
    mix_of_all = n_cells.sum(axis=0) @ columns / n.sum()
    adjusted = raw - (mixes - mix_of_all) @ betas
    return CaseMix(raw, adjusted, _place_betas(n, betas, places))


def _code_adjusters(n: IntArray) -> tuple[FloatArray, list[tuple[int, int]]]:
    """0/1 columns over the cells, one per category with respondents but the largest; and which."""
    shape = n.shape[1:]
    where = np.indices(shape).reshape(len(shape), -1)
    places: list[tuple[int, int]] = []
    for axis in range(len(shape)):
        answers = _count_categories(n, axis)
        largest = int(answers.argmax())
        places += [(axis, k) for k in range(shape[axis]) if answers[k] > 0 and k != largest]
    columns = [where[axis] == category for axis, category in places]
    return np.array(columns, dtype=np.float64).reshape(len(places), where.shape[1]).T, places


def _fit(
    n: IntArray, sums: FloatArray, columns: FloatArray, raw: FloatArray, mixes: FloatArray
) -> FloatArray:
    """Betas: least squares within municipalities, which is the same as with an effect for each."""
    unit, cell = np.nonzero(n)
    roots = np.sqrt(n[unit, cell])
    within = (columns[cell] - mixes[unit]) * roots[:, None]
    scores = (sums[unit, cell] / n[unit, cell] - raw[unit]) * roots
    return np.asarray(np.linalg.lstsq(within, scores, rcond=_NOTHING)[0], dtype=np.float64)


def _place_betas(n: IntArray, betas: FloatArray, places: list[tuple[int, int]]) -> tuple[FloatArray, ...]:
    placed = [np.where(_count_categories(n, axis) > 0, 0.0, np.nan) for axis in range(n.ndim - 1)]
    for beta, (axis, category) in zip(betas, places, strict=True):
        placed[axis][category] = beta
    return tuple(placed)


def _count_categories(n: IntArray, axis: int) -> IntArray:
    """Respondents in each category of one adjuster."""
    return np.moveaxis(n, axis + 1, 0).reshape(n.shape[axis + 1], -1).sum(axis=1)
