"""Coefficients agree with independent software, and what cannot be said is said to be unknown."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.stats import multivariate_normal, norm
from statsmodels.regression.mixed_linear_model import MixedLM

from analysis.polychoric import FURTHEST, bound_both, correlate_options
from analysis.reliability import (
    ENOUGH,
    LEAST_RESPONDENTS,
    Reliability,
    WhyUnknown,
    correlate,
    correlate_ordinal,
    find_alpha,
    find_n_needed,
    find_omega,
    find_ordinal_alpha,
    find_unit_reliability,
    measure_covariance,
)

TINY = [[1, 2, 1], [2, 2, 3], [3, 3, 3], [4, 5, 4], [5, 4, 5], [3, 3, 2], [2, 1, 2], [4, 4, 5]]
SIXTY = """2222 2223 2232 0011 1121 1112 3032 4442 0021 1210 3210 1332 2233 1011 3331 3432 0122 1132 0000 2031
0100 2132 1121 2233 2241 1132 0100 1102 3331 3212 1010 2131 1102 2102 3333 2112 1122 3231 0312 0102
2122 1211 1201 4132 3334 0011 3123 3313 1111 4434 3231 1102 1233 3333 2142 2213 2332 2233 4433 2101"""
CODES = np.array([[int(code) for code in person] for person in SIXTY.split()])
STEPS = np.arange(5.0)

people = arrays.arrays(
    np.int64, st.tuples(st.integers(30, 60), st.integers(3, 5)), elements=st.integers(0, 4)
)


def count_pairs(answers, options=5):
    """The pairs' tables of people (rows) who chose options 0, 1, ... of each question (columns)."""
    items = answers.shape[1]
    tables = np.zeros((items, items, options, options), dtype=np.int64)
    for i in range(items):
        for j in range(items):
            np.add.at(tables[i, j], (answers[:, i], answers[:, j]), 1)
    return tables


def covary(answers):
    return measure_covariance(count_pairs(answers), np.tile(STEPS, (answers.shape[1], 1)))


# From counts to covariances


def test_the_pairs_counts_give_the_covariance_of_the_answers():
    covariance, n = covary(CODES)
    assert n == 60
    assert covariance == pytest.approx(np.cov(CODES.T))
    assert correlate(covariance) == pytest.approx(np.corrcoef(CODES.T))


def test_a_reversed_question_is_reversed_by_its_scores():
    scores = np.array([STEPS, STEPS[::-1], STEPS, STEPS])
    covariance, _ = measure_covariance(count_pairs(CODES), scores)
    assert covariance[0, 1] == pytest.approx(-np.cov(CODES.T)[0, 1])


def test_pairs_of_different_people_are_refused():
    tables = count_pairs(CODES)
    tables[0, 1, 0, 0] += 1
    for find in (find_ordinal_alpha, lambda them: measure_covariance(them, np.tile(STEPS, (4, 1)))):
        with pytest.raises(ValueError, match="not of the same people"):
            find(tables)


def test_nobody_has_no_covariance():
    covariance, n = measure_covariance(np.zeros((3, 3, 5, 5), dtype=np.int64), np.tile(STEPS, (3, 1)))
    assert n == 0
    assert np.isnan(covariance).all()
    assert find_alpha(covariance, n) is WhyUnknown.TOO_FEW_RESPONDENTS


# Alpha


def test_the_alpha_of_the_tiny_reference_case():
    """8 people, 3 questions; from so few nothing is told, so they are counted as thirty here."""
    covariance, n = covary(np.array(TINY) - 1)
    assert find_alpha(covariance, n) is WhyUnknown.TOO_FEW_RESPONDENTS
    assert find_alpha(covariance, 30).value == pytest.approx(0.9331713244228, abs=1e-12)
    assert find_alpha(correlate(covariance), 30).value == pytest.approx(0.9346722231358, abs=1e-12)


def test_alpha_has_feldts_interval():
    """pingouin 0.7.0, cronbach_alpha on the same sixty people; it rounds the interval to three decimals."""
    found = find_alpha(*covary(CODES))
    assert found.value == pytest.approx(0.7841542679358039, abs=1e-12)
    assert (found.low, found.high) == pytest.approx((0.679, 0.861), abs=6e-4)


