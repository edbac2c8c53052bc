"""Are municipalities named only when they differ more than chance and ordinary variation explain?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import round_count
from analysis.funnel import (
    LEAST_UNITS,
    MINIMUM_N,
    NAMING_LEVEL,
    WARNING_LEVEL,
    Funnel,
    Place,
    bound_shares,
    estimate_tau2,
    fit_funnel,
    measure_phi,
    place_shares,
    winsorise,
)

ALIKE = [0.70, 0.72, 0.69, 0.71, 0.70, 0.68, 0.72, 0.70]
SIZES = [40.0, 60.0, 100.0, 150.0, 200.0, 300.0, 500.0, 900.0]
units = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 20_000)), min_size=LEAST_UNITS, max_size=40)


def test_a_funnel_by_hand() -> None:
    # Five units of 100: the target is their mean, the standard error 1/20 everywhere.
    shares, n = [0.5, 0.5, 0.5, 0.5, 0.75], [100.0] * 5
    target = 0.55
    z = [20 * (math.asin(math.sqrt(p)) - math.asin(math.sqrt(target))) for p in shares]
    # Quantiles .1 and .9 of five: the lowest is one of four alike; the highest lies 60 % of the way up.
    drawn_in = z[0] + 0.6 * (z[4] - z[0])
    phi = (4 * z[0] ** 2 + drawn_in**2) / 5
    found = fit_funnel(shares, n)
    assert found is not None
    assert found.target == pytest.approx(target)
    assert found.phi == pytest.approx(phi)
    # All s alike: the scale is (k - 1) / s^2.
    assert found.tau2 == pytest.approx((5 * phi - 4) / 4 / 400)
    assert found.units == 5


def test_limits_by_hand() -> None:
    # Half on a scale of pi/4; 25 answers: standard error 1/10.
    limits = bound_shares(Funnel(0.5, 1.0, 0.0, 8), [25.0])
    assert limits.low[0] == pytest.approx(math.sin(math.pi / 4 - 0.3090232306) ** 2)
    assert limits.high[0] == pytest.approx(math.sin(math.pi / 4 + 0.3090232306) ** 2)
    inner = bound_shares(Funnel(0.5, 1.0, 0.0, 8), [25.0], level=WARNING_LEVEL)
    assert inner.high[0] == pytest.approx(math.sin(math.pi / 4 + 0.1959963985) ** 2)
    # A variance between units of 3 standard errors squared doubles the way on the scale.
    wider = bound_shares(Funnel(0.5, 1.0, 0.03, 8), [25.0])
    assert wider.high[0] == pytest.approx(math.sin(math.pi / 4 + 0.6180464612) ** 2)


@pytest.mark.parametrize(("target", "low", "high"), [(0.02, 0.0, None), (0.98, None, 1.0), (0.5, 0.0, 1.0)])
def test_a_limit_that_would_turn_back_stays_at_the_end(
    target: float, low: float | None, high: float | None
) -> None:
    found = bound_shares(Funnel(target, 1.0, 0.0, 8), [1.0, 2.0])
    assert low is None or found.low[0] == low
    assert high is None or found.high[0] == high


@given(st.floats(0, 1), st.floats(0, 1), st.lists(st.floats(1, 1e6), min_size=2, max_size=30))
def test_limits_hold_the_target_lie_within_0_and_1_and_narrow_as_n_grows(
    target: float, tau2: float, n: list[float]
) -> None:
    funnel, sizes = Funnel(target, 1.0, tau2, 8), sorted(n)
    outer, inner = bound_shares(funnel, sizes), bound_shares(funnel, sizes, level=WARNING_LEVEL)
    nearly = 1e-9
    assert np.all((outer.low >= 0) & (outer.low <= inner.low) & (inner.low <= target + nearly))
    assert np.all((target - nearly <= inner.high) & (inner.high <= outer.high) & (outer.high <= 1))
    assert np.all(np.diff(outer.low) >= -nearly) and np.all(np.diff(outer.high) <= nearly)


def test_units_as_alike_as_chance_leaves_them_are_all_within() -> None:
    assert set(place_shares(fit_funnel(ALIKE, SIZES), ALIKE, SIZES)) == {Place.WITHIN}


@pytest.mark.parametrize(("share", "place"), [(0.95, Place.ABOVE), (0.30, Place.BELOW)])
def test_one_that_lies_far_from_the_others_is_outside(share: float, place: Place) -> None:
    shares, n = [*ALIKE, 0.71, 0.69, share], [*SIZES, 400.0, 300.0, 250.0]
    places = place_shares(fit_funnel(shares, n), shares, n)
    assert places[-1] is place
    assert set(places[:-1]) == {Place.WITHIN}


def test_units_that_all_differ_are_not_all_outside() -> None:
    shares, n = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8], [5_000.0] * 6
    found = fit_funnel(shares, n)
    assert found is not None and found.phi > 100
    assert set(place_shares(found, shares, n)) == {Place.WITHIN}
    assert Place.BELOW in place_shares(Funnel(found.target, found.phi, 0.0, 6), shares, n)


@pytest.mark.parametrize(("n", "place"), [(MINIMUM_N - 1, Place.TOO_FEW), (MINIMUM_N, Place.BELOW)])
def test_nobody_is_named_below_the_minimum(n: int, place: Place) -> None:
    assert place_shares(Funnel(0.9, 1.0, 0.0, 8), [0.1], [n]) == (place,)


def test_a_share_on_its_limit_is_within() -> None:
    funnel = Funnel(0.5, 1.0, 0.0, 8)
    edge = float(bound_shares(funnel, [100.0]).high[0])
    assert place_shares(funnel, [edge], [100.0]) == (Place.WITHIN,)
    assert place_shares(funnel, [math.nextafter(edge, 1)], [100.0]) == (Place.ABOVE,)


def test_too_few_units_have_no_limits_and_nobody_is_judged() -> None:
    few = LEAST_UNITS - 1
    assert fit_funnel(ALIKE[:few], SIZES[:few]) is None
    assert fit_funnel(ALIKE[: few + 1], SIZES[: few + 1]) is not None
    assert fit_funnel([], []) is None
    assert place_shares(None, [0.1, 0.9], [500.0, 500.0]) == (Place.TOO_FEW, Place.TOO_FEW)


@given(units, st.randoms())
def test_the_order_of_units_changes_nothing(some: list[tuple[float, int]], random: object) -> None:
    mixed = list(some)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one = fit_funnel([p for p, _ in some], [float(n) for _, n in some])
    other = fit_funnel([p for p, _ in mixed], [float(n) for _, n in mixed])
    assert one is not None and other is not None
    assert (one.target, one.phi, one.tau2) == pytest.approx((other.target, other.phi, other.tau2))


@given(units)
def test_the_other_side_of_every_share_is_the_funnel_upside_down(some: list[tuple[float, int]]) -> None:
    n = [float(size) for _, size in some]
    one = fit_funnel([p for p, _ in some], n)
    other = fit_funnel([1 - p for p, _ in some], n)
    assert one is not None and other is not None
    assert other.target == pytest.approx(1 - one.target)
    assert other.phi == pytest.approx(one.phi, rel=1e-5, abs=1e-5)


def test_winsorising_draws_in_a_tenth_from_either_end_and_leaves_the_rest() -> None:
    drawn_in = winsorise(np.array([-50.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 80.0]))
    assert list(drawn_in) == [-1.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 7.0]


@pytest.mark.parametrize(("phi", "is_zero"), [(0.0, True), (0.8, True), (0.81, False), (1.0, False)])
def test_spread_between_units_begins_where_chance_ends(phi: float, is_zero: bool) -> None:
    # Five units whose target is their own mean are expected to have a phi of 4/5.
    assert (estimate_tau2(phi, np.full(5, 0.05)) == 0) is is_zero


def test_phi_is_one_for_z_scores_of_pure_chance() -> None:
    z = np.random.default_rng(7).standard_normal(100_000)
    assert measure_phi(z) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("n", [28, 29, 30, 31, 32])
def test_n_in_fives_moves_a_limit_by_less_than_four_per_cent_from_the_minimum_on(n: int) -> None:
    funnel = Funnel(0.5, 1.0, 0.0, 8)
    told, exact = bound_shares(funnel, [round_count(n), n]).high - 0.5
    assert told / exact == pytest.approx(1, abs=0.04)


@pytest.mark.parametrize(
    ("shares", "n", "said"),
    [
        ([1.01] * 5, [10.0] * 5, "outside 0 to 1"),
        ([82.0] * 5, [10.0] * 5, "outside 0 to 1"),
        ([math.nan] * 5, [10.0] * 5, "outside 0 to 1"),
        ([0.5] * 5, [10.0] * 4, "one n for each share"),
        ([0.5] * 5, [0.0] * 5, "at least one answer"),
        ([0.5] * 5, [math.nan] * 5, "at least one answer"),
    ],
)
def test_numbers_that_cannot_be_are_refused(shares: list[float], n: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        fit_funnel(shares, n)


@pytest.mark.parametrize(("level", "z"), [(WARNING_LEVEL, 0.025), (NAMING_LEVEL, 0.001)])
def test_the_levels_are_those_of_the_normal_distribution(level: float, z: float) -> None:
    from scipy.stats import norm

    high = bound_shares(Funnel(0.5, 1.0, 0.0, 8), [100.0], level=level).high[0]
    assert math.asin(math.sqrt(high)) - math.pi / 4 == pytest.approx(norm.isf(z) / 20)
