"""A cell's mean, interval and spread from its three sums."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from analysis.estimates import (
    Estimate,
    Statistics,
    estimate_mean,
    estimate_means,
    estimate_shares,
    estimate_weighted,
)
from analysis.intervals import bound_mean
from analysis.scores import POSITIVE_FROM

WILSON = json.loads((Path(__file__).parent / "cases" / "shares.json").read_text(encoding="utf-8"))["wilson"]

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


# Weighted means and shares

SCORES = [0, 25, 50, 75, 100, 62.5, 87.5, 100, 50, 25, 75, 75]
WEIGHTS = [1.6] * 4 + [0.7] * 5 + [1.1] * 3
STRATA = [0] * 4 + [1] * 5 + [2] * 3

cells_of_scores = st.lists(
    st.tuples(st.sampled_from([0.0, 12.5, 25.0, 33.3, 50.0, 66.7, 75.0, 100.0]), st.integers(0, 3)),
    min_size=1,
    max_size=60,
)
four_weights = st.lists(st.floats(0.1, 5), min_size=4, max_size=4)


def sum_strata(scores, strata, number=4):
    """n, total and squares of one cell and one measure, (1, strata, 1)."""
    n = np.bincount(strata, minlength=number)
    total = np.bincount(strata, weights=scores, minlength=number)
    squares = np.bincount(strata, weights=np.square(scores), minlength=number)
    return n[None, :, None], total[None, :, None], squares[None, :, None]


def estimate_one(scores, strata, weights):
    found = estimate_weighted(*sum_strata(scores, strata, len(weights)), np.array([weights], dtype=float))
    return {name: getattr(found, name).item() for name in vars(found)}


def share_one(scores, strata, weights):
    n = sum_strata(scores, strata, len(weights))[0]
    positive = [stratum for score, stratum in zip(scores, strata, strict=True) if score >= POSITIVE_FROM]
    counts = np.bincount(np.array(positive, dtype=int), minlength=len(weights))[None, :, None]
    found = estimate_shares(counts, n, np.array([weights], dtype=float))
    return {name: getattr(found, name).item() for name in vars(found)}


def test_a_weighted_mean_has_the_linearised_interval():
    """Numbers from samplics 0.6.1, TaylorEstimator(PopParam.mean) with sampling weights and one stratum."""
    found = estimate_one(SCORES, STRATA, [1.6, 0.7, 1.1])
    assert found["mean"] == pytest.approx(53.97727272727274, abs=1e-6)
    assert found["error"] == pytest.approx(9.862387057105996, abs=1e-6)
    assert (found["low"], found["high"]) == pytest.approx((32.27030517150259, 75.6842402830429), abs=1e-6)


def test_a_weighted_mean_tells_what_the_weights_cost():
    found = estimate_one(SCORES, STRATA, [1.6, 0.7, 1.1])
    assert (found["n"], found["largest"]) == (12, 1.6)
    assert found["n_effective"] == pytest.approx(sum(WEIGHTS) ** 2 / sum(w**2 for w in WEIGHTS))
    assert found["raw"] == pytest.approx(sum(SCORES) / 12)
    assert found["sd"] == pytest.approx(np.std(SCORES, ddof=1))


def test_a_weighted_share_is_wilsons_at_the_effective_number():
    """The share from samplics 0.6.1, TaylorEstimator(PopParam.prop); its interval from statsmodels."""
    found = share_one(SCORES, STRATA, [1.6, 0.7, 1.1])
    effective = 13.2**2 / (4 * 1.6**2 + 5 * 0.7**2 + 3 * 1.1**2)
    assert found["share"] == pytest.approx(0.4469696969696971, abs=1e-6)
    assert (found["n"], found["raw"], found["n_effective"]) == (12, 0.5, pytest.approx(effective))
    expected = proportion_confint(0.4469696969696971 * effective, effective, method="wilson")
    assert (found["low"], found["high"]) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("case", [case for case in WILSON if case["level"] == 0.95])
def test_an_unweighted_share_is_the_reference_cases(case):
    counts, n = np.array([[[case["positive"]]]]), np.array([[[case["n"]]]])
    found = estimate_shares(counts, n, np.array([[0.4]]))
    assert (found.low.item(), found.high.item()) == pytest.approx((case["low"], case["high"]), abs=1e-6)


def test_a_cell_without_answers_is_never_a_number():
    means, shares = estimate_one([], [], [1, 1]), share_one([], [], [1, 1])
    assert means.pop("n") == shares.pop("n") == 0
    assert all(math.isnan(value) for value in [*means.values(), *shares.values()])


def test_a_single_answer_has_a_mean_and_nothing_around_it_however_it_is_weighted():
    found = estimate_one([80], [1], [1, 2.5])
    assert (found["n"], found["mean"], found["raw"], found["largest"]) == (1, 80, 80, 2.5)
    assert found["n_effective"] == pytest.approx(1)
    assert all(math.isnan(found[name]) for name in ("sd", "error", "low", "high"))
    share = share_one([80], [1], [1, 2.5])
    assert (share["share"], share["n_effective"]) == (1, 1)
    assert share["low"] < share["high"] == pytest.approx(1)


def test_weighted_answers_all_alike_have_an_interval_without_width():
    found = estimate_one([66.7, 66.7, 66.7], [0, 1, 1], [0.3, 2.1])
    assert (found["low"], found["mean"], found["high"]) == pytest.approx((66.7, 66.7, 66.7))
    assert found["sd"] == found["error"] == 0


def test_many_cells_and_measures_at_once_stay_apart():
    one, other = sum_strata([50, 60, 70], [0, 1, 1]), sum_strata([100, 0], [0, 3])
    both = [
        np.concatenate([np.concatenate([a, b], 2), np.concatenate([b, a], 2)])
        for a, b in zip(one, other, strict=True)
    ]
    found = estimate_weighted(*both, np.array([[1.0, 2, 1, 1], [1, 1, 1, 3]]))
    assert found.mean == pytest.approx(np.array([[62, 50], [25, 60]]))
    assert found.n.tolist() == [[3, 2], [2, 3]]


def test_the_options_of_a_question_may_share_their_number_of_answers():
    found = estimate_shares(np.array([[[3, 2], [1, 4]]]), np.array([[[5], [5]]]), np.array([[1.0, 3.0]]))
    assert found.share.tolist() == [[pytest.approx(6 / 20), pytest.approx(14 / 20)]]


@pytest.mark.parametrize("weight", [0, -1, math.nan, math.inf])
def test_a_weight_that_is_not_above_zero_is_refused_unless_it_is_nobodys(weight):
    n, total, squares = sum_strata([50, 60], [0, 1], 2)
    with pytest.raises(ValueError, match="weight is not above 0"):
        estimate_weighted(n, total, squares, np.array([[1, weight]]))
    with pytest.raises(ValueError, match="weight is not above 0"):
        estimate_shares(n, n, np.array([[1, weight]]))
    n, total, squares = sum_strata([50, 60], [0, 0], 2)
    assert estimate_weighted(n, total, squares, np.array([[1, weight]])).mean.item() == 55


def test_sums_that_are_no_scores_are_refused():
    one = np.array([[[2]]])
    with pytest.raises(ValueError, match="outside 0-100"):
        estimate_weighted(one, one * 101.0, one * 101.0**2, np.ones((1, 1)))
    with pytest.raises(ValueError, match="does not fit its total"):
        estimate_weighted(one, one * 50.0, one * 10.0, np.ones((1, 1)))
    with pytest.raises(ValueError, match="outside 0 to n"):
        estimate_shares(one + 1, one, np.ones((1, 1)))


@given(cells_of_scores, st.floats(0.1, 10))
@settings(max_examples=200)
def test_equal_weights_give_students_interval(people, weight):
    scores, strata = [score for score, _ in people], [stratum for _, stratum in people]
    found = estimate_one(scores, strata, [weight] * 4)
    low, high = bound_mean(len(scores), sum(scores), sum(np.square(scores)))
    assert found["mean"] == pytest.approx(np.mean(scores), abs=1e-9)
    assert found["n_effective"] == pytest.approx(len(scores))
    expected = (np.clip(low, 0, 100), np.clip(high, 0, 100))
    assert (found["low"], found["high"]) == pytest.approx(expected, abs=1e-9, nan_ok=True)


@given(cells_of_scores, four_weights, st.floats(0.01, 100))
def test_only_the_proportions_of_the_weights_matter(people, weights, times):
    scores, strata = [score for score, _ in people], [stratum for _, stratum in people]
    found = estimate_one(scores, strata, weights)
    scaled = estimate_one(scores, strata, [times * w for w in weights])
    assert scaled.pop("largest") == pytest.approx(times * found.pop("largest"))
    assert scaled == pytest.approx(found, abs=1e-6, nan_ok=True)


@given(cells_of_scores, four_weights)
def test_the_sums_give_what_the_individuals_give(people, weights):
    scores, w = np.array([score for score, _ in people]), np.array([weights[s] for _, s in people])
    found = estimate_one(scores, [stratum for _, stratum in people], weights)
    mean = (w * scores).sum() / w.sum()
    assert found["mean"] == pytest.approx(mean)
    assert 1 - 1e-9 <= found["n_effective"] <= len(scores) + 1e-9
    if len(scores) > 1:
        variance = len(scores) / (len(scores) - 1) * (w**2 * (scores - mean) ** 2).sum() / w.sum() ** 2
        assert found["error"] == pytest.approx(math.sqrt(variance), abs=1e-6)
        assert 0 <= found["low"] <= found["mean"] + 1e-9
        assert found["mean"] - 1e-9 <= found["high"] <= 100


@given(cells_of_scores, four_weights)
def test_a_weighted_share_lies_in_its_interval_within_0_and_1(people, weights):
    found = share_one([score for score, _ in people], [stratum for _, stratum in people], weights)
    assert 0 <= found["low"] <= found["share"] + 1e-12
    assert found["share"] - 1e-12 <= found["high"] <= 1