def test_a_wider_level_gives_a_wider_interval():
    covariance, n = covary(CODES)
    narrow, wide = find_alpha(covariance, n, level=0.8), find_alpha(covariance, n, level=0.99)
    assert wide.low < narrow.low < narrow.value < narrow.high < wide.high


@pytest.mark.parametrize(("value", "weak"), [(0.699999, True), (0.70, False), (0.9, False)])
def test_below_seventy_hundredths_there_is_a_warning(value, weak):
    assert Reliability(value).is_weak is weak


# Ordinal alpha


@pytest.mark.parametrize("share", [0.1, 0.25, 0.4])
def test_two_questions_cut_in_the_middle_have_the_correlation_of_sheppards_formula(share):
    table = (np.array([[share, 0.5 - share], [0.5 - share, share]]) * 10_000).round().astype(np.int64)
    assert correlate_options(table) == pytest.approx(math.sin(2 * math.pi * (share - 0.25)), abs=1e-6)


@pytest.mark.parametrize("correlation", [-0.9, -0.3, 0.0, 0.5, 0.95])
def test_a_table_made_by_a_correlation_gives_it_back(correlation):
    cuts = [-9, -1.2, -0.3, 0.4, 1.5, 9]
    normal = multivariate_normal([0, 0], [[1, correlation], [correlation, 1]])
    below = np.array([[normal.cdf([x, y]) for y in cuts] for x in cuts])
    table = (np.diff(np.diff(below, axis=0), axis=1) * 1e9).round().astype(np.int64)
    assert correlate_options(np.maximum(table, 0)) == pytest.approx(correlation, abs=1e-4)


def test_polychoric_correlations_agree_with_independent_software():
    """semopy 2.3.11, polychoric_corr, which stops at about 1e-6 from the maximum."""
    expected = [
        [1, 0.6471779, 0.60640281, 0.49544709],
        [0.6471779, 1, 0.45162353, 0.51437032],
        [0.60640281, 0.45162353, 1, 0.39009231],
        [0.49544709, 0.51437032, 0.39009231, 1],
    ]
    assert correlate_ordinal(count_pairs(CODES)) == pytest.approx(np.array(expected), abs=5e-6)
    alpha = 4 / 3 * (1 - 4 / np.array(expected).sum())
    assert find_ordinal_alpha(count_pairs(CODES)).value == pytest.approx(alpha, abs=5e-6)


def test_options_that_nobody_chose_change_nothing():
    table = count_pairs(CODES)[0, 1]
    wider = np.insert(np.insert(table, 2, 0, axis=0), 4, 0, axis=1)
    assert correlate_options(wider) == correlate_options(table)


def test_questions_that_always_go_together_stop_short_of_one():
    assert correlate_options(np.diag([10, 20, 30])) == pytest.approx(FURTHEST, abs=1e-5)
    assert correlate_options(np.diag([10, 20, 30])[::-1]) == pytest.approx(-FURTHEST, abs=1e-5)


def test_a_question_of_one_option_has_no_correlation():
    assert correlate_options(np.array([[3, 4, 5]])) is None
    assert correlate_options(np.zeros((3, 3), dtype=np.int64)) is None
    with pytest.raises(ValueError, match="negative"):
        correlate_options(np.array([[3, -1], [2, 2]]))


@given(st.floats(-4, 4), st.floats(-4, 4), st.floats(-0.99, 0.99))
def test_the_chance_of_two_normal_variables_is_scipys(x, y, correlation):
    expected = multivariate_normal.cdf([x, y], cov=[[1, correlation], [correlation, 1]])
    assert float(bound_both(np.array(x), np.array(y), correlation)) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("x", "y"), [(0, 0), (0, 1), (-1, 0), (0, -1)])
def test_a_cut_in_the_middle_is_no_trouble(x, y):
    independent = float(bound_both(np.array(float(x)), np.array(float(y)), 0.0))
    assert independent == pytest.approx(norm.cdf(x) * norm.cdf(y), abs=1e-12)


# Omega


def test_omega_is_that_of_one_factor():
    """factor_analyzer 0.5.1, method "ml", one factor, on the same sixty people."""
    covariance, n = covary(CODES)
    assert find_omega(correlate(covariance), n).value == pytest.approx(0.7892340493134207, abs=1e-5)


