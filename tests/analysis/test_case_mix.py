"""Adjusted means are what least squares on individuals gives, and the mix of all is left as it is."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analysis.case_mix import LEAST_PER_COEFFICIENT, adjust_means

counts = arrays.arrays(np.int64, (4, 3, 2), elements=st.integers(0, 12))
effects = arrays.arrays(np.float64, (4, 3, 2), elements=st.floats(0, 100))


def make_individuals():
    """Rows of (municipality, age, who, score): the old and residents answer more kindly."""
    random = np.random.default_rng(3)
    unit, age, who = random.integers(0, 5, 400), random.integers(0, 4, 400), random.integers(0, 2, 400)
    unit = np.where((age == 3) & (random.random(400) < 0.6), 0, unit)
    return unit, age, who, 50 + 3.0 * unit + 4.0 * age - 6.0 * who + random.normal(0, 10, 400)


def add_up(unit, age, who, scores, shape=(5, 4, 2)):
    n, total = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    np.add.at(n, (unit, age, who), 1)
    np.add.at(total, (unit, age, who), scores)
    return n, total


def fit_individuals(unit, age, who, scores):
    """statsmodels' least squares with a column for each municipality, age 1-3 and who 1; adjusted means."""
    columns = [unit == u for u in range(5)] + [age == a for a in range(1, 4)] + [who == 1]
    design = np.array(columns, dtype=float).T
    betas = sm.OLS(scores, design).fit().params[5:]
    mixes = np.array([design[unit == u, 5:].mean(axis=0) for u in range(5)])
    raw = np.array([scores[unit == u].mean() for u in range(5)])
    return betas, raw - (mixes - design[:, 5:].mean(axis=0)) @ betas


def test_cell_means_give_the_coefficients_of_individuals():
    rows = make_individuals()
    betas, adjusted = fit_individuals(*rows)
    found = adjust_means(*add_up(*rows))
    assert found.betas[0] - found.betas[0][0] == pytest.approx([0, *betas[:3]], abs=1e-8)
    assert found.betas[1] - found.betas[1][0] == pytest.approx([0, betas[3]], abs=1e-8)
    assert found.adjusted == pytest.approx(adjusted, abs=1e-8)
    assert found.raw == pytest.approx([rows[3][rows[0] == u].mean() for u in range(5)])


def test_a_municipality_with_kinder_people_comes_down_to_what_its_care_gives():
    n = np.array([[[20], [80]], [[80], [20]]])
    total = n * np.array([[[60.0], [80.0]], [[60.0], [80.0]]])
    found = adjust_means(n, total)
    assert found.raw == pytest.approx([76, 64])
    assert found.adjusted == pytest.approx([70, 70])


def test_an_adjuster_of_one_category_takes_nothing_out():
    n = np.array([[[20, 0]], [[80, 0]]])
    found = adjust_means(n, n * np.array([[[60.0, 0]], [[80.0, 0]]]))
    assert found.adjusted == pytest.approx(found.raw)
    assert found.betas[1] == pytest.approx([0, np.nan], nan_ok=True)


def test_an_adjuster_that_varies_only_between_municipalities_takes_nothing_out():
    n = np.array([[50, 0], [50, 0], [0, 50]])
    found = adjust_means(n, n * np.array([[60.0, 0], [70.0, 0], [0, 90.0]]))
    assert found.adjusted == pytest.approx([60, 70, 90])


def test_adjusters_that_say_the_same_thing_give_what_one_of_them_gives():
    n = np.array([[20, 80], [80, 20]])
    total = n * np.array([[60.0, 80.0], [60.0, 80.0]])
    twice = np.zeros((2, 2, 2), dtype=np.int64)
    twice[:, [0, 1], [0, 1]] = n
    totals = np.zeros((2, 2, 2))
    totals[:, [0, 1], [0, 1]] = total
    assert adjust_means(twice, totals).adjusted == pytest.approx(adjust_means(n, total).adjusted)


def test_a_municipality_without_answers_has_no_mean():
    n = np.array([[20, 80], [0, 0], [80, 20]])
    found = adjust_means(n, n * 60.0)
    assert np.isnan([found.raw[1], found.adjusted[1]]).all()
    assert found.adjusted[[0, 2]] == pytest.approx(60)


def test_too_little_data_gives_nothing():
    least = 2 + LEAST_PER_COEFFICIENT
    n = np.array([[3, 3], [3, least - 9]])
    assert adjust_means(n, n * 60.0) is not None
    n[1, 1] -= 1
    assert adjust_means(n, n * 60.0) is None
    assert adjust_means(np.array([[500, 500], [0, 0]]), np.array([[500.0, 500.0], [0, 0]])) is None


def test_tables_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        adjust_means(np.ones((2, 2), dtype=np.int64), np.ones((2, 3)))
    with pytest.raises(ValueError, match="do not fit"):
        adjust_means(np.ones(2, dtype=np.int64), np.ones(2))


@given(counts, effects)
def test_the_mean_of_all_respondents_stays(n, means):
    found = adjust_means(n, n * means)
    if found is not None:
        answers = n.sum(axis=(1, 2))
        some = answers > 0
        kept = (answers * found.adjusted)[some].sum()
        assert kept == pytest.approx((answers * found.raw)[some].sum(), abs=1e-6)


@given(counts, effects, st.floats(-50, 50))
def test_points_added_to_one_municipality_are_added_to_its_adjusted_mean_only(n, means, points):
    found = adjust_means(n, n * means)
    if found is not None:
        moved = means.copy()
        moved[0] += points
        expected = found.adjusted + points * (np.arange(4) == 0)
        assert adjust_means(n, n * moved).adjusted == pytest.approx(expected, abs=1e-6, nan_ok=True)


@given(st.integers(20, 200), st.floats(0, 100), st.floats(0, 100))
def test_the_same_mix_everywhere_changes_nothing(size, one, other):
    n = np.array([[size, 2 * size], [2 * size, 4 * size]])
    found = adjust_means(n, n * np.array([[one, 50.0], [other, 70.0]]))
    assert found.adjusted == pytest.approx(found.raw)
