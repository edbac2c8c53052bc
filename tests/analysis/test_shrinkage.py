"""Small municipalities' means move towards the mean of all, as far as their answers warrant."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from statsmodels.stats.meta_analysis import combine_effects

from analysis.shrinkage import LEAST_MUNICIPALITIES, shrink_means

numbers = arrays.arrays(np.int64, (6, 3), elements=st.integers(0, 80))
means = arrays.arrays(np.float64, (6, 3), elements=st.floats(0, 100))
spreads = arrays.arrays(np.float64, (6, 3), elements=st.floats(0, 50))


def column(*values):
    return np.array(values)[:, None]


def simulate(municipalities, tau, times):
    """(truth, n, mean, sd) of municipalities with 3 to 59 answers each, many times over."""
    random = np.random.default_rng(11)
    n = random.integers(3, 60, (municipalities, times))
    truth = 60 + tau * random.normal(size=n.shape)
    mean = truth + 20 * random.normal(size=n.shape) / np.sqrt(n)
    return truth, n, mean, 20 * np.sqrt(random.chisquare(n - 1) / (n - 1))


def test_tau_and_the_overall_mean_are_paule_and_mandels():
    _, n, mean, sd = simulate(12, 6, 40)
    found = shrink_means(n, mean, sd)
    for at in range(40):
        within = ((n[:, at] - 1) * sd[:, at] ** 2).sum() / (n[:, at] - 1).sum()
        expected = combine_effects(mean[:, at], within / n[:, at], method_re="iterated")
        assert found.tau[at] ** 2 == pytest.approx(expected.tau2, abs=1e-3)
        assert found.overall[at] == pytest.approx(expected.mean_effect_re, abs=1e-4)


def test_a_known_case():
    """Four means of one variance: tau^2 is how they vary less that, and the pull is the same for all."""
    found = shrink_means(column(25, 25, 25, 25), column(50.0, 60, 70, 80), column(20.0, 20, 20, 20))
    tau2 = np.var([50, 60, 70, 80], ddof=1) - 16
    pull = 16 / (16 + tau2)
    assert found.tau[0] ** 2 == pytest.approx(tau2)
    assert found.pull[:, 0] == pytest.approx(pull)
    assert found.mean[0, 0] == pytest.approx(pull * 65 + (1 - pull) * 50)


def test_the_fewer_the_answers_the_stronger_the_pull():
    found = shrink_means(column(5, 50, 500, 50), column(90.0, 60, 70, 80), column(20.0, 20, 20, 20))
    assert found.pull[0, 0] > found.pull[1, 0] > found.pull[2, 0]
    assert found.pull[1, 0] == pytest.approx(found.pull[3, 0])


def test_weights_that_cost_answers_pull_more():
    n, mean, sd = column(40, 40, 40), column(50.0, 65, 80), column(20.0, 20, 20)
    plain, dearer = shrink_means(n, mean, sd), shrink_means(n, mean, sd, column(20.0, 40, 40))
    assert dearer.pull[0, 0] > plain.pull[0, 0]


def test_municipalities_that_differ_no_more_than_chance_are_given_the_overall_mean():
    found = shrink_means(column(10, 10, 20), column(60.0, 61, 62), column(20.0, 20, 20))
    assert found.tau[0] == 0
    assert found.mean[:, 0] == pytest.approx((60 * 10 + 61 * 10 + 62 * 20) / 40)
    assert (found.low < found.mean).all()
    assert (found.mean < found.high).all()


def test_a_municipality_of_one_answer_or_of_answers_all_alike_is_pulled_like_the_others_of_its_size():
    found = shrink_means(column(1, 8, 8, 100), column(100.0, 100, 60, 70), column(np.nan, 0.0, 25, 25))
    assert np.isfinite(found.mean).all()
    assert found.pull[1, 0] == pytest.approx(found.pull[2, 0])
    assert found.pull[0, 0] > found.pull[1, 0]


def test_no_answers_stay_no_answers():
    found = shrink_means(column(0, 20, 20, 20), column(np.nan, 50, 60, 80), column(np.nan, 20, 20, 20))
    assert np.isnan([found.mean[0, 0], found.low[0, 0], found.high[0, 0], found.pull[0, 0]]).all()
    assert np.isfinite(found.mean[1:]).all()


@pytest.mark.parametrize("answers", [(0, 0, 0), (20, 0, 0), (20, 20, 0)])
def test_fewer_than_three_municipalities_tell_nothing(answers):
    assert LEAST_MUNICIPALITIES == 3
    found = shrink_means(column(*answers), column(50.0, 60, 80), column(20.0, 20, 20))
    assert all(np.isnan(values).all() for values in vars(found).values())


def test_without_any_spread_nothing_says_how_far_a_mean_could_jump():
    found = shrink_means(column(20, 20, 20), column(50.0, 60, 80), column(0.0, 0, 0))
    assert all(np.isnan(values).all() for values in vars(found).values())
    found = shrink_means(column(1, 1, 1), column(50.0, 60, 80), column(np.nan, np.nan, np.nan))
    assert all(np.isnan(values).all() for values in vars(found).values())


@pytest.mark.parametrize("municipalities", [3, 8, 20])
@pytest.mark.parametrize("tau", [0, 3, 10])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(municipalities, tau):
    truth, n, mean, sd = simulate(municipalities, tau, 1500)
    found = shrink_means(n, mean, sd)
    assert ((found.low <= truth) & (truth <= found.high)).mean() > 0.92


def test_shrunk_means_come_nearer_the_truth_than_raw_means():
    truth, n, mean, sd = simulate(20, 5, 500)
    missed = np.square(shrink_means(n, mean, sd).mean - truth).mean()
    assert missed < 0.6 * np.square(mean - truth).mean()


@given(numbers, means, spreads)
@settings(max_examples=200)
def test_a_shrunk_mean_lies_between_the_raw_and_the_overall_mean(n, mean, sd):
    found = shrink_means(n, mean, sd)
    known = ~np.isnan(found.mean)
    ends = np.stack([mean, np.broadcast_to(found.overall, mean.shape)])
    assert (found.mean >= ends.min(axis=0) - 1e-6)[known].all()
    assert (found.mean <= ends.max(axis=0) + 1e-6)[known].all()
    assert ((found.pull >= 0) & (found.pull <= 1))[known].all()
    assert ((found.low >= 0) & (found.low <= found.mean + 1e-6))[known].all()
    assert ((found.high <= 100) & (found.high >= found.mean - 1e-6))[known].all()
    assert known[:, known.any(axis=0)].tolist() == (n > 0)[:, known.any(axis=0)].tolist()


@given(numbers, means, spreads)
def test_columns_do_not_touch_each_other(n, mean, sd):
    together = shrink_means(n, mean, sd)
    alone = shrink_means(n[:, :1], mean[:, :1], sd[:, :1])
    assert together.mean[:, :1] == pytest.approx(alone.mean, nan_ok=True, abs=1e-6)


@given(numbers, means, spreads, st.permutations(range(6)))
def test_the_order_of_the_municipalities_does_not_matter(n, mean, sd, order):
    found, turned = shrink_means(n, mean, sd), shrink_means(n[order], mean[order], sd[order])
    assert turned.mean == pytest.approx(found.mean[order], nan_ok=True, abs=1e-6)