def test_omega_is_the_same_to_the_last_decimal_every_time():
    correlation = correlate(covary(CODES)[0])
    assert len({find_omega(correlation, 60).value for _ in range(5)}) == 1


def test_omega_of_three_questions_is_that_of_spearmans_loadings():
    correlation = np.array([[1, 0.5, 0.4], [0.5, 1, 0.55], [0.4, 0.55, 1]])
    loadings = np.sqrt([0.5 * 0.4 / 0.55, 0.5 * 0.55 / 0.4, 0.4 * 0.55 / 0.5])
    expected = loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum())
    assert find_omega(correlation, 100).value == pytest.approx(expected, abs=1e-5)


def test_of_equal_questions_omega_is_alpha():
    correlation = np.full((4, 4), 0.5) + 0.5 * np.eye(4)
    assert find_omega(correlation, 100).value == pytest.approx(find_alpha(correlation, 100).value, abs=1e-6)


def test_no_omega_when_a_question_is_the_factor_itself():
    heywood = np.array([[1, 0.8, 0.7], [0.8, 1, 0.3], [0.7, 0.3, 1]])
    assert find_omega(heywood, 100) is WhyUnknown.NO_SOLUTION
    assert find_omega(np.ones((3, 3)), 100) is WhyUnknown.NO_SOLUTION


def test_no_omega_when_a_question_goes_against_the_others():
    against = np.array([[1, 0.5, 0.5, -0.3], [0.5, 1, 0.5, -0.3], [0.5, 0.5, 1, -0.3], [-0.3, -0.3, -0.3, 1]])
    assert find_omega(against, 100) is WhyUnknown.AGAINST_EACH_OTHER


# What is not told


def find_all(answers):
    covariance, n = covary(answers)
    return [
        find_alpha(covariance, n),
        find_omega(correlate(covariance), n),
        find_ordinal_alpha(count_pairs(answers)),
    ]


def test_no_reliability_is_claimed_for_two_questions():
    assert set(find_all(CODES[:, :2])) == {WhyUnknown.TOO_FEW_ITEMS}
    assert WhyUnknown.TOO_FEW_ITEMS not in find_all(CODES[:, :3])


def test_no_reliability_is_claimed_for_fewer_than_thirty_people():
    assert LEAST_RESPONDENTS == 30
    assert set(find_all(CODES[:29])) == {WhyUnknown.TOO_FEW_RESPONDENTS}
    assert WhyUnknown.TOO_FEW_RESPONDENTS not in find_all(CODES[:30])


def test_a_question_that_everybody_answers_alike_measures_nothing():
    answers = CODES.copy()
    answers[:, 2] = 3
    assert set(find_all(answers)) == {WhyUnknown.NO_VARIATION}
    thirds = measure_covariance(count_pairs(answers), np.tile(STEPS / 3 * 100, (4, 1)))
    assert find_alpha(*thirds) is WhyUnknown.NO_VARIATION


def test_questions_that_go_against_each_other_make_no_scale():
    answers = CODES.copy()
    answers[:, :2] = 4 - answers[:, :2]
    assert set(find_all(answers)) == {WhyUnknown.AGAINST_EACH_OTHER}


@given(people)
@settings(max_examples=150)
def test_alpha_is_at_most_one_and_lies_in_its_interval(answers):
    covariance, n = covary(answers)
    found = find_alpha(covariance, n)
    if isinstance(found, Reliability):
        assert 0 < found.value <= 1 + 1e-12
        assert found.low <= found.value <= found.high <= 1 + 1e-12


@given(people, st.floats(0.1, 20), st.floats(-50, 50))
def test_alpha_does_not_depend_on_the_scores_unit_or_zero(answers, unit, zero):
    tables, items = count_pairs(answers), answers.shape[1]
    found = find_alpha(*measure_covariance(tables, np.tile(STEPS, (items, 1))))
    moved = find_alpha(*measure_covariance(tables, np.tile(zero + unit * STEPS, (items, 1))))
    if isinstance(found, Reliability) and found.value > 1e-6:
        assert moved.value == pytest.approx(found.value, abs=1e-6)


# Municipalities


