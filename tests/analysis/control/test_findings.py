"""A judged series is classified by its latest signal, and only while that is current."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.control.judge import ChartKind, Direction, FindingKind, Rule, classify, judge_series
from tests.analysis.control.series_to_judge import coarse, halves, scores, slow_series

CALM = [50, 51, 49, 50, 51, 49, 50, 51, 49, 50, 51, 49]
HIGH, LOW = 58, 42
UP, DOWN = Direction.UP, Direction.DOWN


def find(values, *, starts=(), chart=ChartKind.XMR, higher_is_better=True):
    return classify(judge_series(values, chart=chart, starts=starts), higher_is_better=higher_is_better)


@pytest.mark.parametrize(
    ("latest", "higher_is_better", "kind"),
    [
        (HIGH, True, FindingKind.IMPROVEMENT),
        (LOW, True, FindingKind.CONCERN),
        (HIGH, False, FindingKind.CONCERN),
        (LOW, False, FindingKind.IMPROVEMENT),
        (50, True, FindingKind.COMMON_CAUSE),
    ],
)
def test_a_signal_is_good_or_bad_by_what_is_better(latest, higher_is_better, kind):
    assert find([*CALM, latest], higher_is_better=higher_is_better).kind is kind


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ([], FindingKind.IMPROVEMENT),
        ([52], FindingKind.IMPROVEMENT),
        ([52, 51.5], FindingKind.IMPROVEMENT),  # on its side of the mean
        ([52, 51.5, 52], FindingKind.COMMON_CAUSE),
        ([None, None, None, 52, 51.5], FindingKind.IMPROVEMENT),  # points that are shown count, not periods
        ([50], FindingKind.COMMON_CAUSE),  # back on the other side: it is so no more
        ([52, 50], FindingKind.COMMON_CAUSE),
        ([50, 52], FindingKind.COMMON_CAUSE),
        ([None, None, 50], FindingKind.COMMON_CAUSE),
    ],
)
def test_a_signal_is_current_while_the_points_after_it_lie_on_its_side(after, kind):
    assert find([*CALM, HIGH, *after]).kind is kind


def test_a_run_that_the_newest_point_broke_is_no_finding():
    """A long row below the mean, and then far above it: nothing of now can be said by the row."""
    row = [48.5, 48, 48.5, 48, 48.5, 48, 48.5]
    assert find([*CALM, *row]).rule is Rule.SHIFT
    assert find([*CALM, *row, 51.5]).kind is FindingKind.COMMON_CAUSE
    assert find([*CALM, *row, None, 48]).rule is Rule.SHIFT


def test_a_trend_is_current_only_while_the_newest_point_continues_it():
    rising = [49.2, 49.6, 50, 50.4, 50.8, 51.2, 51.6, 52]
    assert find([*CALM, *rising]).rule is Rule.TREND
    assert find([*CALM, *rising, 51.9]).kind is FindingKind.COMMON_CAUSE


def test_the_latest_of_two_signals_is_told():
    found = find([*CALM, HIGH, 50, LOW])
    assert (found.kind, found.direction, found.first, found.last) == (FindingKind.CONCERN, DOWN, 14, 14)


@pytest.mark.parametrize(
    ("after", "rule", "first", "last"),
    [
        ([HIGH], Rule.OUTSIDE_LIMITS, 12, 12),
        ([HIGH, HIGH, HIGH], Rule.OUTSIDE_LIMITS, 12, 14),
        ([HIGH, None, HIGH], Rule.OUTSIDE_LIMITS, 14, 14),  # a gap ends a signal
        ([52, 51.5, 52, 51.5, 52, 51.5, 52], Rule.SHIFT, 12, 18),
        ([49.2, 49.6, 50, 50.4, 50.8, 51.2, 51.6, 52], Rule.TREND, 11, 19),
        ([51.5, 52, 51.5, 52, 51.5, 52, HIGH], Rule.OUTSIDE_LIMITS, 18, 18),  # the latest point's rule
        ([51.5, 52, HIGH, 52, 51.5, 52, 51.5], Rule.SHIFT, 12, 18),  # one outside is on the side, too
    ],
)
def test_a_signal_lasts_from_its_first_point_to_its_last(after, rule, first, last):
    found = find([*CALM, *after])
    assert (found.rule, found.first, found.last) == (rule, first, last)
    assert found.periods == last - first + 1


def test_the_point_between_the_two_of_a_two_of_three_belongs_to_the_signal():
    values = [50, 51, 49] * 5 + [53.5, 51.5, 53.5]
    judged = judge_series(values, chart=ChartKind.XMR)
    assert [signal and signal.rule for signal in judged.signals[-3:]] == [
        Rule.TWO_OF_THREE,
        None,
        Rule.TWO_OF_THREE,
    ]
    found = classify(judged)
    assert (found.rule, found.first, found.last, found.periods) == (Rule.TWO_OF_THREE, 15, 17, 3)


@pytest.mark.parametrize(
    ("after", "first", "last"),
    [
        ([53.5, 53.5, 51.5, 53.5, 53.5, 51.5], 21, 25),  # on their side of the centre: one signal
        ([51.5, 53.5, 53.5, 49, 53.5, 53.5, 51.5], 25, 26),  # on the other side: two
        ([51.5, 53.5, 53.5, None, 53.5, 53.5, 51.5], 25, 26),
    ],
)
def test_a_point_between_two_signals_joins_them_on_their_side_of_the_centre(after, first, last):
    found = find([50, 51, 49] * 7 + after)
    assert (found.rule, found.first, found.last) == (Rule.TWO_OF_THREE, first, last)


def test_a_point_between_two_that_are_outside_is_not_outside():
    values = [*CALM, HIGH, 52, HIGH]
    assert find(values).first == 14
    shares = judge_series([value / 100 for value in values], [1000] * 15, chart=ChartKind.P_PRIME)
    assert classify(shares).first == 14


def test_a_run_passes_by_points_on_the_median_and_does_not_count_them():
    found = find([40.0] * 8 + [60, 40] * 2 + [60.0] * 4 + [50] + [60.0] * 4, chart=ChartKind.RUN)
    assert (found.rule, found.first, found.last, found.periods) == (Rule.LONG_RUN, 12, 20, 8)


@pytest.mark.parametrize("values", [[], [None], [50], [50, 51, 49], CALM[:11], [None, *CALM[:11]]], ids=len)
def test_fewer_than_twelve_points_without_a_signal_are_too_few(values):
    found = find(values)
    assert (found.kind, found.is_trial, found.rule, found.periods) == (FindingKind.TOO_FEW, True, None, 0)


def test_twelve_points_without_a_signal_are_chance():
    assert find(CALM).kind is FindingKind.COMMON_CAUSE


def test_nothing_is_claimed_by_trial_limits():
    values = [50, 51, 49, 50, 51, 49, HIGH]
    assert judge_series(values, chart=ChartKind.XMR).signals[-1] is not None
    found = find(values)
    assert (found.kind, found.rule, found.is_trial) == (FindingKind.TOO_FEW, None, True)


def test_limits_of_many_points_that_seldom_follow_each_other_are_on_trial():
    apart = [value for pair in zip(CALM * 2, [None] * 24, strict=True) for value in pair]
    assert find(apart).kind is FindingKind.TOO_FEW
    assert find([*apart, *CALM[:11]]).kind is FindingKind.TOO_FEW
    assert find([*apart, *CALM[:12]]).kind is FindingKind.COMMON_CAUSE


@pytest.mark.parametrize(("hidden", "kind"), [(5, FindingKind.IMPROVEMENT), (6, FindingKind.COMMON_CAUSE)])
def test_a_signal_that_is_older_than_six_periods_is_none_of_now(hidden, kind):
    assert find([*CALM, HIGH, *[None] * hidden]).kind is kind


def test_only_the_last_segment_is_classified():
    values = [*CALM, HIGH, *CALM]
    assert find(values, starts=[13]).kind is FindingKind.COMMON_CAUSE
    assert find([*CALM, HIGH, 50], starts=[13]).kind is FindingKind.TOO_FEW
    assert find([*CALM, HIGH], starts=[]).first == 12


def test_a_run_chart_is_classified_by_its_own_rules():
    values = [40.0] * 8 + [60, 40] * 2 + [60.0] * 8
    found = find(values, chart=ChartKind.RUN)
    assert (found.kind, found.rule, found.first, found.last) == (
        FindingKind.IMPROVEMENT,
        Rule.LONG_RUN,
        12,
        19,
    )
    assert find([40, 60], chart=ChartKind.RUN).kind is FindingKind.TOO_FEW


@given(scores | coarse | slow_series(), st.booleans())
def test_what_is_better_turns_good_and_bad_round_and_nothing_else(values, higher_is_better):
    found, other = (
        find(values, higher_is_better=better) for better in (higher_is_better, not higher_is_better)
    )
    assert (found.rule, found.first, found.last, found.periods) == (
        other.rule,
        other.first,
        other.last,
        other.periods,
    )
    if found.rule is None:
        assert found.kind is other.kind
    else:
        assert {found.kind, other.kind} == {FindingKind.IMPROVEMENT, FindingKind.CONCERN}


@given(scores | coarse | slow_series())
def test_what_is_said_of_a_signal_holds_for_all_its_points(values):
    judged = judge_series(values, chart=ChartKind.XMR)
    found = classify(judged)
    if found.rule is None:
        return
    points = judged.values[found.first : found.last + 1]
    segment = judged.segments[-1]
    way = 1 if found.direction is UP else -1
    centre, near = segment.centre, (segment.near_high if way > 0 else segment.near_low)[0]
    assert found.periods == len(points)
    if found.rule is Rule.OUTSIDE_LIMITS:
        limit = (segment.high if way > 0 else segment.low)[0]
        assert all(way * (point - limit) > 0 for point in points)
    elif found.rule is Rule.TREND:
        assert found.periods >= 7
        assert all(way * (after - before) > 0 for before, after in pairwise(points))
    elif found.rule is Rule.TWO_OF_THREE:
        assert way * (points[0] - near) > 0 and way * (points[-1] - near) > 0
        assert all(sum(way * (one - near) > 0 for one in pair) >= 1 for pair in pairwise(points))
    else:
        assert found.periods >= 7
        assert all(way * (point - centre) > 0 for point in points)


@given(st.lists(halves, min_size=12, max_size=30), st.integers(1, 3))
def test_a_few_months_without_answers_change_nothing_of_what_is_known(values, months):
    assert find(values + [None] * months) == find(values)
