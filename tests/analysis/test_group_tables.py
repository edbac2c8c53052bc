"""Nobody can be isolated by a group variable and the totals beside it."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.disclosure import HiddenReason, NoAnswers
from analysis.group_tables import GroupsDecided, decide_group_table
from tests.analysis.attacker import find_smallest_by_trying

TOO_FEW, PROTECTS, SHOWN, NOBODY = HiddenReason.TOO_FEW, HiddenReason.PROTECTS_ANOTHER, None, NoAnswers()
LEAST = 12  # in the laws, so that small tables show something

counts = st.integers(0, 12) | st.integers(8, 40)
thresholds = st.integers(5, 13)


@st.composite
def tables(draw):
    """Arguments of `decide_group_table` up to the threshold, of at most 14 atoms."""
    rows, columns = draw(st.sampled_from([(0, 3), (1, 6), (2, 2), (2, 5), (3, 4), (4, 3), (6, 2)]))
    yes = st.booleans()
    people = np.array([[draw(counts) for _ in range(columns)] for _ in range(rows)], dtype=np.int64)
    known = np.array([draw(yes) for _ in range(rows)], dtype=bool)
    may_show = [draw(st.sampled_from([True, True, False])) for _ in range(columns - 1)]
    return people.reshape(rows, columns), known, draw(yes), may_show


def list_sums(people, known, county_known, decided):
    """What is shown of a table, as sums over municipality x value."""
    row, column = np.indices(people.shape)
    sums = [row == i for i in np.flatnonzero(known)] + [np.ones_like(row, dtype=bool)] * int(county_known)
    for i, reasons in enumerate(decided.municipalities):
        sums += [(row == i) & (column == v) for v, reason in enumerate(reasons) if reason is SHOWN]
    sums += [column == v for v, reason in enumerate(decided.county) if reason is SHOWN]
    return np.array(sums, dtype=int).reshape(len(sums), people.size)


def list_shown(decided):
    return np.array([[r is SHOWN for r in row] for row in (*decided.municipalities, decided.county)])


def hide_all(people):
    hidden = (PROTECTS,) * (people.shape[1] - 1)
    return GroupsDecided((hidden,) * len(people), hidden)


@pytest.mark.parametrize(
    ("people", "known", "county_known", "may_show", "expected", "county"),
    [
        pytest.param([[40, 50, 20]], [1], 1, [1, 1], [[None, None]], [None, None], id="the rest is large"),
        pytest.param(
            [[40, 50, 9]], [1], 1, [1, 1], [[PROTECTS, None]], [PROTECTS, None], id="the rest is not"
        ),
        pytest.param([[40, 50, 0]], [1], 1, [1, 1], [[None, None]], [None, None], id="there is no rest"),
        pytest.param([[40, 50, 9]], [0], 0, [1, 1], [[None, None]], [None, None], id="no total is known"),
        pytest.param([[29, 50, 20]], [1], 1, [1, 1], [[TOO_FEW, None]], [TOO_FEW, None], id="fewer than 30"),
        pytest.param([[0, 50, 20]], [1], 1, [1, 1], [[NOBODY, None]], [NOBODY, None], id="nobody"),
        pytest.param([[40, 50, 20]], [1], 1, [0, 1], [[PROTECTS, None]], [PROTECTS, None], id="never alone"),
        pytest.param(
            [[40, 90], [40, 90], [3, 90]],
            [1, 1, 1],
            1,
            [1],
            [[PROTECTS], [None], [TOO_FEW]],
            [None],
            id="subtraction",
        ),
    ],
)
def test_a_value_is_shown_when_it_and_what_it_leaves_are_large(
    people, known, county_known, may_show, expected, county
):
    decided = decide_group_table(np.array(people), known, bool(county_known), may_show, 10)
    assert decided == GroupsDecided(tuple(tuple(row) for row in expected), tuple(county))


def test_a_total_that_only_a_lower_audience_sees_hides_nothing():
    people = np.array([[40, 50, 20], [2, 3, 2], [3, 2, 2]])
    decided = decide_group_table(people, [True, True, True], True, [True] * 2, 10)
    assert decided == decide_group_table(people, [True, False, False], True, [True] * 2, 10)
    assert list_shown(decided).any()


def test_nothing_is_shown_where_the_audience_below_sees_nothing():
    people = np.array([[40, 50, 20], [70, 80, 30]])
    free = decide_group_table(people, [False] * 2, False, [True] * 2, 10)
    assert list_shown(free).all()
    within = decide_group_table(people, [False] * 2, False, [True] * 2, 10, within=hide_all(people))
    assert not list_shown(within).any()


@pytest.mark.parametrize(
    ("people", "known", "may_show", "threshold"),
    [
        ([[40, 50]], [True], [True], 4),
        ([[40, -1]], [True], [True], 5),
        ([[40, 50]], [True, True], [True], 5),
        ([[40, 50, 60]], [True], [True], 5),
    ],
)
def test_a_table_that_cannot_be_is_refused(people, known, may_show, threshold):
    with pytest.raises(ValueError, match=r"[.:]"):
        decide_group_table(np.array(people), known, True, may_show, threshold)


@settings(max_examples=300, deadline=None)
@given(tables(), thresholds)
def test_nobody_can_be_isolated_who_is_not_by_the_totals_alone(table, threshold):
    people, known, county_known, _ = table
    known, county_known = (
        known & (people.sum(axis=1) >= threshold),
        county_known and people.sum() >= threshold,
    )
    decided = decide_group_table(*table, threshold, least=LEAST)
    totals, everything = (
        find_smallest_by_trying(list_sums(people, known, county_known, d), people.ravel())
        for d in (hide_all(people), decided)
    )
    if totals is None or totals >= threshold:
        assert everything is None or everything >= threshold
    else:
        assert not list_shown(decided).any()


@settings(max_examples=150, deadline=None)
@given(tables(), thresholds)
def test_no_shown_value_has_too_few_people_or_must_not_be_shown(table, threshold):
    people, _, _, may_show = table
    decided = decide_group_table(*table, threshold, least=LEAST)
    sizes = np.concatenate([people, people.sum(axis=0, keepdims=True)])[:, :-1]
    shown = list_shown(decided)
    assert (sizes[shown] >= max(threshold, LEAST)).all()
    assert not shown[:, ~np.array(may_show)].any()


@settings(max_examples=150, deadline=None)
@given(tables(), thresholds, st.integers(1, 8))
@example(
    (np.array([[16, 9, 9], [5, 21, 20], [15, 18, 13]]), np.ones(3, dtype=bool), True, [True, True]), 10, 4
)
def test_a_higher_threshold_shows_the_same_or_less(table, threshold, more):
    low, high = (
        list_shown(decide_group_table(*table, k, least=LEAST)) for k in (threshold, threshold + more)
    )
    assert not (high & ~low).any()


@settings(max_examples=150, deadline=None)
@given(tables(), thresholds, st.integers(1, 8), st.data())
def test_within_what_others_see_a_higher_threshold_shows_the_same_or_less_whatever_is_known(
    table, threshold, more, data
):
    people, known, county_known, may_show = table
    low = decide_group_table(*table, threshold, least=LEAST)
    fewer = [is_known and data.draw(st.booleans()) for is_known in known]
    high = decide_group_table(people, fewer, county_known, may_show, threshold + more, LEAST, within=low)
    assert not (list_shown(high) & ~list_shown(low)).any()
