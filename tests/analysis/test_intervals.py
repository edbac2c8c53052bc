"""Intervals for shares, means and differences agree with independent software and keep their laws."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from analysis.intervals import (
    bound_mean,
    bound_mean_difference,
    bound_share,
    bound_share_difference,
    measure_spread,
)

CASES = json.loads((Path(__file__).parent / "cases" / "shares.json").read_text(encoding="utf-8"))
HERE = [20.0, 35.0, 50.0, 50.0, 90.0, 100.0]
THERE = [10.0, 15.0, 55.0, 20.0]

samples = st.lists(st.floats(0, 100).map(lambda score: round(score, 2)), min_size=2, max_size=40)


def add_up(scores):
    return len(scores), sum(scores), sum(score**2 for score in scores)


def sum_up(scores):
    return len(scores), float(np.mean(scores)), float(np.std(scores, ddof=1))


@pytest.mark.parametrize("case", CASES["wilson"])
def test_the_interval_of_a_share_is_wilsons(case):
    low, high = bound_share(case["positive"], case["n"], level=case["level"])
    assert (float(low), float(high)) == pytest.approx((case["low"], case["high"]), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("case", CASES["newcombe"])
def test_the_interval_of_a_difference_of_shares_is_newcombes(case):
    low, high = bound_share_difference(case["positive"], case["n"], case["other_positive"], case["other_n"])
    assert (float(low), float(high)) == pytest.approx((case["low"], case["high"]), rel=1e-6, abs=1e-12)


def test_many_shares_at_once_give_the_same_as_one_by_one():
    cases = [case for case in CASES["wilson"] if case["level"] == 0.95]
    low, high = bound_share([case["positive"] for case in cases], [case["n"] for case in cases])
    assert list(low) == pytest.approx([case["low"] for case in cases], abs=1e-12)
    assert list(high) == pytest.approx([case["high"] for case in cases], abs=1e-12)
    pairs = CASES["newcombe"]
    columns = ([pair[key] for pair in pairs] for key in ("positive", "n", "other_positive", "other_n"))
    low, high = bound_share_difference(*columns)
    assert list(low) == pytest.approx([pair["low"] for pair in pairs], abs=1e-12)
    assert list(high) == pytest.approx([pair["high"] for pair in pairs], abs=1e-12)


def test_nobody_positive_is_still_uncertain():
    low, high = bound_share([0, 10], [10, 10])
    assert low[0] == pytest.approx(0)
    assert high[0] > 0.25
    assert low[1] < 0.75
    assert high[1] == pytest.approx(1)


@given(st.integers(1, 5000), st.data())
def test_a_shares_interval_holds_the_share_and_lies_within_0_and_1(n, data):
    positive = data.draw(st.integers(0, n))
    low, high = bound_share(positive, n)
    assert 0 <= low <= positive / n + 1e-12
    assert positive / n - 1e-12 <= high <= 1
    assert low < high


@given(st.integers(1, 50), st.integers(1, 50), st.data())
def test_a_difference_turned_round_has_its_interval_turned_round(n, m, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    low, high = bound_share_difference(x, n, y, m)
    turned_low, turned_high = bound_share_difference(y, m, x, n)
    assert (float(low), float(high)) == pytest.approx((float(-turned_high), float(-turned_low)), abs=1e-9)


@pytest.mark.parametrize(("positive", "n"), [(0, 0), (-1, 5), (6, 5), (1, float("nan")), ([1, 2], [5, 1])])
def test_a_count_that_is_no_part_of_its_whole_is_refused(positive, n):
    with pytest.raises(ValueError, match="share"):
        bound_share(positive, n)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_between_0_and_1(level):
    with pytest.raises(ValueError, match=r"write 95 per cent as 0\.95"):
        bound_share(1, 2, level=level)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_the_interval_of_a_mean_is_students(level):
    expected = DescrStatsW(HERE).tconfint_mean(alpha=1 - level)
    assert [float(end) for end in bound_mean(*add_up(HERE), level=level)] == pytest.approx(expected)


@given(samples)
def test_sums_give_the_spread_that_the_scores_have(scores):
    assert float(measure_spread(*add_up(scores))) == pytest.approx(np.std(scores, ddof=1), abs=1e-4)


@given(st.floats(0, 100), st.integers(2, 100_000))
def test_equal_scores_have_no_spread_however_their_sums_are_rounded(score, n):
    scores = np.full(n, score)
    total, squares = float(np.cumsum(scores)[-1]), float(np.cumsum(scores**2)[-1])
    assert measure_spread(n, total, squares) == pytest.approx(0, abs=1e-4)
    assert measure_spread(n, n * score, n * score**2) == 0


def test_one_answer_has_no_spread_and_no_interval_and_does_not_harm_its_neighbours():
    low, high = bound_mean([1, 2], [60, 100], [3600, 5200])
    assert np.isnan([low[0], high[0]]).all()
    assert np.isfinite([low[1], high[1]]).all()


def test_sums_that_do_not_belong_together_are_refused():
    with pytest.raises(ValueError, match="does not fit its total"):
        measure_spread(2, 100, 4000)
    with pytest.raises(ValueError, match="does not fit its total"):
        measure_spread(2, float("nan"), 4000)
    with pytest.raises(ValueError, match="at least one answer"):
        measure_spread(0, 0, 0)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_the_interval_of_a_difference_of_means_is_welchs(level):
    expected = CompareMeans(DescrStatsW(HERE), DescrStatsW(THERE)).tconfint_diff(
        alpha=1 - level, usevar="unequal"
    )
    found = bound_mean_difference(*sum_up(HERE), *sum_up(THERE), level=level)
    assert [float(end) for end in found] == pytest.approx(expected)


def test_one_group_without_spread_leaves_the_other_groups_interval():
    low, high = bound_mean_difference(5, 100, 0, *sum_up(HERE))
    mean_low, mean_high = bound_mean(*add_up(HERE))
    assert [float(low), float(high)] == pytest.approx([100 - mean_high, 100 - mean_low])


@pytest.mark.parametrize(
    ("n", "sd", "other_n", "other_sd"), [(5, 0, 5, 0), (1, 3, 5, 3), (5, 3, 1, 3), (5, np.nan, 5, 3)]
)
def test_a_difference_without_known_spread_has_no_interval(n, sd, other_n, other_sd):
    assert np.isnan(bound_mean_difference(n, 80, sd, other_n, 60, other_sd)).all()


def test_a_negative_standard_deviation_is_refused():
    with pytest.raises(ValueError, match="negative"):
        bound_mean_difference(5, 80, -1, 5, 60, 1)


def test_the_statistics_libraries_are_not_loaded_before_they_are_needed():
    check = (
        "import sys; import analysis.intervals, analysis.describe, analysis.estimates; "
        "print(sorted({'scipy', 'statsmodels', 'pandas'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    loaded = subprocess.run(
        [sys.executable, "-c", check], cwd=root, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
