"""A difference has Welch's interval and p-value, and a change of differences the same rule for four means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from analysis.differences import Difference, compare_differences, compare_means, compare_shares
from analysis.estimates import Estimate

HERE = [20.0, 35.0, 50.0, 50.0, 90.0, 100.0]
THERE = [10.0, 15.0, 55.0, 20.0]

estimates = st.builds(
    lambda n, mean, sd: Estimate(n, mean, 0.0, 100.0, sd),
    st.integers(2, 500),
    st.integers(0, 100).map(float),
    st.integers(1, 50).map(float),
)
NO_SPREAD = Estimate(30, 60.0, 60.0, 60.0, 0.0)


def sum_up(scores):
    return Estimate(len(scores), float(np.mean(scores)), 0.0, 100.0, float(np.std(scores, ddof=1)))


def test_two_means_are_compared_as_scipy_compares_their_scores():
    expected = ttest_ind(HERE, THERE, equal_var=False)
    interval = expected.confidence_interval(0.95)
    found = compare_means(sum_up(HERE), sum_up(THERE))
    assert found.points == pytest.approx(32.5)
    assert (found.low, found.high, found.p) == pytest.approx((interval.low, interval.high, expected.pvalue))


@given(estimates, estimates)
def test_a_difference_is_significant_exactly_when_its_interval_leaves_0_out(one, other):
    found = compare_means(one, other)
    assert (found.p < 0.05) == (found.low > 0 or found.high < 0)


@given(estimates, estimates)
def test_against_means_that_are_surely_alike_a_change_is_the_difference_itself(one, other):
    known = (NO_SPREAD, NO_SPREAD)
    found, expected = compare_differences((one, other), known), compare_means(one, other)
    assert (found.points, found.low, found.high) == pytest.approx(
        (expected.points, expected.low, expected.high)
    )
    assert found.p == pytest.approx(expected.p, rel=1e-6, abs=1e-12)


@given(estimates, estimates, estimates, estimates)
def test_a_change_turned_round_in_time_has_its_interval_turned_round(a, b, c, d):
    one, other = compare_differences((a, b), (c, d)), compare_differences((c, d), (a, b))
    assert (other.points, other.low, other.high) == pytest.approx((-one.points, -one.high, -one.low))
    assert other.p == pytest.approx(one.p)


@pytest.mark.parametrize(
    "unknown", [Estimate(1, 60.0, None, None), Estimate(30, 60.0, None, None), Estimate(1, 60.0, 0, 0, 3.0)]
)
def test_without_a_spread_there_is_a_difference_and_no_interval(unknown):
    known = Estimate(40, 50.0, 45.0, 55.0, 20.0)
    assert compare_means(unknown, known) == Difference(10.0)
    assert compare_differences((unknown, known), (known, known)) == Difference(10.0)
    assert compare_differences((known, known), (known, unknown)) == Difference(10.0)


def test_when_nobody_differs_nothing_tells_how_the_difference_would_vary():
    assert compare_means(NO_SPREAD, NO_SPREAD) == Difference(0.0)
    assert compare_differences((NO_SPREAD, NO_SPREAD), (NO_SPREAD, NO_SPREAD)) == Difference(0.0)


def make_share(percent, n, *, effective=None):
    """A share in per cent of n answers that are as sure as `effective` unweighted ones."""
    sd = (percent * (100 - percent) * n / (effective or n)) ** 0.5
    return Estimate(n, percent, None, None, sd)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        pytest.param((56 / 70, 70), (48 / 80, 80), 0.0524, 0.3339, id="Newcombe 1998, table II, a"),
        pytest.param((9 / 10, 10), (3 / 10, 10), 0.1705, 0.8090, id="Newcombe 1998, table II, b"),
        pytest.param((6 / 7, 7), (2 / 7, 7), 0.0582, 0.8062, id="Newcombe 1998, table II, c"),
    ],
)
def test_shares_differ_by_newcombes_interval(one, other, low, high):
    found = compare_shares(make_share(100 * one[0], one[1]), make_share(100 * other[0], other[1]))
    assert found.points == pytest.approx(100 * (one[0] - other[0]))
    assert (found.low, found.high) == pytest.approx((100 * low, 100 * high), abs=0.01)
    assert found.p is not None
    assert found.p < 0.05


def test_weighted_shares_are_as_sure_as_their_effective_number():
    plain = compare_shares(make_share(60, 50), make_share(40, 50))
    weighted = compare_shares(make_share(60, 100, effective=50), make_share(40, 100, effective=50))
    assert (weighted.low, weighted.high, weighted.p) == pytest.approx((plain.low, plain.high, plain.p))


@pytest.mark.parametrize("share", [0, 100])
def test_shares_that_are_alike_at_an_end_do_not_differ(share):
    found = compare_shares(make_share(share, 40), make_share(share, 40))
    assert (found.points, found.p) == (0, 1.0)
    assert found.low is not None
    assert found.low < 0 < found.high
