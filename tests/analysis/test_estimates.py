"""A cell's mean, interval and spread from its three sums."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimates import Estimate, Statistics, estimate_mean, estimate_means

samples = st.lists(
    st.sampled_from([0.0, 12.5, 25.0, 100 / 3, 50.0, 66.7, 75.0, 100.0]), min_size=1, max_size=60
)


def add_up(scores):
    return Statistics(len(scores), sum(scores), sum(score**2 for score in scores))


def test_a_cell_has_its_mean_interval_and_standard_deviation():
    estimate = estimate_mean(add_up([50, 60, 70]))
    half = 4.302653 * 10 / math.sqrt(3)
    assert (estimate.n, estimate.mean, estimate.sd) == (3, 60, 10)
    assert (estimate.low, estimate.high) == pytest.approx((60 - half, 60 + half))


def test_one_answer_has_a_mean_and_nothing_around_it():
    assert estimate_mean(add_up([75])) == Estimate(1, 75, None, None, None)


def test_answers_all_alike_have_an_interval_without_width():
    assert estimate_mean(add_up([75, 75, 75])) == Estimate(3, 75, 75, 75, 0)


def test_the_interval_stays_within_0_and_100():
    assert estimate_mean(add_up([0, 0, 50])).low == 0
    assert estimate_mean(add_up([100, 100, 50])).high == 100


def test_no_answers_make_no_estimate():
    with pytest.raises(ValueError, match="at least one answer"):
        estimate_mean(Statistics(0, 0, 0))
    assert estimate_means([]) == []


@pytest.mark.parametrize("score", [-0.1, 100.1])
def test_a_mean_outside_0_to_100_is_refused(score):
    with pytest.raises(ValueError, match="outside 0-100"):
        estimate_mean(add_up([score, score]))


@given(samples, samples)
def test_adding_sums_is_the_same_as_counting_everybody_at_once(some, others):
    apart, together = add_up(some) + add_up(others), add_up(some + others)
    assert apart.n == together.n
    assert (apart.total, apart.squares) == pytest.approx((together.total, together.squares))


@given(samples)
def test_a_wider_level_gives_a_wider_interval_around_the_same_mean(scores):
    narrow, wide = (estimate_mean(add_up(scores), level=level) for level in (0.8, 0.99))
    assert narrow.mean == wide.mean
    if len(scores) == 1:
        assert narrow.low is wide.low is None
    else:
        assert 0 <= wide.low <= narrow.low <= narrow.mean <= narrow.high <= wide.high <= 100


@given(st.lists(samples.map(add_up), max_size=20))
def test_many_cells_at_once_are_the_same_as_one_by_one(cells):
    assert estimate_means(cells) == [estimate_mean(cell) for cell in cells]
