"""A series is judged as by independent software and as by plain loops, and its laws hold."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.control.judge import ChartKind, judge_many, judge_series
from tests.analysis.control.plain_chart import (
    limit_scores,
    limit_shares,
    list_outside,
    sign_runs,
    sign_scores,
)
from tests.analysis.control.series_to_judge import (
    charts_of_scores,
    coarse,
    read_case_file,
    scores,
    share_series,
    slow_series,
    write_plain,
    write_signals,
)

OPPOSITE = {"up": "down", "down": "up"}
any_scores = scores | coarse | slow_series()


def judge(values, *, starts=(), chart=ChartKind.XMR):
    return judge_series(values, chart=chart, starts=starts)


def turn_signals(signals):
    return [None if one is None else f"{one.split()[0]} {OPPOSITE[one.split()[1]]}" for one in signals]


@pytest.mark.parametrize("case", read_case_file("scores.json")["cases"], ids=lambda case: case["case"])
def test_signals_are_those_of_independent_software(case):
    assert write_signals(judge(case["values"])) == case["signals"]


def test_a_point_carries_the_first_of_the_rules_it_breaks():
    calm = [50, 51, 49, 50, 51, 49, 50, 51, 49, 50, 51, 49]
    rising = [51.5, 52, 52.5, 53, 53.5, 54, 60]  # a shift, a trend, two of three, and one outside
    assert write_signals(judge(calm + rising))[-7:] == ["trend up"] * 6 + ["outside_limits up"]
    above = [53, 51.5, 53, 51.5, 53, 51.5, 53]
    marked = write_signals(judge(calm + above))[-7:]
    assert marked == ["shift up"] * 7


@pytest.mark.parametrize(("points", "is_trial"), [(11, True), (12, False), (3, True), (1, True), (0, True)])
def test_limits_are_on_trial_below_twelve_points(points, is_trial):
    values = [50 + place % 2 for place in range(points)] + [None] * 12
    segment = judge(values).segments[-1]
    assert (segment.points, segment.is_trial) == (points, is_trial)


def test_limits_asked_for_three_points_are_there_and_on_trial():
    segment = judge([50, 52, 51]).segments[0]
    assert segment.centre == pytest.approx(51)
    assert segment.high[0] == pytest.approx(51 + 3 / 1.128 * 1.5)
    assert segment.is_trial


@pytest.mark.parametrize("chart", [ChartKind.XMR, ChartKind.RUN])
def test_a_series_without_periods_has_no_segments(chart):
    judged = judge([], chart=chart)
    assert (judged.values, judged.segments, judged.signals) == ((), (), ())


@pytest.mark.parametrize("chart", list(ChartKind))
def test_a_span_without_values_has_a_segment_without_a_centre(chart):
    counts = [None, None] if chart is ChartKind.P_PRIME else None
    (segment,) = judge_series([None, None], counts, chart=chart).segments
    assert (segment.first, segment.last, segment.points, segment.centre) == (0, 1, 0, None)
    assert segment.low == segment.high == segment.near_low == segment.near_high == (None, None)


@pytest.mark.parametrize("score", [0, 0.1, 33.3, 100])
def test_a_constant_series_has_limits_at_its_mean_and_no_signal(score):
    judged = judge([score] * 15)
    assert judged.segments[0].low[0] == judged.segments[0].high[0] == pytest.approx(score)
    assert judged.signals == (None,) * 15


@pytest.mark.parametrize("share", [0.0, 0.1, 1 / 3, 1.0])
def test_shares_that_are_all_alike_have_no_signal(share):
    judged = judge_series([share] * 15, [7.0, 40.0, 11.0] * 5, chart=ChartKind.P_PRIME)
    assert judged.signals == (None,) * 15


def test_limits_are_clipped_to_the_scale_and_signals_are_not_moved():
    values = [98, 100, 97, 100, 99, 100, 96, 100, 99, 100, 98, 100]
    segment = judge(values).segments[0]
    assert segment.high == (100,) * 12
    assert 0 < segment.low[0] < 96
    shares = judge_series([0.0, 0.1] * 8, [10.0] * 16, chart=ChartKind.P_PRIME).segments[0]
    assert min(shares.low) == 0


def test_limits_of_scores_go_on_through_a_gap_and_those_of_shares_do_not():
    score, share = [50, 52, None, 51], [0.5, 0.52, None, 0.51]
    assert None not in judge(score).segments[0].high
    assert judge_series(share, [20, 20, None, 20], chart=ChartKind.P_PRIME).segments[0].high[2] is None


@pytest.mark.parametrize(
    ("values", "counts", "chart", "starts", "said"),
    [
        ([101], None, ChartKind.XMR, (), "101 lies outside 0 to 100"),
        ([-0.5], None, ChartKind.XMR, (), "-0.5 lies outside"),
        ([float("inf")], None, ChartKind.XMR, (), "inf lies outside"),
        ([80], [10], ChartKind.P_PRIME, (), "write 80 per cent as 0.8"),
        ([float("nan")], None, ChartKind.XMR, (), "write None"),
        ([50], [10], ChartKind.XMR, (), "leave them out"),
        ([0.5], None, ChartKind.P_PRIME, (), "needs the number of answers"),
        ([0.5], [0], ChartKind.P_PRIME, (), "fewer than one answer"),
        ([0.5], [None], ChartKind.P_PRIME, (), "fewer than one answer"),
        ([0.5], [float("inf")], ChartKind.P_PRIME, (), "fewer than one answer, or for no number"),
        ([0.5], [5, 6], ChartKind.P_PRIME, (), "1 shares and 2 counts"),
        ([50, 51], None, ChartKind.XMR, (2,), "outside the 2 periods"),
        ([50, 51], None, ChartKind.XMR, (-1,), "outside the 2 periods"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_a_sentence(values, counts, chart, starts, said):
    with pytest.raises(ValueError, match=said):
        judge_series(values, counts, chart=chart, starts=starts)


def test_many_series_that_are_no_matrix_are_refused():
    with pytest.raises(ValueError, match="matrix"):
        judge_many([50, 51], chart=ChartKind.XMR)


def test_a_count_where_there_is_no_share_is_no_matter():
    known = judge_series([0.5, None, 0.6], [20, None, 20], chart=ChartKind.P_PRIME)
    assert judge_series([0.5, None, 0.6], [20, 3, 20], chart=ChartKind.P_PRIME) == known


def test_shares_that_lie_on_one_side_for_long_break_no_rule():
    shares = [0.50, 0.52] * 5 + [0.53, 0.54, 0.55] * 5
    assert write_signals(judge([100 * share for share in shares]))[-1] is not None
    assert judge_series(shares, [100.0] * 25, chart=ChartKind.P_PRIME).signals == (None,) * 25


@given(any_scores)
def test_signals_of_scores_are_what_loops_over_lists_give(values):
    assert write_signals(judge(values)) == write_plain(sign_scores(values, *limit_scores(values)))


@given(share_series())
def test_shares_are_marked_outside_their_limits_and_by_no_other_rule(series):
    shares, counts = series
    centre, low, high = limit_shares(shares, counts)
    expected = [None] * len(shares)
    for place in list_outside(shares, low, high):
        expected[place] = ("outside_limits", 1 if shares[place] > centre else -1)
    assert write_signals(judge_series(shares, counts, chart=ChartKind.P_PRIME)) == write_plain(expected)


@given(any_scores, charts_of_scores, st.integers(-40, 40))
def test_moving_a_whole_series_moves_no_signal(values, chart, distance):
    squeezed = [None if value is None else 40 + value / 5 for value in values]
    moved = [None if value is None else value + distance for value in squeezed]
    assert write_signals(judge(moved, chart=chart)) == write_signals(judge(squeezed, chart=chart))


@given(any_scores, charts_of_scores)
def test_a_series_upside_down_has_the_same_signals_upside_down(values, chart):
    turned = [None if value is None else 100 - value for value in values]
    assert write_signals(judge(turned, chart=chart)) == turn_signals(
        write_signals(judge(values, chart=chart))
    )


@given(share_series())
def test_shares_upside_down_have_the_same_signals_upside_down(series):
    shares, counts = series
    turned = [None if share is None else 1 - share for share in shares]
    one, other = (judge_series(row, counts, chart=ChartKind.P_PRIME) for row in (shares, turned))
    assert write_signals(other) == turn_signals(write_signals(one))


@given(any_scores, st.lists(st.integers(0, 44), max_size=3), charts_of_scores)
def test_a_start_judges_the_parts_apart(values, wanted, chart):
    inside = [start for start in wanted if start < len(values)]
    starts = sorted({0, *inside})
    whole = judge(values, starts=inside, chart=chart)
    parts = [judge(values[first:after], chart=chart) for first, after in pairwise([*starts, len(values)])]
    assert whole.signals == tuple(signal for part in parts for signal in part.signals)
    for segment, first, part in zip(whole.segments, starts, parts, strict=True):
        (alone,) = part.segments
        assert (segment.first, segment.last) == (first, first + alone.last)
        assert (segment.centre, segment.low, segment.high) == (alone.centre, alone.low, alone.high)
        assert (segment.points, segment.is_trial) == (alone.points, alone.is_trial)


@given(st.lists(any_scores, min_size=1, max_size=5), charts_of_scores, st.integers(0, 7))
def test_many_series_at_once_are_judged_as_one_by_one(rows, chart, start):
    longest = max(8, *(len(row) for row in rows))
    padded = [row + [None] * (longest - len(row)) for row in rows]
    matrix = np.array([[np.nan if value is None else value for value in row] for row in padded])
    one_by_one = tuple(judge(row, starts=[start], chart=chart) for row in padded)
    assert judge_many(matrix, chart=chart, starts=[start]) == one_by_one


@given(st.lists(share_series(), min_size=1, max_size=5))
def test_many_shares_at_once_are_judged_as_one_by_one(rows):
    longest = max(len(shares) for shares, _ in rows)
    padded = [tuple(side + [None] * (longest - len(side)) for side in row) for row in rows]
    shares, counts = (
        np.array([[np.nan if value is None else value for value in row[side]] for row in padded])
        for side in (0, 1)
    )
    one_by_one = tuple(judge_series(*row, chart=ChartKind.P_PRIME) for row in padded)
    for together, alone in zip(judge_many(shares, counts, chart=ChartKind.P_PRIME), one_by_one, strict=True):
        assert together.signals == alone.signals
        for known, expected in zip(together.segments, alone.segments, strict=True):
            assert known.centre == pytest.approx(expected.centre)
            assert known.high == pytest.approx(expected.high, abs=1e-12)


@given(coarse)
def test_a_run_chart_uses_its_own_rules_only(values):
    judged = judge(values, chart=ChartKind.RUN)
    assert write_signals(judged) == write_plain(sign_runs(values))
    assert all(edge is None for segment in judged.segments for edge in segment.high)