def test_balanced_municipalities_have_the_variances_of_a_mixed_model():
    """statsmodels' MixedLM by REML, which equals the analysis of variance when numbers are equal."""
    random = np.random.default_rng(5)
    scores = 60 + 6 * random.normal(size=(8, 1)) + 15 * random.normal(size=(8, 25))
    found = find_unit_reliability(np.full(8, 25), scores.sum(axis=1), np.square(scores).sum(axis=1))
    rows = pd.DataFrame({"score": scores.ravel(), "area": np.repeat(np.arange(8), 25)})
    model = MixedLM.from_formula("score ~ 1", rows, groups="area").fit(reml=True)
    assert found.within == pytest.approx(model.scale, rel=1e-4)
    assert found.between == pytest.approx(model.cov_re.iloc[0, 0], rel=1e-3)
    assert found.values == pytest.approx(found.between / (found.between + found.within / 25))


def test_unequal_municipalities_have_the_variances_worked_out_by_hand():
    """Scores 40, 60 | 70, 90, 80 | 50; within (200 + 200) / 3, around 1150 / 2, typical number 11 / 6."""
    n, total = np.array([2, 3, 1, 0]), np.array([100.0, 240, 50, 0])
    squares = np.array([5200.0, 19400, 2500, 0])
    assert find_unit_reliability(n, total, squares) is WhyUnknown.TOO_FEW_RESPONDENTS
    found = find_unit_reliability(n * 5, total * 5, squares * 5)
    within = 5 * 400 / 27
    around = 5 * (2 * 15**2 + 3 * 15**2 + 15**2) / 2
    typical = (30 - (100 + 225 + 25) / 30) / 2
    assert found.within == pytest.approx(within)
    assert found.between == pytest.approx((around - within) / typical)
    assert math.isnan(found.values[3])
    assert found.values[2] < found.values[0] < found.values[1]


@pytest.mark.parametrize(
    ("between", "within", "needed"),
    [(9, 300, 78), (30, 300, 24), (7, 3, 1), (7, 6, 2), (7, 6.1, 3), (7, 0, 1)],
)
def test_the_answers_a_municipality_needs(between, within, needed):
    assert find_n_needed(between, within) == needed
    assert between / (between + within / needed) >= ENOUGH - 1e-12


@pytest.mark.parametrize(("between", "within", "goal"), [(0, 1, 0.7), (1, -1, 0.7), (1, 1, 1), (1, 1, 0)])
def test_no_number_is_reckoned_from_nothing(between, within, goal):
    with pytest.raises(ValueError, match="Nothing to reckon with"):
        find_n_needed(between, within, goal=goal)


@pytest.mark.parametrize(
    ("n", "total", "squares", "why"),
    [
        ([50, 50], [2500, 3000], [150000, 200000], WhyUnknown.TOO_FEW_UNITS),
        ([50, 50, 0], [2500, 3000, 0], [150000, 200000, 0], WhyUnknown.TOO_FEW_UNITS),
        ([10, 10, 9], [500, 600, 540], [30000, 40000, 36000], WhyUnknown.TOO_FEW_RESPONDENTS),
        ([1] * 40, [50] * 40, [2500] * 40, WhyUnknown.TOO_FEW_RESPONDENTS),
        ([10, 10, 10], [500, 600, 700], [25000, 36000, 49000], WhyUnknown.NO_VARIATION),
        ([10, 10, 10], [500, 500, 500], [30000, 30000, 30000], WhyUnknown.NO_DIFFERENCE),
    ],
)
def test_why_municipalities_have_no_reliability(n, total, squares, why):
    assert find_unit_reliability(np.array(n), np.array(total, float), np.array(squares, float)) is why


@given(
    arrays.arrays(np.int64, 5, elements=st.integers(2, 80)),
    arrays.arrays(np.float64, 5, elements=st.floats(0, 100)),
    st.floats(5, 40),
)
def test_more_answers_are_never_less_reliable(n, means, spread):
    found = find_unit_reliability(n, n * means, n * means**2 + (n - 1) * spread**2)
    if not isinstance(found, WhyUnknown):
        assert (found.values[np.argsort(n)][1:] >= found.values[np.argsort(n)][:-1] - 1e-12).all()
        assert ((found.values > 0) & (found.values <= 1)).all()
        assert (found.values >= ENOUGH).tolist() == (n >= found.n_needed).tolist()
