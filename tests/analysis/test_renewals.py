"""Does no growing count give away a few people, by what was told of it or of its county before?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.renewals import MOST_TELLINGS, count_new, decide_renewal
from tests.analysis.attacker import find_group_by_programme, find_smallest_by_trying

K = 10


def decide(people, told=(), may_tell=None, threshold=K):
    counts = np.array(people)
    before = np.array(told, bool).reshape(len(counts), counts.shape[1] - 1)
    may = np.ones(len(counts), bool) if may_tell is None else np.array(may_tell, bool)
    found = decide_renewal(counts, before, may, threshold=threshold)
    return None if found is None else found.tolist()


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ([10], [True]),
        ([9], None),
        ([0], [True]),
        ([10, 10], [True, True]),
        ([9, 10], [False, False]),
        ([4, 5], None),
        ([9, 10, 11], [False, False, True]),
        ([4, 6, 11], [False, False, True]),
        ([5, 6, 11], [False, False, True]),
        ([5, 4, 11, 12], [False, False, False, True]),
        ([0, 10, 12], [True, True, True]),
        ([0, 0], [True, True]),
    ],
)
def test_what_is_told_first(new, told):
    assert decide([[n] for n in new]) == told


@pytest.mark.parametrize(
    ("then", "told_then", "now", "told"),
    [
        (20, True, 10, True),
        (20, True, 9, False),
        (20, True, 0, True),
        (4, False, 6, True),
        (4, False, 5, False),
    ],
)
def test_what_came_since_a_municipality_was_told_is_nobody_or_enough(then, told_then, now, told):
    """The other two municipalities are large, and as many answer every time."""
    assert decide([[then, now], [50, 50], [12, 50]], [[told_then], [True], [False]])[0] is told


def test_nothing_is_told_when_too_few_are_new_in_the_whole_county():
    assert decide([[20, 4], [20, 5]], [[True], [True]]) is None
    assert decide([[20, 0], [20, 10]], [[True], [True]]) == [True, True]


def test_a_municipality_that_may_not_be_told_hides_among_another():
    assert decide([[3], [20], [30]], may_tell=[False, True, True]) == [False, False, True]
    assert decide([[10], [20], [30]], may_tell=[False, True, True]) == [False, True, True]


def test_when_what_was_told_gives_somebody_away_nothing_is_added():
    assert decide([[3, 40], [20, 40]], [[False], [True]]) is None


def test_new_are_those_since_a_municipality_was_told():
    people = np.array([[1, 2, 4], [1, 2, 4], [1, 2, 4], [1, 2, 4]])
    told = np.array([[False, False], [True, False], [False, True], [True, True]])
    assert count_new(people, told).tolist() == [7, 6, 4, 4]


@pytest.mark.parametrize(
    ("people", "told", "may_tell"),
    [
        (np.ones((2, 2), int), np.ones((2, 2), bool), np.ones(2, bool)),
        (np.ones((2, 2), int), np.ones((2, 1), bool), np.ones(3, bool)),
        (np.array([[1, -1]]), np.ones((1, 1), bool), np.ones(1, bool)),
    ],
)
def test_what_does_not_fit_is_told(people, told, may_tell):
    with pytest.raises(ValueError, match="municipalities x columns"):
        decide_renewal(people, told, may_tell, threshold=K)


def test_a_county_that_was_told_as_often_as_can_be_searched_is_left():
    people = np.full((2, MOST_TELLINGS + 1), 20)
    with pytest.raises(ValueError, match="leave the counts"):
        decide_renewal(people, np.ones((2, MOST_TELLINGS), bool), np.ones(2, bool), threshold=K)
    assert decide(people[:, 1:], np.ones((2, MOST_TELLINGS - 1), bool)) == [True, True]


# Attacked


def tell_again_and_again(arrivals, may_tell, threshold):
    """What becomes of a county, told at the end of each month when it may be: people and who was told."""
    areas = len(may_tell)
    people, told = np.zeros((areas, 0), int), np.zeros((areas, 0), bool)
    waiting = np.zeros((areas, 1), int)
    for month in arrivals:
        waiting = waiting + np.array(month)[:, None]
        full = np.concatenate([people, waiting], axis=1)
        now = decide_renewal(full, told, np.array(may_tell), threshold=threshold)
        if now is not None:
            people, told = full, np.column_stack([told, now])
            waiting = np.zeros((areas, 1), int)
    return people, told


def list_figures(told):
    """Every figure that was told as a sum of atoms (municipality, column): the counties' and the others'."""
    areas, columns = told.shape
    figures = []
    for column in range(columns):
        until = np.arange(columns) <= column
        figures.append(np.tile(until, areas))
        for area in np.flatnonzero(told[:, column]):
            figures.append(((np.arange(areas) == area)[:, None] & until).ravel())
    return np.array(figures, dtype=int).reshape(len(figures), areas * columns)


small = st.integers(0, 14)


@given(
    st.lists(st.lists(small, min_size=3, max_size=3), min_size=1, max_size=4),
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.sampled_from([5, 10]),
)
def test_an_attacker_who_tries_every_group_finds_nobody(arrivals, may_tell, threshold):
    people, told = tell_again_and_again(arrivals, may_tell, threshold)
    smallest = find_smallest_by_trying(list_figures(told), people.ravel())
    assert smallest is None or smallest >= threshold


@pytest.mark.parametrize("seed", range(6))
def test_an_attacker_with_an_integer_programme_finds_nobody_in_a_whole_county(seed):
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 25, 13)
    people, told = tell_again_and_again(random.poisson(sizes, (6, 13)), [True] * 13, K)
    assert told.mean() > 0.5
    assert find_group_by_programme(list_figures(told), people.ravel(), most=K - 1) is None


def test_the_attacker_finds_those_who_are_told_without_protection():
    arrivals = np.random.default_rng(1).poisson(6, (3, 4))
    assert find_smallest_by_trying(list_figures(np.ones((4, 3), bool)), arrivals.T.ravel()) < K
