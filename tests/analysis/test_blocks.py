"""Nobody can be isolated by what is shown of a county's quarter, however its months are closed."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.blocks import CountyQuarter, Decided, Seen, decide_county_quarter, decide_sum
from analysis.disclosure import HiddenReason, NoAnswers
from tests.analysis.attacker import bound_hidden_counts, find_smallest_by_trying
from tests.analysis.quarters import close_months, list_figures, list_shown, stack

TOO_FEW, PROTECTS = HiddenReason.TOO_FEW, HiddenReason.PROTECTS_ANOTHER
SHOWN = None
NOBODY = NoAnswers()

rows = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "x", "y"])), unique=True, max_size=4)
counts = st.integers(0, 9) | st.integers(5, 30)
thresholds = st.integers(5, 13)


@st.composite
def quarters(draw):
    """A closed quarter of at most four rows, so that every group of its atoms can be tried."""
    names = draw(rows)
    people = [[draw(counts) for _ in range(3)] for _ in names]
    return build(*((area, unit, *row) for (area, unit), row in zip(names, people, strict=True)))


def build(*table, closed=3):
    """A quarter from rows of municipality, unit and people by month."""
    people = np.array([row[2:] for row in table], dtype=np.int64).reshape(-1, 3)
    return CountyQuarter(tuple(r[0] for r in table), tuple(r[1] for r in table), people, closed)


# One table, one expectation: threshold 10


def decide(*table, **arguments):
    return decide_county_quarter(build(*table), threshold=10, **arguments)


def test_a_county_of_large_municipalities_and_units_is_shown_whole():
    decided = decide(("a", "x", 40, 41, 42), ("a", "y", 30, 31, 32), ("b", "", 50, 51, 52))
    reasons = [
        *decided.municipality_months.values(),
        *decided.county_months.values(),
        *decided.municipality_quarters.values(),
        *decided.unit_quarters.values(),
        decided.county_quarter,
    ]
    assert reasons == [SHOWN] * (6 + 3 + 2 + 2 + 1)


def test_in_a_month_the_smallest_municipality_protects_one_with_too_few():
    decided = decide_county_quarter(
        build(("a", "", 3, 0, 0), ("b", "", 30, 0, 0), ("c", "", 20, 0, 0), closed=1), threshold=10
    )
    assert decided == Decided(
        {("a", 0): TOO_FEW, ("b", 0): SHOWN, ("c", 0): PROTECTS}, {0: SHOWN}, {}, NOBODY, {}
    )


def test_a_thin_last_month_hides_the_quarter_when_the_others_are_shown():
    decided = decide(("a", "", 30, 30, 3), ("b", "", 90, 90, 90), ("c", "", 60, 60, 60))
    assert decided.municipality_months["a", 2] is TOO_FEW
    assert decided.municipality_quarters["a"] is PROTECTS


def test_a_thin_first_month_hides_another_month_so_that_the_quarter_stands():
    decided = decide(("a", "", 3, 30, 30), ("b", "", 90, 90, 90), ("c", "", 60, 60, 60))
    assert [decided.municipality_months["a", month] for month in range(3)] == [TOO_FEW, SHOWN, PROTECTS]
    assert decided.municipality_quarters["a"] is SHOWN


def test_small_units_are_pooled_and_take_the_smallest_shown_unit_in():
    decided = decide(
        ("a", "w", 1, 1, 1),
        ("a", "x", 9, 9, 9),
        ("a", "y", 12, 12, 12),
        ("a", "z", 15, 15, 15),
        ("a", "", 1, 0, 1),
    )
    assert decided.unit_quarters == {
        ("a", "w"): TOO_FEW,
        ("a", "x"): PROTECTS,
        ("a", "y"): SHOWN,
        ("a", "z"): SHOWN,
    }


def test_of_units_of_the_same_size_the_first_code_is_pooled():
    decided = decide(("a", "y", 9, 9, 9), ("a", "x", 9, 9, 9), ("a", "z", 9, 9, 9), ("a", "", 1, 1, 1))
    assert [unit for unit in "xyz" if decided.unit_quarters["a", unit] is SHOWN] == ["y", "z"]


def test_of_municipalities_of_the_same_size_the_first_code_protects():
    decided = decide(("c", "", 3, 0, 0), ("b", "", 20, 0, 0), ("a", "", 20, 0, 0))
    assert [area for area in "abc" if decided.municipality_months[area, 0] is SHOWN] == ["b"]


def test_units_of_a_hidden_quarter_are_hidden():
    decided = decide(
        ("a", "x", 20, 20, 3), ("a", "y", 20, 20, 0), ("b", "", 90, 90, 90), ("c", "", 60, 60, 60)
    )
    assert decided.municipality_quarters["a"] is PROTECTS
    assert decided.unit_quarters == {("a", "x"): PROTECTS, ("a", "y"): PROTECTS}


def test_a_county_with_too_few_people_is_hidden_whole():
    decided = decide(("a", "", 2, 1, 1), ("b", "", 1, 2, 2))
    assert decided.county_quarter is TOO_FEW
    assert set(decided.county_months.values()) == {TOO_FEW}
    assert set(decided.municipality_quarters.values()) == {TOO_FEW}


@pytest.mark.parametrize("table", [[], [("a", "", 0, 0, 0)]])
def test_nobody_is_neither_shown_nor_hidden(table):
    assert decide(*table) == Decided({}, {}, {}, NOBODY, {})


def test_ten_people_are_shown_and_nine_are_not():
    assert decide(("a", "", 10, 0, 0)).county_quarter is SHOWN
    assert decide(("a", "", 9, 0, 0)).county_quarter is TOO_FEW


def test_what_was_shown_stays_as_it_was_even_if_it_would_be_decided_otherwise():
    seen = Seen(frozenset({("a", 0)}), frozenset())
    decided = decide(("a", "", 30, 30, 30), ("b", "", 30, 30, 30), seen=seen)
    assert decided.municipality_months["a", 0] is SHOWN
    assert decided.municipality_months["b", 0] is PROTECTS
    assert decided.county_months[0] is PROTECTS


def test_nothing_is_added_to_what_already_gives_somebody_away():
    seen = Seen(frozenset({("b", 0)}), frozenset({0}))
    block = build(("a", "", 3, 30, 30), ("b", "", 30, 30, 30))
    decided = decide_county_quarter(block, threshold=10, seen=seen)
    assert list_shown(block, decided) == {("month", "b", 0), ("county month", 0)}


@pytest.mark.parametrize(
    ("wrong", "threshold"),
    [
        (build(("a", "", 1, 1, 1)), 4),
        (build(("a", "", 1, -1, 1)), 5),
        (build(("a", "", 1, 1, 1), closed=2), 5),
        (build(("a", "", 1, 1, 1), closed=4), 5),
        (build(("a", "", 1, 1, 1), ("a", "", 1, 1, 1)), 5),
        (CountyQuarter(("a",), ("",), np.zeros((1, 4), dtype=np.int64), 3), 5),
    ],
)
def test_a_quarter_that_cannot_be_is_refused(wrong, threshold):
    with pytest.raises(ValueError, match=r"[.:]"):
        decide_county_quarter(wrong, threshold=threshold)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([SHOWN, SHOWN], SHOWN),
        ([SHOWN, NOBODY], SHOWN),
        ([NOBODY, NOBODY], NOBODY),
        ([], NOBODY),
        ([SHOWN, TOO_FEW], PROTECTS),
        ([TOO_FEW, TOO_FEW, NOBODY], TOO_FEW),
        ([TOO_FEW, PROTECTS], PROTECTS),
        ([PROTECTS], PROTECTS),
    ],
)
def test_a_longer_period_is_shown_when_every_part_with_people_is(parts, expected):
    assert decide_sum(parts) == expected


# Laws


@settings(max_examples=500, deadline=None)
@given(quarters(), thresholds)
@example(build(("a", "", 3, 20, 20), ("b", "", 20, 3, 20), ("c", "", 20, 20, 3)), 10)
@example(build(("a", "x", 18, 0, 0), ("a", "y", 2, 20, 20)), 10)
def test_nobody_can_be_isolated_by_all_that_three_closings_show(block, threshold):
    last = close_months(block, threshold=threshold)[-1]
    smallest = find_smallest_by_trying(stack(list_figures(block, last)[0], block), block.people.ravel())
    assert smallest is None or smallest >= threshold


@settings(max_examples=200, deadline=None)
@given(quarters(), thresholds)
def test_closing_month_by_month_shows_what_is_foreseen_and_takes_nothing_back(block, threshold):
    closings = close_months(block, threshold=threshold)
    assert closings[-1] == decide_county_quarter(block, threshold=threshold)
    for earlier, later in pairwise(closings):
        assert earlier.municipality_months.items() <= later.municipality_months.items()
        assert earlier.county_months.items() <= later.county_months.items()


@settings(max_examples=200, deadline=None)
@given(
    quarters(),
    thresholds,
    st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from([0, 1]))),
    st.booleans(),
)
def test_whatever_was_seen_nothing_is_added_that_isolates(block, threshold, months, county):
    """What was seen may have been decided on other counts, such as those before answers were taken back."""
    seen = Seen(frozenset(months), frozenset({0, 1} if county else ()))
    decided = decide_county_quarter(block, threshold=threshold, seen=seen)
    before = replace(
        decided,
        municipality_months={cell: r for cell, r in decided.municipality_months.items() if cell[1] < 2},
        county_months={month: r for month, r in decided.county_months.items() if month < 2},
        municipality_quarters={},
        county_quarter=NOBODY,
        unit_quarters={},
    )
    earlier, now = (
        find_smallest_by_trying(stack(list_figures(block, d)[0], block), block.people.ravel())
        for d in (before, decided)
    )
    if earlier is None or earlier >= threshold:
        assert now is None or now >= threshold
    else:
        assert list_shown(block, decided) == list_shown(block, before)


@settings(max_examples=200, deadline=None)
@given(quarters(), thresholds, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(block, threshold, random):
    order = random.sample(range(len(block.areas)), len(block.areas))
    shuffled = CountyQuarter(
        tuple(block.areas[i] for i in order), tuple(block.units[i] for i in order), block.people[order], 3
    )
    assert decide_county_quarter(shuffled, threshold=threshold) == decide_county_quarter(
        block, threshold=threshold
    )


@settings(max_examples=200, deadline=None)
@given(quarters(), thresholds, st.integers(1, 8))
def test_a_higher_threshold_shows_the_same_or_less(block, threshold, more):
    low, high = (close_months(block, threshold=k) for k in (threshold, threshold + more))
    for at_low, at_high in zip(low, high, strict=True):
        assert list_shown(block, at_high) <= list_shown(block, at_low)


@settings(max_examples=200, deadline=None)
@given(quarters(), thresholds)
def test_a_reason_tells_small_cells_from_those_that_protect_them(block, threshold):
    decided = decide_county_quarter(block, threshold=threshold)
    sizes = {name: row @ block.people.ravel() for name, row in list_figures(block, decided)[1]}
    reasons = {
        **{("month", *cell): reason for cell, reason in decided.municipality_months.items()},
        **{("quarter", area): reason for area, reason in decided.municipality_quarters.items()},
        **{("unit", *cell): reason for cell, reason in decided.unit_quarters.items()},
    }
    for name in sizes.keys() & reasons.keys():
        assert (reasons[name] is TOO_FEW) == (sizes[name] < threshold)


@settings(max_examples=60, deadline=None)
@given(quarters(), thresholds, st.booleans())
def test_what_has_too_few_people_can_be_any_of_as_many_counts_as_the_threshold(block, threshold, rounded):
    """Bounds by linear programming, from counts rounded to 5, and even from the exact counts."""
    shown, hidden = list_figures(block, decide_county_quarter(block, threshold=threshold))
    small = [figure for figure in hidden if figure[1] @ block.people.ravel() < threshold]
    bounds = bound_hidden_counts(
        stack(shown, block), block.people.ravel(), stack(small, block), threshold=threshold, rounded=rounded
    )
    assert not [width for low, high in bounds if (width := high - low) < threshold - 1e-6]
