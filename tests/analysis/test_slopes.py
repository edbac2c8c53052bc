"""Slopes agree with independent software, and no direction is claimed that the series does not carry."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from analysis.slopes import LEAST_PERIODS, SlopeKind, find_share_slope, find_slope, measure_mann_kendall

CASES = json.loads((Path(__file__).parent / "cases" / "trend.json").read_text(encoding="utf-8"))
WAYS = {"up_small": "rising", "flat": "no_clear_slope", "down": "falling", "ties": "rising"}
WAYS |= {"short4": "cannot_say", "with_outlier": "rising"}
SHARE_WAYS = {"R_docs_smokers": "no_clear_slope", "R_docs_smokers_scores": "falling"}
SHARE_WAYS |= {"topbox_8_quarters": "rising", "overdispersed_no_trend": "no_clear_slope"}

series = st.lists(st.integers(0, 100).map(float), min_size=8, max_size=20)


@pytest.mark.parametrize("case", CASES["mann_kendall_sen"], ids=lambda case: case["case_id"])
def test_the_test_of_a_series_is_mann_and_kendalls(case):
    found = measure_mann_kendall(case["y"])
    told = (found.s, found.variance, found.z, found.p)
    assert told == pytest.approx(tuple(case[key] for key in ("mk_S", "mk_var_S", "mk_z", "mk_p")), rel=1e-6)


@pytest.mark.parametrize("case", CASES["mann_kendall_sen"], ids=lambda case: case["case_id"])
def test_the_slope_of_a_series_and_its_interval_are_sens(case):
    found = find_slope(case["y"])
    assert found.kind == WAYS[case["case_id"]]
    if found.kind is not SlopeKind.CANNOT_SAY:
        told = (found.slope, found.low, found.high, found.p)
        keys = ("sen_slope", "theil_lo", "theil_hi", "mk_p")
        assert told == pytest.approx(tuple(case[key] for key in keys), rel=1e-6)


@pytest.mark.parametrize("case", CASES["quasi_binomial"], ids=lambda case: case["case_id"])
def test_the_slope_of_shares_is_quasi_binomial(case):
    found = find_share_slope(case["x"], case["n"], at=case["score"])
    assert (found.slope, found.p) == pytest.approx((case["logit_slope"], case["quasi_p"]), rel=1e-6)
    assert found.kind == SHARE_WAYS[case["case_id"]]
    half = (found.high - found.low) / 2
    student = {4: 4.302652730, 8: 2.446911851, 12: 2.228138852}[found.periods]
    assert half == pytest.approx(student * case["quasi_se"], rel=1e-6)


@pytest.mark.parametrize(
    ("series", "kind", "periods"),
    [
        ([1, 2, 3, 4, 5, 6, 7], SlopeKind.CANNOT_SAY, 7),
        ([1, 2, 3, 4, 5, 6, 7, 8], SlopeKind.RISING, 8),
        ([8, 7, 6, 5, 4, 3, 2, 1], SlopeKind.FALLING, 8),
        ([1, None, 3, 4, 5, 6, 7, 8], SlopeKind.CANNOT_SAY, 7),
        ([1, None, 3, 4, 5, 6, 7, 8, 9], SlopeKind.RISING, 8),
        ([70.0] * 8, SlopeKind.NO_CLEAR_SLOPE, 8),
        ([], SlopeKind.CANNOT_SAY, 0),
    ],
)
def test_a_direction_needs_eight_numbers(series, kind, periods):
    found = find_slope(series)
    assert (found.kind, found.periods) == (kind, periods)
    assert (found.slope is None) == (kind is SlopeKind.CANNOT_SAY)


def test_a_period_without_a_number_keeps_its_place_in_time():
    assert find_slope([0, 1, 2, 3, None, 5, 6, 7, 8]).slope == 1


def test_a_series_that_holds_no_number_is_refused():
    with pytest.raises(ValueError, match="leave the period out as None"):
        find_slope([1, 2, 3, 4, 5, 6, 7, math.nan])


@given(series)
def test_no_direction_is_claimed_when_the_interval_covers_0_or_the_test_does_not_agree(values):
    found = find_slope(values)
    covers = found.low <= 0 <= found.high
    assert (found.kind is SlopeKind.NO_CLEAR_SLOPE) == (covers or found.p > 0.05)


@given(series)
def test_a_series_turned_round_has_its_slope_turned_round(values):
    one, other = find_slope(values), find_slope(values[::-1])
    assert (other.slope, other.low, other.high) == pytest.approx((-one.slope, -one.high, -one.low))
    assert other.p == pytest.approx(one.p)


@given(st.permutations(range(LEAST_PERIODS)))
def test_from_eight_numbers_on_nothing_is_claimed_that_the_exact_test_would_not(order):
    found, exact = measure_mann_kendall(order), kendalltau(range(len(order)), order, method="exact")
    assert found.p > 0.06 or found.p >= exact.pvalue


@pytest.mark.parametrize(
    ("positive", "n"),
    [
        ([10, 20, 30], [50, 50, 50]),
        ([10, 20, 30, None], [50, 50, 50, 50]),
        ([10, 20, 30, 0], [50, 50, 50, 0]),
        ([25] * 8, [50] * 8),
        ([50] * 8, [50] * 8),
        ([0, 0, 0, 0, 50, 50, 50, 50], [50] * 8),
        ([], []),
    ],
)
def test_a_share_of_few_periods_or_without_any_rest_says_nothing(positive, n):
    found = find_share_slope(positive, n)
    assert (found.kind, found.slope, found.p) == (SlopeKind.CANNOT_SAY, None, None)


def test_all_shares_at_one_time_say_nothing():
    assert find_share_slope([10, 20, 30, 25], [50] * 4, at=[1] * 4).kind is SlopeKind.CANNOT_SAY


def test_a_share_that_is_missing_keeps_its_place_in_time():
    with_gap = find_share_slope([10, 14, None, 21, 30], [50] * 5)
    assert with_gap == find_share_slope([10, 14, 21, 30], [50] * 4, at=[0, 1, 3, 4])


def test_a_count_that_is_no_part_of_its_whole_is_refused():
    with pytest.raises(ValueError, match="outside 0 to n"):
        find_share_slope([10, 20, 30, 60], [50] * 4)
