"""What a line says: a change or a difference only when the interval leaves out 0."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.describe import ComparisonFact, LineFact, compare_with, describe_line
from analysis.differences import bound_difference
from analysis.disclosure import Shown
from analysis.estimates import Statistics, estimate_mean
from analysis.intervals import bound_mean_difference
from tests.analysis.lines_to_draw import FEW, NONE, PROTECTING, make_line, show_mean

groups = st.lists(st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0]), min_size=2, max_size=40)


def describe(**cells):
    return describe_line(make_line(**cells).points)


def estimate(scores):
    return estimate_mean(Statistics(len(scores), sum(scores), sum(score**2 for score in scores)))


def test_a_line_without_points_or_answers_says_that_there_are_none():
    assert describe() == describe(p2026_01=NONE, p2026_02=NONE) == LineFact("no_answers")


def test_a_line_with_answers_that_may_not_be_shown_says_that_they_are_hidden():
    hidden = LineFact("all_hidden", threshold=10, reason="too_few")
    assert describe(p2026_01=FEW, p2026_02=NONE) == hidden
    assert describe(p2026_02=FEW, p2026_01=PROTECTING) == hidden
    assert describe(p2026_01=PROTECTING).reason == "protects_another"


def test_one_shown_point_has_nothing_to_be_compared_with():
    assert describe(p2026_01=FEW, p2026_02=show_mean(70)) == LineFact("one_point", period="2026-02", mean=70)


@pytest.mark.parametrize(("mean", "kind"), [(80, "higher"), (60, "lower"), (71, "no_clear_change")])
def test_the_latest_period_is_compared_with_the_same_period_a_year_before(mean, kind):
    fact = describe(p2025_Q1=show_mean(10), p2025_Q3=show_mean(70), p2026_Q1=FEW, p2026_Q3=show_mean(mean))
    assert (fact.kind, fact.period, fact.earlier_period, fact.year_before) == (
        kind,
        "2026-Q3",
        "2025-Q3",
        True,
    )
    assert (fact.mean, fact.earlier_mean, fact.difference) == (mean, 70, mean - 70)
    assert fact.low is not None
    assert fact.high is not None
    assert fact.low < mean - 70 < fact.high


@pytest.mark.parametrize("year_before", [FEW, NONE])
def test_without_the_year_before_the_first_shown_period_is_compared_with(year_before):
    fact = describe(p2025_05=FEW, p2025_06=show_mean(40), p2025_09=year_before, p2026_09=show_mean(70))
    assert (fact.kind, fact.earlier_period, fact.year_before) == ("higher", "2025-06", False)


def test_the_latest_shown_period_speaks_when_the_latest_is_hidden():
    fact = describe(p2025_01=show_mean(40), p2026_01=show_mean(70), p2026_02=FEW, p2026_03=NONE)
    assert (fact.period, fact.earlier_period) == ("2026-01", "2025-01")


def test_points_may_come_in_any_order():
    points = make_line(p2026_02=show_mean(40), p2026_01=show_mean(70), p2025_02=show_mean(60)).points
    assert describe_line(points) == describe_line(points[::-1])


def test_the_calendars_first_year_has_no_year_before():
    fact = describe(p0001_01=show_mean(40), p0001_02=show_mean(70))
    assert (fact.kind, fact.year_before) == ("higher", False)


def test_few_answers_that_differ_by_chance_are_no_change():
    before, now = estimate([25, 50, 75, 100, 50]), estimate([50, 75, 100, 100, 50])
    assert describe(p2025_01=Shown(before), p2026_01=Shown(now)).kind == "no_clear_change"


def test_an_interval_that_ends_at_0_is_no_change():
    reach = float(bound_mean_difference(4, 0, 10, 50, 0, 0)[1])
    before = show_mean(0, sd=0)
    assert describe(p2025_01=before, p2026_01=show_mean(reach, n=4, sd=10)).kind == "no_clear_change"
    assert describe(p2025_01=before, p2026_01=show_mean(reach + 0.001, n=4, sd=10)).kind == "higher"


@pytest.mark.parametrize("sd", [None, 0])
def test_no_change_is_claimed_when_the_spread_is_unknown_or_nobody_differs(sd):
    fact = describe(p2025_01=show_mean(20, sd=sd), p2026_01=show_mean(90, sd=sd))
    assert (fact.kind, fact.difference, fact.low, fact.high) == ("no_clear_change", 70, None, None)


@given(groups, groups)
def test_time_turned_round_turns_higher_into_lower(some, others):
    turned = {"higher": "lower", "lower": "higher", "no_clear_change": "no_clear_change"}
    first, second = Shown(estimate(some)), Shown(estimate(others))
    forward = describe(p2025_01=first, p2026_01=second).kind
    assert describe(p2025_01=second, p2026_01=first).kind == turned[forward]


@pytest.mark.parametrize(("mean", "kind"), [(80, "above"), (60, "below"), (72, "no_clear_difference")])
def test_a_line_lies_above_or_below_another_in_their_latest_shared_period(mean, kind):
    here = make_line(p2026_01=show_mean(10), p2026_02=show_mean(mean), p2026_03=FEW)
    county = make_line("Länet", p2026_01=show_mean(70), p2026_02=show_mean(70, n=900), p2026_03=show_mean(70))
    fact = compare_with(here, county)
    assert (fact.kind, fact.period, fact.mean, fact.other_mean) == (kind, "2026-02", mean, 70)
    assert fact.difference == mean - 70


def test_lines_without_a_shared_shown_period_cannot_be_compared():
    here, county = make_line(p2026_01=show_mean(70)), make_line(p2026_01=FEW, p2026_02=show_mean(70))
    assert compare_with(here, county) == compare_with(make_line(), county) == ComparisonFact("cannot_say")


def test_a_difference_without_an_interval_cannot_be_judged():
    fact = compare_with(make_line(p2026_01=show_mean(20, sd=0)), make_line(p2026_01=show_mean(90, sd=0)))
    assert (fact.kind, fact.difference, fact.low) == ("cannot_say", -70, None)


def test_a_municipality_that_is_its_whole_county_does_not_differ_from_it():
    line = make_line(p2026_01=show_mean(70))
    assert compare_with(line, line).kind == "no_clear_difference"


@given(groups, groups)
def test_the_interval_against_the_county_is_never_narrower_than_the_overlap_allows(here, rest):
    county = here + rest
    low, high = bound_difference(estimate(here), estimate(county))
    part = len(here) / len(county)
    own, whole = np.var(here, ddof=1) / len(here), np.var(county, ddof=1) / len(county)
    if low is not None and high is not None:
        true_error = np.sqrt(max(own + whole - 2 * part * own, 0))
        assert (high - low) / 2 >= 1.959 * true_error - 1e-9
