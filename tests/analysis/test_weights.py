"""Those who answered are weighted to those who live there, and the weights keep their laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analysis.weights import (
    LEAST_IN_STRATUM,
    WeightMethod,
    cap_weights,
    find_county_weights,
    find_weights,
    join_bands,
    rake,
)

ENOUGH, FEW = LEAST_IN_STRATUM, LEAST_IN_STRATUM - 1

tables = arrays.arrays(np.int64, (6, 3), elements=st.integers(0, 30))
peoples = arrays.arrays(np.int64, (5, 2), elements=st.integers(0, 5000))
strata = arrays.arrays(np.int64, (5, 2), elements=st.integers(0, 40))


def add_unknown(known, unknown=0):
    """A table of respondents with a last row and column; their corner holds those not known at all."""
    table = np.pad(np.array(known), ((0, 1), (0, 1)))
    table[-1, -1] = unknown
    return table


def find_mean(weights, respondents):
    return (weights * respondents).sum() / respondents.sum()


# Joining bands


@pytest.mark.parametrize(
    ("respondents", "groups"),
    [
        ([ENOUGH, ENOUGH, ENOUGH], [0, 1, 2]),
        ([FEW, ENOUGH, 30], [0, 0, 1]),
        ([30, ENOUGH, FEW], [0, 1, 1]),
        ([30, FEW, 20], [0, 1, 1]),
        ([20, FEW, 30], [0, 0, 1]),
        ([20, FEW, 20], [0, 0, 1]),
        ([5, 5, 20, 20], [0, 0, 1, 2]),
        ([20, 4, 3, 20], [0, 0, 0, 1]),
        ([20, 6, 5, 20], [0, 1, 1, 2]),
        ([0, 30, 30], [0, 0, 1]),
        ([2, 3, 4], [0, 0, 0]),
        ([0, 0], [0, 0]),
        ([3], [0]),
    ],
)
def test_a_band_with_fewer_than_ten_is_joined_with_the_neighbour_that_has_the_fewer(respondents, groups):
    assert list(join_bands(np.array(respondents), np.full(len(respondents), 100))) == groups


def test_a_band_where_nobody_lives_is_joined_too_so_that_no_answer_weighs_nothing():
    assert list(join_bands(np.array([20, 30, 40]), np.array([100, 0, 100]))) == [0, 0, 1]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=9))
def test_joined_bands_lie_side_by_side_and_each_has_enough_unless_one_is_left(respondents):
    groups = join_bands(np.array(respondents), np.full(len(respondents), 100))
    assert groups[0] == 0
    assert set(np.diff(groups)) <= {0, 1}
    answers = np.bincount(groups, weights=respondents)
    assert len(answers) == 1 or answers.min() >= ENOUGH


# Weights of one municipality


def test_strata_with_enough_respondents_are_weighted_to_their_share_of_the_people():
    """Numbers from samplics 0.6.1, SampleWeight.poststratify with base weights of 1, scaled to the mean 1."""
    found = find_weights(add_unknown([[40, 50], [20, 30]]), np.array([[400, 350], [150, 250]]))
    expected = [[1.2173913043478262, 0.8521739130434782], [0.9130434782608695, 1.0144927536231885]]
    assert found.method is WeightMethod.POST_STRATIFIED
    assert found.weights[:2, :2] == pytest.approx(np.array(expected), abs=1e-9)
    assert found.largest == pytest.approx(expected[0][0])


def test_both_margins_are_met_by_raking():
    """Numbers from samplics 0.6.1, SampleWeight.rake with tolerance 1e-10, scaled to the mean 1."""
    respondents = np.array([[12, 30], [25, 14], [40, 11]])
    found = rake(respondents, np.array([500.0, 700, 900]), np.array([1100.0, 1000]))
    expected = [
        [0.529291654928492, 0.835902385650463],
        [0.9339844827888211, 1.4750277093054986],
        [0.9860436303498682, 1.5572439415774546],
    ]
    assert found == pytest.approx(np.array(expected), rel=1e-5)


def test_men_who_are_few_do_not_make_the_womens_strata_coarse():
    found = find_weights(
        add_unknown([[40, 4], [30, 4], [20, 30]]), np.array([[100, 100], [100, 100], [100, 100]])
    )
    women, men = found.weights[:3, 0], found.weights[:3, 1]
    assert found.method is WeightMethod.POST_STRATIFIED
    assert women[0] < women[1] < women[2]
    assert men[0] == men[1] == men[2]


def test_a_stratum_with_people_and_no_respondents_is_stood_for_by_its_neighbour():
    found = find_weights(add_unknown([[0, 20], [20, 20]]), np.array([[100, 100], [100, 100]]))
    assert found.method is WeightMethod.POST_STRATIFIED
    assert found.weights[:2, :2] == pytest.approx(np.array([[1.5, 0.75], [1.5, 0.75]]))


def test_a_sparse_table_is_raked_and_keeps_more_of_its_bands():
    respondents = add_unknown([[6, 6], [7, 5], [8, 4], [6, 6], [5, 7]])
    found = find_weights(respondents, np.array([[100, 100], [100, 110], [100, 120], [100, 90], [100, 80]]))
    assert found.method is WeightMethod.RAKED
    assert len(set(found.weights[:5, 0].round(6))) == 5


def test_one_margin_is_used_when_the_other_cannot_be_told_apart():
    found = find_weights(add_unknown([[15, 1], [10, 2]]), np.array([[100, 100], [100, 100]]))
    assert found.method is WeightMethod.POST_STRATIFIED
    assert found.weights[:2, :2] == pytest.approx(np.array([[28 / 32] * 2, [28 / 24] * 2]))
    found = find_weights(add_unknown([[1, 2], [15, 10]]).T, np.array([[100, 100], [100, 100]]))
    assert found.weights[:2, 0] == pytest.approx(found.weights[:2, 1])


def test_margins_that_cannot_both_be_met_give_way_to_the_ages():
    respondents = np.array([[20, 0], [0, 20]])
    assert rake(respondents, np.array([300.0, 100]), np.array([100.0, 300])) is None
    wide = np.array([[6, 6, 0], [6, 6, 0], [0, 0, 6], [0, 0, 6]])
    people = np.array([[30, 30, 300], [30, 30, 300], [1, 1, 2], [1, 1, 2]])
    found = find_weights(add_unknown(wide), people)
    assert found.method is WeightMethod.POST_STRATIFIED
    assert np.ptp(found.weights[:4, :3], axis=1) == pytest.approx(0)


def test_margins_that_only_weights_of_nothing_would_meet_are_given_up():
    assert rake(np.array([[10, 10], [0, 10]]), np.array([1.0, 1]), np.array([1.0, 1])) is None


def test_those_whose_age_or_gender_is_not_known_count_one_before_the_cap():
    found = find_weights(add_unknown([[40, 50], [20, 30]], unknown=10), np.array([[400, 350], [150, 250]]))
    assert found.weights[-1] == pytest.approx(1)
    assert found.weights[:, -1] == pytest.approx(1)
    assert found.weights[0, 0] == pytest.approx(1.2173913043478262)


@pytest.mark.parametrize(
    ("known", "people"),
    [
        ([[40, 50], [20, 30]], None),
        ([[40, 50], [20, 30]], [[0, 0], [0, 0]]),
        ([[0, 0], [0, 0]], [[100, 100], [100, 100]]),
        ([[3, 2], [2, 2]], [[100, 300], [200, 100]]),
    ],
)
def test_without_a_margin_or_enough_respondents_everybody_counts_the_same(known, people):
    found = find_weights(add_unknown(known, unknown=3), None if people is None else np.array(people))
    assert (found.method, found.largest) == (WeightMethod.NONE, 1)
    assert (found.weights == 1).all()


@pytest.mark.parametrize(
    ("respondents", "people", "words"),
    [
        ([[1, 2], [3, 4]], [[1, 2], [3, 4]], "one more row"),
        ([[1, 2, 0], [-1, 4, 0], [0, 0, 0]], [[1, 2], [3, 4]], "table of counts"),
        ([1, 2], None, "table of counts"),
        ([[1, 2, 0], [1, 4, 0], [0, 0, 0]], [[1, -2], [3, 4]], "negative"),
    ],
)
def test_tables_that_do_not_fit_are_refused(respondents, people, words):
    with pytest.raises(ValueError, match=words):
        find_weights(np.array(respondents), None if people is None else np.array(people))


@given(tables, peoples)
@settings(max_examples=300)
def test_weights_have_mean_one_and_everybody_counts(respondents, people):
    found = find_weights(respondents, people)
    assert np.isfinite(found.weights).all()
    assert (found.weights > 0).all()
    if respondents.sum():
        assert find_mean(found.weights, respondents) == pytest.approx(1, abs=1e-9)
        assert found.largest == found.weights[respondents > 0].max()


@given(tables, peoples, st.integers(2, 1000))
def test_the_size_of_the_population_changes_nothing(respondents, people, times):
    found, larger = find_weights(respondents, people), find_weights(respondents, people * times)
    assert larger.weights == pytest.approx(found.weights, rel=1e-4)
    assert larger.method == found.method


@given(tables, st.integers(1, 1000))
def test_a_population_that_looks_like_the_respondents_changes_nothing(respondents, times):
    found = find_weights(respondents, respondents[:-1, :-1] * times)
    assert found.weights == pytest.approx(np.ones((6, 3)), abs=1e-5)


@given(strata, peoples)
@settings(max_examples=200)
def test_raked_weights_meet_both_margins_before_they_are_capped(respondents, people):
    people = people + 1
    rows, columns = people.sum(axis=1) / people.sum(), people.sum(axis=0) / people.sum()
    found = rake(respondents + 1, people.sum(axis=1), people.sum(axis=0))
    assert found is not None
    weighted = found * (respondents + 1) / (respondents + 1).sum()
    assert weighted.sum(axis=1) == pytest.approx(rows, abs=1e-6)
    assert weighted.sum(axis=0) == pytest.approx(columns, abs=1e-6)


# The cap


def test_a_weight_is_cut_at_two_standard_deviations_once_and_the_mean_is_one_again():
    respondents, weights = np.array([[99, 1]]), np.array([[0.5, 50.5]])
    spread = np.sqrt((99 * 0.5**2 + 49.5**2) / 100)
    cap = 1 + 2 * spread
    mean = (99 * 0.5 + cap) / 100
    assert cap_weights(weights, respondents) == pytest.approx(np.array([[0.5, cap]]) / mean)


def test_weights_below_the_cap_and_of_nobody_are_left_as_they_are():
    weights = np.array([[0.5, 1.5]])
    assert cap_weights(weights, np.array([[10, 10]])) == pytest.approx(weights)
    assert cap_weights(weights, np.array([[0, 0]])) == pytest.approx(weights)


# The county


def test_a_municipality_counts_in_its_county_by_its_people():
    respondents = np.stack([add_unknown([[30, 0]]), add_unknown([[10, 0]])])
    found = find_county_weights(np.ones((2, 2, 3)), respondents, [1000, 1000])
    assert found[:, 0, 0] == pytest.approx([40 / 60, 2])


def test_a_municipality_without_answers_is_left_out_of_its_county_whether_it_has_a_margin_or_not():
    respondents = np.stack([add_unknown([[30, 0]]), add_unknown([[10, 0]]), add_unknown([[0, 0]])])
    ones = np.ones((3, 2, 3))
    found = find_county_weights(ones, respondents, [1000, 1000, 5000])
    assert found[:2, 0, 0] == pytest.approx([40 / 60, 2])
    assert find_county_weights(ones, respondents, [1000, 1000, None]) == pytest.approx(found)


@pytest.mark.parametrize("people", [None, 0, float("nan")])
def test_a_county_is_unweighted_when_a_municipality_with_answers_has_no_margin(people):
    respondents = np.stack([add_unknown([[30, 5]]), add_unknown([[10, 5]])])
    weights = np.stack([find_weights(table, np.array([[100, 300]])).weights for table in respondents])
    assert (find_county_weights(weights, respondents, [1000, people]) == 1).all()
    assert (find_county_weights(weights, respondents * 0, [1000, 1000]) == 1).all()


def test_a_county_of_other_municipalities_is_refused():
    with pytest.raises(ValueError, match="do not fit"):
        find_county_weights(np.ones((2, 2, 3)), np.ones((2, 2, 3), dtype=np.int64), [1000])


@given(
    arrays.arrays(np.int64, (4, 6, 3), elements=st.integers(0, 15)),
    st.lists(st.integers(1, 10**5), min_size=4, max_size=4),
)
def test_county_weights_have_mean_one_and_the_municipalities_their_shares_unless_capped(respondents, people):
    found = find_county_weights(np.ones((4, 6, 3)), respondents, people)
    if not respondents.sum():
        return
    assert find_mean(found, respondents) == pytest.approx(1)
    answered = respondents.sum(axis=(1, 2)) > 0
    shares = np.array(people) * answered / (np.array(people) * answered).sum()
    plain = shares[answered] / (respondents.sum(axis=(1, 2))[answered] / respondents.sum())
    spread = np.sqrt((respondents.sum(axis=(1, 2))[answered] * (plain - 1) ** 2).sum() / respondents.sum())
    if plain.max() <= 1 + 2 * spread:
        assert found[answered, 0, 0] == pytest.approx(plain)
    else:
        assert found[answered, 0, 0].max() < plain.max()
