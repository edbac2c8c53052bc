"""Within which limits does a series vary by chance alone?

Every function takes matrices with one row for each series and one column for each consecutive period of one
segment; NaN is a gap. Nothing is clipped to a scale here.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SIGMAS = 3.0
"""Standard deviations from the centre to the limits. Shewhart 1931."""

RANGE_PER_SIGMA = 1.128
"""d2: the mean range of two normal values, in standard deviations. Provost and Murray 2011, table of XmR."""

LARGEST_RANGE = 3.267
"""D4: a moving range this many times the mean, or more, is no chance. Provost and Murray 2011."""

NEAR = 2 / 3
"""How far from the centre to a limit the near limit lies: at two of the three standard deviations."""

ROUNDING = 1e-9
"""Points, or units of share. What lies this near is the same; real differences are a million times larger."""


class Limits(NamedTuple):
    """Centre of each series (a column); low and high of each of its periods. NaN where there is none."""

    centre: Floats
    low: Floats
    high: Floats


def find_score_limits(values: Floats, *, screen: bool = True) -> Limits:
    """XmR: the mean, and 3/1.128 times the mean moving range to each side, the same in every period.

    A gap gives no moving range. Ranges of at least 3.267 times the mean are left out once (`screen`). A
    constant series has limits at its mean; one without two neighbouring values has a centre and no limits;
    one without values has neither.
    Source: Shewhart 1931; Wheeler 2000, Understanding Variation; Provost and Murray 2011 for the screening.
    """
    centre = average(values)
    reach = SIGMAS / RANGE_PER_SIGMA * average_range(values, screen=screen)
    return Limits(centre, *(np.broadcast_to(edge, values.shape) for edge in (centre - reach, centre + reach)))


def find_share_limits(shares: Floats, counts: Floats, *, screen: bool = True) -> Limits:
    """p-prime: the share of all, and 3 sigma_z sqrt(p(1 - p)/n) to each side, for each period's own count.

    sigma_z is the mean absolute difference of neighbouring z = (share - p)/sqrt(p(1 - p)/n), over 1.128; it
    is screened as in `find_score_limits` and gaps are treated alike. It widens the limits where the shares
    vary more than binomial chance, and narrows them where they vary less. NaN limits where there is no share.
    Source: Laney 2002, Improved control charts for attributes, Quality Engineering 14:531-537.
    """
    sizes = np.where(np.isnan(shares), np.nan, counts)
    centre = np.clip(_divide(_add(shares * sizes), _add(sizes)), 0, 1)
    spread = np.sqrt(centre * (1 - centre) / sizes)
    z = np.where(np.isnan(shares), np.nan, _divide(shares - centre, spread, otherwise=0))
    reach = SIGMAS / RANGE_PER_SIGMA * average_range(z, screen=screen) * spread
    return Limits(centre, centre - reach, centre + reach)


def find_near_limits(limits: Limits) -> tuple[Floats, Floats]:
    """Two thirds of the way from the centre to the limits, low and high."""
    centre, low, high = limits
    return centre - NEAR * (centre - low), centre + NEAR * (high - centre)


def average(values: Floats) -> Floats:
    """The mean of each row's values, as a column; NaN for a row of gaps."""
    return _divide(_add(values), _add((~np.isnan(values)).astype(np.float64)))


def average_range(values: Floats, *, screen: bool) -> Floats:
    """The mean moving range of each row, as a column; NaN for a row without two neighbouring values.

    `screen` leaves out, once, the ranges of at least 3.267 times the mean of all.
    """
    ranges = np.abs(np.diff(values, axis=1))
    mean = average(ranges)
    if not screen:
        return mean
    return average(np.where((ranges < LARGEST_RANGE * mean) | (mean == 0), ranges, np.nan))


def _add(values: Floats) -> Floats:
    return np.sum(np.where(np.isnan(values), 0, values), axis=1, keepdims=True)


def _divide(part: Floats, whole: Floats, *, otherwise: float = np.nan) -> Floats:
    """part / whole, and `otherwise` where the whole is nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole == 0, otherwise, part / whole)
