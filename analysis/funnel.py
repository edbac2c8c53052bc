"""Which shares lie further from the others than chance and ordinary variation explain?

Municipalities are compared on the arcsine scale, where a share's standard error is 1 / (2 sqrt(n)) whatever
the share. How much more they vary than chance alone would let them is measured and added to every limit, so
that a municipality is named because it differs from the others and not because all differ a little. There is
no order among them.

Source: Spiegelhalter 2005, Statistics in Medicine 24:1185-1202 and 2005, Quality and Safety in Health Care
14:347-351 (overdispersion, winsorised; additive random effects).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WINSORISED = 0.10
"""Share of the z-scores at either end that are drawn in before their spread is measured. Source: as above."""
WARNING_LEVEL = 0.95
"""Share of municipalities inside the inner limits when only chance and ordinary variation are at work."""
NAMING_LEVEL = 0.998
"""The same of the outer limits, beyond which a municipality is named. Source: Spiegelhalter 2005."""
MINIMUM_N = 30
"""Answers. With fewer nobody is named: the arcsine scale is not yet near enough to normal, and rounding of n
to fives moves a limit by more than 4 %. Design of this project."""
LEAST_UNITS = 5
"""Municipalities. With fewer their own spread says too little to draw limits from. Design of this project."""

# Quantiles of the normal distribution, two-sided, so that scipy is not loaded to draw a page.
_Z = {WARNING_LEVEL: 1.959963984540054, NAMING_LEVEL: 3.090232306167813}


class Place(StrEnum):
    """Where a share lies against the outer limits; TOO_FEW when it may not be judged."""

    ABOVE = "above"
    WITHIN = "within"
    BELOW = "below"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Funnel:
    """What limits are drawn from: `target` is the share (0-1) of all answers together.

    `phi` is the mean squared winsorised z: 1 when only chance is at work. `tau2` is the variance between
    municipalities on the arcsine scale, 0 when chance explains everything; `units` how many there were.
    """

    target: float
    phi: float
    tau2: float
    units: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The lower and upper limit, 0-1, for each n that was asked for."""

    low: Floats
    high: Floats


def fit_funnel(
    shares: Sequence[float], n: Sequence[float], *, winsorised: float = WINSORISED
) -> Funnel | None:
    """The funnel of some municipalities' shares, 0-1, each of n answers (effective ones when weighted).

    None with fewer than `LEAST_UNITS`. Raises ValueError when a share is outside 0-1, an n is below 1 or the
    two are not of one length.
    """
    p, size = _read(shares, n)
    if p.size < LEAST_UNITS:
        return None
    target = float(np.sum(p * size) / np.sum(size))
    spread = _measure_error(size)
    z = (_to_angle(p) - _to_angle(np.float64(target))) / spread
    phi = measure_phi(winsorise(z, winsorised))
    return Funnel(target, phi, estimate_tau2(phi, spread), int(p.size))


def winsorise(z: Floats, share: float = WINSORISED) -> Floats:
    """The z-scores with those beyond the quantiles `share` and 1 - `share` drawn in to them."""
    low, high = np.quantile(z, [share, 1 - share])
    return np.clip(z, low, high)


def measure_phi(z: Floats) -> float:
    """How much more z-scores vary than chance: the mean of their squares."""
    return float(np.mean(z**2))


def estimate_tau2(phi: float, spread: Floats) -> float:
    """The variance between units beyond their standard errors `spread`; never negative.

    Source: DerSimonian and Laird 1986, as Spiegelhalter 2005 uses it. It is above 0 as soon as phi is above
    (k - 1) / k, which is what k units are expected to have when their target is worked out from themselves.
    """
    k = spread.size
    weights = spread**-2.0
    scale = np.sum(weights) - np.sum(weights**2) / np.sum(weights)
    return float(max(0.0, (k * phi - (k - 1)) / scale)) if scale > 0 else 0.0


def bound_shares(funnel: Funnel, n: Sequence[float], *, level: float = NAMING_LEVEL) -> Limits:
    """The limits for municipalities of n answers; `level` is WARNING_LEVEL or NAMING_LEVEL.

    Clipped where an angle leaves the scale, so that limits never turn back: the lower one never falls and the
    upper one never rises as n grows. Raises ValueError when an n is below 1.
    """
    size = np.asarray(n, dtype=np.float64)
    _check_sizes(size)
    half = _Z[level] * np.sqrt(_measure_error(size) ** 2 + funnel.tau2)
    centre = _to_angle(np.float64(funnel.target))
    return Limits(_to_share(centre - half), _to_share(centre + half))


def place_shares(funnel: Funnel | None, shares: Sequence[float], n: Sequence[float]) -> tuple[Place, ...]:
    """Where each share lies. Nobody is outside with fewer than `MINIMUM_N` answers, nor exactly on a limit.

    Without a funnel nobody is judged. Raises ValueError as `fit_funnel` does.
    """
    p, size = _read(shares, n)
    if funnel is None:
        return (Place.TOO_FEW,) * p.size
    limits = bound_shares(funnel, list(size))
    return tuple(
        _place(share, low, high) if answers >= MINIMUM_N else Place.TOO_FEW
        for share, answers, low, high in zip(p, size, limits.low, limits.high, strict=True)
    )


def _place(share: float, low: float, high: float) -> Place:
    if share > high:
        return Place.ABOVE
    return Place.BELOW if share < low else Place.WITHIN


def _measure_error(n: Floats) -> Floats:
    """The standard error of a share of n answers on the arcsine scale, in radians."""
    return 1 / (2 * np.sqrt(n))


def _to_angle(share: Floats | np.float64) -> Floats:
    return np.asarray(np.arcsin(np.sqrt(share)), dtype=np.float64)


def _to_share(angle: Floats) -> Floats:
    """Back to shares. An angle outside the scale is its end: its sine would come back on the other side."""
    return np.sin(np.clip(angle, 0.0, np.pi / 2)) ** 2


def _read(shares: Sequence[float], n: Sequence[float]) -> tuple[Floats, Floats]:
    p, size = np.asarray(shares, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if p.shape != size.shape:
        raise ValueError("There is not one n for each share: give two lists of one length.")
    if not np.all((p >= 0) & (p <= 1)):
        raise ValueError("A share lies outside 0 to 1: write 82 per cent as 0.82.")
    _check_sizes(size)
    return p, size


def _check_sizes(n: Floats) -> None:
    if not np.all(n >= 1):
        raise ValueError("A share needs at least one answer: leave out municipalities without answers.")
