"""A gap is claimed only when what is shown carries it, and tells nothing that is not shown."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.differences import Difference, compare_means
from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown, round_count
from analysis.estimates import Estimate
from analysis.gaps import (
    GapKind,
    MeasuredGap,
    ValuesKind,
    classify_gap,
    classify_values,
    compare_values,
    is_on_one_side,
    keep_claimed,
    list_gap_tests,
    make_careful,
    measure_gap,
    measure_line,
    round_outwards,
    subtract_means,
)

FEW = Hidden(HiddenReason.TOO_FEW, 30)
OTHER_FEW = Hidden(HiddenReason.PROTECTS_ANOTHER, 30)


def see(mean, n=200, sd=20.0):
    return Shown(Estimate(n, mean, mean - 3, mean + 3, sd))


def draw_points(*gaps, n=200, sd=20.0):
    """Points from 2024-H1 on: a gap in points, or a cell that is not shown."""
    codes = [f"{year}-H{half}" for year in range(2024, 2030) for half in (1, 2)]
    return [
        measure_gap(code, see(60.0 + gap, n, sd) if isinstance(gap, float) else gap, see(60.0, n, sd), 1)
        for code, gap in zip(codes, gaps, strict=False)
    ]


def say(*gaps, gap=True, change=True, **how):
    measured = measure_line(draw_points(*gaps, **how), 1)
    return classify_gap(measured, is_gap_claimed=gap, is_change_claimed=change)


@pytest.mark.parametrize(
    ("gaps", "kind"),
    [
        ([], GapKind.CANNOT_SAY),
        ([FEW], GapKind.CANNOT_SAY),
        ([NoAnswers()], GapKind.CANNOT_SAY),
        ([-12.0], GapKind.ONE_PERIOD),
        ([12.0], GapKind.ONE_PERIOD),
        ([-1.0], GapKind.NO_CLEAR_GAP),
        ([-1.0, FEW, -12.0], GapKind.LARGER),
        ([-12.0, -12.0, -24.0], GapKind.LARGER),
        ([12.0, 12.0, 24.0], GapKind.LARGER),
        ([-12.0, -12.0, -1.0], GapKind.SMALLER),
        ([-12.0, -12.0, 12.0], GapKind.TURNED),
        ([12.0, 12.0, -12.0], GapKind.TURNED),
        ([-12.0, -12.0, -13.0], GapKind.UNCHANGED),
        ([-24.0, -12.0, -12.0, -12.0], GapKind.UNCHANGED),  # since the same half-year a year before
        ([-24.0, -12.0], GapKind.SMALLER),  # the first, when the year before is not there
        ([-24.0, FEW], GapKind.ONE_PERIOD),
        ([0.0, 0.0, 0.0], GapKind.NO_CLEAR_GAP),
        ([0.0, 0.0, 12.0], GapKind.LARGER),
    ],
)
def test_a_gap_is_said_as_what_it_is(gaps, kind):
    assert say(*gaps) is kind


def test_what_may_not_be_claimed_among_many_is_not():
    assert say(-12.0, -12.0, -24.0, change=False) is GapKind.UNCHANGED
    assert say(-12.0, -12.0, -24.0, gap=False, change=False) is GapKind.NO_CLEAR_GAP
    assert say(-12.0, gap=False) is GapKind.NO_CLEAR_GAP


def test_few_answers_say_less_than_many():
    assert say(-8.0) is GapKind.ONE_PERIOD
    assert say(-8.0, n=30) is GapKind.NO_CLEAR_GAP


def test_a_gap_without_spread_cannot_be_said():
    alone = Shown(Estimate(30, 50.0, None, None, None))
    point = measure_gap("2024-H1", alone, see(60.0), 1)
    measured = measure_line([point], 1)
    assert point.gap == Shown(Difference(-10.0))
    assert list_gap_tests(measured) == (None, None)
    assert classify_gap(measured, is_gap_claimed=True, is_change_claimed=True) is GapKind.CANNOT_SAY


@pytest.mark.parametrize(
    ("group", "others", "gap"),
    [
        (FEW, see(60.0), FEW),
        (see(60.0), OTHER_FEW, OTHER_FEW),
        (FEW, OTHER_FEW, FEW),
        (FEW, NoAnswers(), FEW),
        (NoAnswers(), OTHER_FEW, OTHER_FEW),
        (NoAnswers(), see(60.0), NoAnswers()),
        (see(60.0), NoAnswers(), NoAnswers()),
    ],
)
def test_hidden_and_nobody_are_no_gap_and_no_number(group, others, gap):
    assert measure_gap("2024-H1", group, others, 0).gap == gap


def test_without_a_shown_gap_nothing_is_tested():
    assert measure_line(draw_points(FEW, NoAnswers()), 1) == MeasuredGap()
    assert list_gap_tests(MeasuredGap()) == (None, None)


scores = st.floats(0, 100)
people = st.integers(30, 3000)
spreads = st.floats(5, 45)
decimals = st.sampled_from([0, 1])


def round_seen(n, mean, sd, decimals):
    return Estimate(round_count(n), round(mean, decimals), 0.0, 100.0, round(sd, decimals))


@given(people, scores, spreads, decimals)
def test_rounding_never_makes_a_mean_surer_than_it_is(n, mean, sd, decimals):
    careful = make_careful(round_seen(n, mean, sd, decimals), decimals)
    assert careful.n <= n
    assert careful.sd / careful.n**0.5 >= sd / n**0.5
    assert careful.mean == round(mean, decimals)


def test_a_mean_without_spread_stays_without():
    assert make_careful(Estimate(1, 60.0, None, None), 0) == Estimate(1, 60.0, None, None)
    assert make_careful(Estimate(5, 60.0, 60.0, 60.0, 0.0), 0).n == 3


@given(people, scores, spreads, people, scores, spreads, decimals)
def test_a_shown_interval_holds_the_careful_one_and_the_gap_of_the_shown_numbers(
    n, mean, sd, m, other, spread, decimals
):
    one, two = round_seen(n, mean, sd, decimals), round_seen(m, other, spread, decimals)
    found = subtract_means(one, two, decimals)
    careful = compare_means(make_careful(one, decimals), make_careful(two, decimals))
    assert found.points == pytest.approx(one.mean - two.mean, abs=1e-9)
    assert found.low <= careful.low + 1e-9
    assert found.high >= careful.high - 1e-9
    assert round(found.low, decimals) == found.low
    assert round(found.high, decimals) == found.high


@given(people, scores, spreads, people, scores, spreads, decimals)
def test_no_gap_is_claimed_whose_interval_covers_0(n, mean, sd, m, other, spread, decimals):
    one, two = round_seen(n, mean, sd, decimals), round_seen(m, other, spread, decimals)
    point = measure_gap("2024-H1", Shown(one), Shown(two), decimals)
    kind = classify_gap(measure_line([point], decimals), is_gap_claimed=True, is_change_claimed=True)
    gap = point.gap.value
    assert (kind is GapKind.ONE_PERIOD) == (gap.low > 0 or gap.high < 0)


@pytest.mark.parametrize("shown_decimals", [0, 1])
@pytest.mark.parametrize(("n", "m"), [(30, 60), (150, 1500)])
def test_the_interval_of_rounded_numbers_holds_the_true_gap_as_often_as_that_of_exact_ones(
    n, m, shown_decimals
):
    chance = np.random.default_rng(7)
    shown_held = exact_held = 0
    for shift in chance.uniform(0, 1, 1000):
        samples = chance.normal(55 + shift, 20, n), chance.normal(60, 25, m)
        exact = [(len(x), float(x.mean()), float(x.std(ddof=1))) for x in samples]
        found = subtract_means(*(round_seen(*one, shown_decimals) for one in exact), shown_decimals)
        welch = compare_means(*(Estimate(size, mean, 0.0, 100.0, sd) for size, mean, sd in exact))
        shown_held += found.low <= shift - 5 <= found.high
        exact_held += welch.low <= shift - 5 <= welch.high
    assert shown_held >= exact_held > 920


@pytest.mark.parametrize(
    ("exact", "decimals", "shown"),
    [
        (Difference(2.71, 0.3, 5.1, 0.01), 0, Difference(3.0, 0.0, 6.0, 0.01)),
        (Difference(-2.71, -5.1, -0.3, 0.01), 0, Difference(-3.0, -6.0, 0.0, 0.01)),
        (Difference(2.71, 0.31, 5.19, 0.01), 1, Difference(2.7, 0.3, 5.2, 0.01)),
        (Difference(2.0, 1.0, 3.0, 0.01), 0, Difference(2.0, 1.0, 3.0, 0.01)),
        (Difference(2.71), 1, Difference(2.7)),
    ],
)
def test_ends_are_rounded_outwards(exact, decimals, shown):
    assert round_outwards(exact, decimals) == shown


@pytest.mark.parametrize(
    ("low", "high", "is_one_side"),
    [(0.1, 5, True), (0, 5, False), (-5, -0.1, True), (-5, 0, False), (-1, 1, False), (None, None, False)],
)
def test_an_end_at_0_covers_0(low, high, is_one_side):
    assert is_on_one_side(Difference(1.0, low, high)) is is_one_side


def test_values_are_compared_with_the_one_that_most_people_gave():
    values = [("a", see(60.0, 40)), ("b", see(50.0, 300)), ("c", FEW), ("d", NoAnswers()), ("e", see(45.0))]
    found = compare_values(values, 1)
    assert [(one.value, one.against, one.difference.points) for one in found] == [
        ("a", "b", 10.0),
        ("e", "b", -5.0),
    ]
    assert compare_values(values[1:3], 1) == ()
    assert compare_values([], 1) == ()
    alike = [("a", see(60.0)), ("b", see(50.0))]
    assert [one.against for one in compare_values(alike, 1)] == ["a"]


def test_what_is_said_of_values_needs_a_claim_and_an_interval_on_one_side():
    tests = compare_values([("a", see(60.0, 300)), ("b", see(45.0)), ("c", see(59.5))], 1)
    assert [one.value for one in keep_claimed(tests, [True, True])] == ["b"]
    assert keep_claimed(tests, [False, False]) == ()
    assert classify_values(tests, keep_claimed(tests, [True, True])) is ValuesKind.DIFFER
    assert classify_values(tests, ()) is ValuesKind.NO_CLEAR_DIFFERENCE
    assert classify_values((), ()) is ValuesKind.CANNOT_SAY
    untested = [replace(one, difference=Difference(1.0)) for one in tests]
    assert classify_values(untested, ()) is ValuesKind.CANNOT_SAY
