"""Limits agree with independent software and with arithmetic by hand, and a gap is never bridged."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given

from analysis.control.limits import (
    average_range,
    find_near_limits,
    find_score_limits,
    find_share_limits,
)
from tests.analysis.control.plain_chart import limit_scores, limit_shares
from tests.analysis.control.series_to_judge import read_case_file, scores, share_series

NAN = float("nan")
WIDTH = 3 / 1.128


def row(values):
    return np.array([[NAN if value is None else value for value in values]])


def read_limits(limits):
    return tuple(float(edge[0, 0]) for edge in limits)


@pytest.mark.parametrize("case", read_case_file("scores.json")["cases"], ids=lambda case: case["case"])
def test_limits_of_scores_are_those_of_independent_software(case):
    centre, low, high = read_limits(find_score_limits(row(case["values"])))
    assert centre == pytest.approx(case["centre"], rel=1e-9)
    # The software takes 2.66 for 3/1.128.
    assert centre - low == pytest.approx(case["centre"] - case["low"], rel=2e-4)
    assert high - centre == pytest.approx(case["high"] - case["centre"], rel=2e-4)


@pytest.mark.parametrize(
    ("values", "mean_range"),
    [
        ([50, 52, 50, 52], 2),
        ([50, None, 60, 62], 2),  # no range across the gap
        # Nine ranges of 1 and one of x: x is at least 3.267 times the mean from 4.3670 on.
        ([1, 0] * 5 + [4.36], 1.336),
        ([1, 0] * 5 + [4.37], 1),
    ],
)
def test_limits_of_scores_lie_2_66_mean_moving_ranges_from_the_mean(values, mean_range):
    shown = [value for value in values if value is not None]
    mean = sum(shown) / len(shown)
    expected = (mean, mean - WIDTH * mean_range, mean + WIDTH * mean_range)
    assert read_limits(find_score_limits(row(values))) == pytest.approx(expected, rel=1e-12)


def test_large_ranges_are_left_out_once_and_not_again():
    values = [1, 0] * 8 + [10] + [14] * 4  # ranges: 15 of 1, then 10 and 4, then 3 of 0
    assert float(average_range(row(values), screen=False)[0, 0]) == pytest.approx(29 / 20)
    assert float(average_range(row(values), screen=True)[0, 0]) == pytest.approx(19 / 19)
    # 4 is more than 3.267 times the new mean, and stays.


@pytest.mark.parametrize("score", [0, 0.1, 33.3, 100])
def test_a_constant_series_has_its_limits_at_its_mean(score):
    limits = read_limits(find_score_limits(row([score] * 12)))
    assert limits == pytest.approx((score, score, score), abs=1e-12)


@pytest.mark.parametrize(
    ("values", "centre"),
    [([60], 60), ([60, None, 70], 65), ([None, 60, None], 60), ([None, None], NAN), ([], NAN)],
)
def test_without_two_neighbouring_values_there_is_a_centre_at_most(values, centre):
    limits = find_score_limits(row(values))
    assert float(limits.centre[0, 0]) == pytest.approx(centre, nan_ok=True)
    assert np.isnan(limits.low).all() and np.isnan(limits.high).all()


def test_limits_of_shares_widen_as_the_answers_grow_fewer():
    shares, counts = [0.5, 0.9, 0.7], [16.0, 20.0, 64.0]
    p = (0.5 * 16 + 0.9 * 20 + 0.7 * 64) / 100
    z = [(share - p) / sqrt(p * (1 - p) / n) for share, n in zip(shares, counts, strict=True)]
    sigma = (abs(z[1] - z[0]) + abs(z[2] - z[1])) / 2 / 1.128
    limits = find_share_limits(row(shares), row(counts))
    assert p == pytest.approx(0.708)
    assert float(limits.centre[0, 0]) == pytest.approx(p)
    for place, n in enumerate(counts):
        reach = 3 * sigma * sqrt(p * (1 - p) / n)
        assert float(limits.high[0, place]) == pytest.approx(p + reach)
        assert float(limits.low[0, place]) == pytest.approx(p - reach)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_shares_that_are_all_alike_have_their_limits_at_the_share(share):
    limits = find_share_limits(row([share] * 12), row([7.0, 40.0, 11.0] * 4))
    assert limits.low[0] == pytest.approx([share] * 12, abs=1e-7)
    assert limits.high[0] == pytest.approx([share] * 12, abs=1e-7)


def test_a_share_that_is_missing_has_no_limits():
    limits = find_share_limits(row([0.5, None, 0.6, 0.7]), row([20.0, None, 20.0, 20.0]))
    assert np.isnan(limits.high[0]).tolist() == [False, True, False, False]


def test_near_limits_lie_two_thirds_of_the_way():
    near_low, near_high = find_near_limits(find_score_limits(row([50, 52, 50, 52])))
    assert float(51 - near_low[0, 0]) == pytest.approx(2 / 3 * WIDTH * 2)
    assert float(near_high[0, 0] - 51) == pytest.approx(2 / 3 * WIDTH * 2)


@given(scores)
def test_limits_of_scores_are_what_loops_over_lists_give(values):
    middle, *edges = limit_scores(values)
    centre, low, high = (
        [NAN if number is None else number for number in edge] for edge in ([middle], *edges)
    )
    limits = find_score_limits(row(values))
    assert [float(limits.centre[0, 0])] == pytest.approx(centre, nan_ok=True)
    assert limits.low[0] == pytest.approx(low, nan_ok=True)
    assert limits.high[0] == pytest.approx(high, nan_ok=True)


@given(share_series())
def test_limits_of_shares_are_what_loops_over_lists_give(series):
    shares, counts = series
    _, low, high = limit_shares(shares, counts)
    limits = find_share_limits(row(shares), row(counts))
    for found, edge in ((limits.low[0], low), (limits.high[0], high)):
        expected = [NAN if number is None else number for number in edge]
        assert found == pytest.approx(expected, abs=1e-6, nan_ok=True)


@given(scores, scores)
def test_moving_what_lies_beyond_a_gap_leaves_the_width_of_the_limits(before, after):
    near = [*before, None, *after]
    far = [*before, None, *(None if value is None else value + 19 for value in after)]
    widths = [average_range(row(values), screen=True)[0, 0] for values in (near, far)]
    assert widths[0] == pytest.approx(widths[1], nan_ok=True)
