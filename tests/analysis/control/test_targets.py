"""A target is read against the last segment's limits, from its boundaries on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.control.judge import ChartKind, TargetStanding, judge_series, read_target
from analysis.control.targets import find_band
from tests.analysis.control.series_to_judge import coarse, read_case_file, scores, slow_series

REACHED, NOT_REACHED = TargetStanding.REACHED, TargetStanding.NOT_REACHED
HIT_AND_MISS, CANNOT_SAY = TargetStanding.HIT_AND_MISS, TargetStanding.CANNOT_SAY
CALM = [50, 51, 49, 50, 51, 49, 50, 51, 49, 50, 51, 49]


def judge(values, *, starts=(), chart=ChartKind.XMR):
    return judge_series(values, chart=chart, starts=starts)


@pytest.mark.parametrize(
    "case",
    [case for case in read_case_file("scores.json")["cases"] if case["target"] is not None],
    ids=lambda case: case["case"],
)
def test_standings_are_those_of_independent_software(case):
    judged = judge(case["values"])
    assert read_target(judged, case["target"], higher_is_better=case["higher_is_better"]) == case["standing"]


@pytest.mark.parametrize("score", [0, 64.3, 100])
def test_a_series_that_lies_upon_its_target_reaches_it(score):
    judged = judge([score] * 12)
    assert read_target(judged, score) is REACHED
    assert read_target(judged, score, higher_is_better=False) is REACHED


@pytest.mark.parametrize(
    ("distance", "higher", "lower"),
    [
        (-0.01, REACHED, NOT_REACHED),  # just below the lower limit
        (0.01, HIT_AND_MISS, HIT_AND_MISS),
    ],
)
def test_a_target_at_the_lower_limit(distance, higher, lower):
    judged = judge(CALM)
    target = judged.segments[0].low[0] + distance
    assert read_target(judged, target) is higher
    assert read_target(judged, target, higher_is_better=False) is lower


@pytest.mark.parametrize(
    ("distance", "higher", "lower"), [(0.01, NOT_REACHED, REACHED), (-0.01, HIT_AND_MISS, HIT_AND_MISS)]
)
def test_a_target_at_the_upper_limit(distance, higher, lower):
    judged = judge(CALM)
    target = judged.segments[0].high[0] + distance
    assert read_target(judged, target) is higher
    assert read_target(judged, target, higher_is_better=False) is lower


def test_the_limits_themselves_can_reach_a_target():
    judged = judge(CALM)
    (low, high) = (judged.segments[0].low[0], judged.segments[0].high[0])
    assert read_target(judged, low) is REACHED
    assert read_target(judged, high) is HIT_AND_MISS
    assert read_target(judged, high, higher_is_better=False) is REACHED
    assert read_target(judged, low, higher_is_better=False) is HIT_AND_MISS


@pytest.mark.parametrize("target", [40, 50, 60])
@pytest.mark.parametrize(
    ("values", "starts"),
    [([], ()), ([None] * 20, ()), ([50, None] * 20, ()), (CALM[:11], ()), ([*CALM, *CALM[:11]], (12,))],
    ids=["no periods", "no values", "no neighbours", "on trial", "on trial after a break"],
)
def test_without_limits_that_hold_nothing_is_said_of_a_target(values, starts, target):
    assert read_target(judge(values, starts=starts), target) is CANNOT_SAY


def test_a_run_chart_has_no_limits_to_read_a_target_by():
    assert read_target(judge(CALM, chart=ChartKind.RUN), 40) is CANNOT_SAY


def test_only_the_last_segment_is_read():
    judged = judge([*CALM, *(score + 30 for score in CALM)], starts=[12])
    assert read_target(judged, 70) is REACHED


def test_a_thin_month_does_not_decide_a_share():
    shares, counts = [0.80, 0.82] * 8, [100.0] * 15 + [1.0]
    judged = judge_series(shares, counts, chart=ChartKind.P_PRIME)
    assert judged.segments[0].low[-1] < 0.7 < judged.segments[0].low[0]
    assert read_target(judged, 0.7) is REACHED


@pytest.mark.parametrize(
    ("target", "chart", "said"),
    [
        (-1, ChartKind.XMR, "outside 0 to 100"),
        (101, ChartKind.XMR, "outside 0 to 100"),
        (float("nan"), ChartKind.XMR, "outside 0 to 100"),
        (80, ChartKind.P_PRIME, "write 80 per cent as 0.8"),
    ],
)
def test_a_target_outside_the_scale_is_refused(target, chart, said):
    counts = [10.0] * 12 if chart is ChartKind.P_PRIME else None
    with pytest.raises(ValueError, match=said):
        read_target(judge_series([0.5] * 12, counts, chart=chart), target)


@given(scores | coarse | slow_series(), st.integers(0, 100))
def test_a_target_upside_down_is_read_alike(values, target):
    turned = [None if value is None else 100 - value for value in values]
    standing = read_target(judge(values), target)
    assert read_target(judge(turned), 100 - target, higher_is_better=False) is standing


@given(scores, st.integers(0, 100), st.integers(0, 100))
def test_who_reaches_a_target_reaches_every_lower_one(values, one, other):
    judged = judge(values)
    if read_target(judged, max(one, other)) is REACHED:
        assert read_target(judged, min(one, other)) is REACHED


def test_the_band_of_shares_is_the_medians_of_their_limits():
    judged = judge_series([0.80, 0.82] * 8, [50.0, 100.0, 200.0, 100.0] * 4, chart=ChartKind.P_PRIME)
    (segment,) = judged.segments
    assert find_band(segment) == pytest.approx((segment.low[1], segment.high[1]))
