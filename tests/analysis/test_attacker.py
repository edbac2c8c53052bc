"""The attacker of the tests can attack: it finds what unprotected figures give away, and nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.attacker import (
    bound_hidden_counts,
    find_group_by_programme,
    find_null_space,
    find_smallest_by_trying,
    read_interval,
)

COUNTY = [1, 1, 1]


@pytest.mark.parametrize(
    ("sums", "people", "expected"),
    [
        ([COUNTY, [0, 1, 0], [0, 0, 1]], [3, 12, 25], 3),
        ([COUNTY, [0, 0, 1]], [3, 12, 25], 15),
        ([COUNTY], [3, 0, 0], 3),
        ([COUNTY], [0, 0, 0], None),
        (np.zeros((0, 3)), [3, 12, 25], None),
        ([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [2, 9, 9], 2),  # only halves of the sums give it
    ],
)
def test_the_smallest_computable_group_is_found(sums, people, expected):
    assert find_smallest_by_trying(np.array(sums), people) == expected
    found = find_group_by_programme(np.array(sums), people, most=expected or 99)
    assert (found is None) == (expected is None)
    if expected and expected > 1:
        assert find_group_by_programme(np.array(sums), people, most=expected - 1) is None


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_programme_finds_a_group_where_trying_finds_one(data):
    atoms, figures = data.draw(st.integers(1, 7)), data.draw(st.integers(1, 7))
    bits = st.lists(st.integers(0, 1), min_size=atoms, max_size=atoms)
    sums = np.array([data.draw(bits) for _ in range(figures)])
    people = np.array(data.draw(st.lists(st.integers(0, 9), min_size=atoms, max_size=atoms)))
    smallest = find_smallest_by_trying(sums, people)
    found = find_group_by_programme(sums, people, most=9)
    assert (found is not None) == (smallest is not None and smallest <= 9)


def test_what_the_figures_leave_open_adds_up_to_nothing_in_every_figure():
    sums = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]])
    basis = find_null_space(sums)
    assert basis.shape == (4, 1)
    assert not (sums @ basis).any()


def test_too_many_atoms_are_refused_and_not_passed_as_safe():
    with pytest.raises(ValueError, match="too many"):
        find_smallest_by_trying(np.ones((1, 20)), [1] * 20)


@pytest.mark.parametrize(("rounded", "expected"), [(10, (10, 12)), (15, (13, 17)), (40, (38, 42))])
def test_a_rounded_count_stands_for_five_counts_and_at_least_the_threshold(rounded, expected):
    assert read_interval(rounded, threshold=10) == expected


@pytest.mark.parametrize(
    ("rounded", "expected"),
    [
        (False, [[3, 3], [40, 40]]),
        (True, [[0, 9], [38, 42]]),  # 38..42 less 10..12 less 23..27
    ],
)
def test_hidden_counts_are_bounded_by_the_shown_ones(rounded, expected):
    sums, hidden = np.array([COUNTY, [0, 1, 0], [0, 0, 1]]), np.array([[1, 0, 0], COUNTY])
    bounds = bound_hidden_counts(sums, [3, 12, 25], hidden, threshold=10, rounded=rounded)
    assert bounds == pytest.approx(np.array(expected))


def test_a_count_that_nothing_bounds_can_be_any():
    bounds = bound_hidden_counts(np.array([[0, 1]]), [3, 12], np.array([[1, 0]]), threshold=10)
    assert bounds.tolist() == [[0, np.inf]]
