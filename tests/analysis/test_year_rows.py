"""Nobody can be isolated by a thin municipality's year beside everything else of the year."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.blocks import CountyQuarter, Decided, decide_county_quarter, decide_sum
from analysis.disclosure import HiddenReason, NoAnswers
from analysis.year_rows import decide_thin_years
from tests.analysis.attacker import find_smallest_by_trying
from tests.analysis.quarters import stack_year

TOO_FEW, PROTECTS, SHOWN = HiddenReason.TOO_FEW, HiddenReason.PROTECTS_ANOTHER, None

names = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["", "x"])), unique=True, min_size=1, max_size=3
)
counts = st.sampled_from([0, 0, 0]) | st.integers(1, 9) | st.integers(3, 20)


@st.composite
def years(draw):
    """Two quarters of at most 14 non-empty atoms."""
    rows = draw(names)
    people = np.array([[draw(counts) for _ in range(6)] for _ in rows], dtype=np.int64)
    people.flat[np.flatnonzero(people)[14:]] = 0
    return build([(*row, *months) for row, months in zip(rows, people.tolist(), strict=True)])


def build(table):
    """Closed quarters from rows of municipality, unit and people by month."""
    areas, units, *_ = zip(*table, strict=True)
    people = np.array([row[2:] for row in table], dtype=np.int64)
    return [CountyQuarter(areas, units, part, 3) for part in np.split(people, people.shape[1] // 3, axis=1)]


def decide_year(quarters, threshold):
    decided = [decide_county_quarter(quarter, threshold=threshold) for quarter in quarters]
    return decided, decide_thin_years(quarters, decided, threshold=threshold)


def list_shown(years):
    return {area for area, reason in years.items() if reason is SHOWN}


LARGE = [("m", "", *[90] * 6), ("n", "", *[60] * 6)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param([("a", "", *[20] * 6), *LARGE], SHOWN, id="the sum of its quarters"),
        pytest.param([("a", "", *[2] * 6), *LARGE], SHOWN, id="two quarters of six, twelve together"),
        pytest.param([("a", "", 2, 2, 2, 1, 1, 1), *LARGE], TOO_FEW, id="nine in all"),
        pytest.param([("a", "", 2, 2, 2, 20, 20, 20), *LARGE], PROTECTS, id="one hidden quarter of six"),
        pytest.param(
            [("a", "", 2, 2, 2, 2, 2, 2), ("b", "", 1, 1, 1, 1, 1, 1), *LARGE],
            PROTECTS,
            id="another would be left with six",
        ),
    ],
)
def test_a_thin_municipality_is_shown_for_its_year_when_its_hidden_quarters_are_many_together(
    table, expected
):
    assert decide_year(build(table), 10)[1]["a"] is expected


def test_a_year_is_hidden_when_units_in_both_quarters_would_be_left_with_four():
    """Two months of the county in both quarters, less a's year and b's unit y, leave four of b's unit x."""
    hidden, thick = ("a", "", *[2, 2, 0] * 2), ("c", "", *[0, 0, 40] * 2)
    quarters = build([hidden, ("b", "x", *[1, 1, 30] * 2), ("b", "y", *[5, 5, 0] * 2), thick])
    decided = Decided(
        {("a", 0): TOO_FEW, ("a", 1): TOO_FEW, ("c", 2): PROTECTS, **{("b", m): PROTECTS for m in range(3)}},
        {0: SHOWN, 1: SHOWN, 2: SHOWN},
        {"a": TOO_FEW, "b": SHOWN, "c": PROTECTS},
        PROTECTS,
        {("b", "x"): SHOWN, ("b", "y"): SHOWN},
    )
    before, after = (find_smallest_by_trying(*stack_year(quarters, [decided] * 2, y)) for y in ([], ["a"]))
    assert before >= 5
    assert after == 4
    assert decide_thin_years(quarters, [decided] * 2, threshold=5)["a"] is PROTECTS


def test_a_municipality_without_answers_has_no_year():
    assert decide_year(build([("a", "", *[0] * 6), *LARGE]), 10)[1].keys() == {"m", "n"}


def test_quarters_that_are_not_closed_have_no_years_row():
    quarters = build(LARGE)
    decided, _ = decide_year(quarters, 10)
    with pytest.raises(ValueError, match="closed quarters"):
        decide_thin_years([], [], threshold=10)
    with pytest.raises(ValueError, match="closed quarters"):
        decide_thin_years(quarters, decided[:1], threshold=10)
    with pytest.raises(ValueError, match="too low"):
        decide_thin_years(quarters, decided, threshold=4)


@settings(max_examples=150, deadline=None)
@given(years(), st.integers(5, 13))
def test_nobody_can_be_isolated_by_a_whole_year(quarters, threshold):
    decided, by_year = decide_year(quarters, threshold)
    smallest = find_smallest_by_trying(*stack_year(quarters, decided, list_shown(by_year)))
    assert smallest is None or smallest >= threshold


@settings(max_examples=80, deadline=None)
@given(years(), st.integers(5, 13), st.integers(1, 8))
def test_a_higher_threshold_shows_the_same_years_or_fewer(quarters, threshold, more):
    low, high = (list_shown(decide_year(quarters, k)[1]) for k in (threshold, threshold + more))
    assert high <= low


@settings(max_examples=80, deadline=None)
@given(years(), st.integers(5, 13), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(quarters, threshold, random):
    order = random.sample(range(len(quarters[0].areas)), len(quarters[0].areas))
    shuffled = [
        CountyQuarter(tuple(q.areas[i] for i in order), tuple(q.units[i] for i in order), q.people[order], 3)
        for q in quarters
    ]
    assert decide_year(shuffled, threshold)[1] == decide_year(quarters, threshold)[1]


@settings(max_examples=80, deadline=None)
@given(years(), st.integers(5, 13))
def test_a_year_whose_quarters_are_shown_is_shown(quarters, threshold):
    decided, by_year = decide_year(quarters, threshold)
    for area in by_year:
        if decide_sum(d.municipality_quarters.get(area, NoAnswers()) for d in decided) is None:
            assert by_year[area] is SHOWN
