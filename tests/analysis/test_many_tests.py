"""Many tests on one page are weighed as Benjamini and Hochberg do, and what was not tested stays apart."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.many_tests import adjust_many, find_claims

CASE = json.loads((Path(__file__).parent / "cases" / "many_tests.json").read_text(encoding="utf-8"))

maybe = st.lists(st.none() | st.floats(0, 1), max_size=30)


def test_p_values_are_adjusted_as_benjamini_and_hochberg_do():
    assert adjust_many(CASE["p"]) == pytest.approx(CASE["bh_adj"], rel=1e-6)


def test_a_p_value_just_at_its_limit_may_be_claimed():
    assert find_claims(CASE["p"], false_share=0.25) == CASE["bh_reject_025"]


@pytest.mark.parametrize(
    ("p_values", "adjusted", "claims"),
    [
        ([], [], []),
        ([None, None], [None, None], [False, False]),
        ([0.05], [0.05], [True]),
        ([0.051], [0.051], [False]),
        ([None, 0.02, 0.04], [None, 0.04, 0.04], [False, True, True]),
        ([0.04, None, 0.5], [0.08, None, 0.5], [False, False, False]),
    ],
)
def test_what_was_not_tested_counts_as_no_test_and_is_never_claimed(p_values, adjusted, claims):
    assert adjust_many(p_values) == pytest.approx(adjusted)
    assert find_claims(p_values) == claims


@given(maybe)
def test_among_many_nothing_is_claimed_that_would_not_be_alone(p_values):
    for p, adjusted, is_claimed in zip(p_values, adjust_many(p_values), find_claims(p_values), strict=True):
        assert (p is None) == (adjusted is None)
        assert p is None or adjusted >= p - 1e-12
        assert not is_claimed or p <= 0.05 + 1e-12


@pytest.mark.parametrize("p", [-0.01, 1.01, math.nan])
def test_what_is_no_p_value_is_refused(p):
    with pytest.raises(ValueError, match="give None where a test could not be made"):
        adjust_many([0.5, p])
