"""Is the better of two told apart from the luckier?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.text.learning_comparison import SWAPS, compare_suggestions, mark_themes

Bools = npt.NDArray[np.bool_]


def column(*marks: int) -> Bools:
    return np.array([marks], dtype=np.bool_).T


def test_themes_are_marked_by_comment_and_theme() -> None:
    assert mark_themes([{"food"}, set(), {"food", "x"}], ["food", "access"]).tolist() == [
        [True, False],
        [False, False],
        [True, False],
    ]
    assert mark_themes([], ["food", "access"]).shape == (0, 2)


def test_gain_is_the_difference_of_f1() -> None:
    given_, one, other = column(1, 1, 1, 0), column(1, 1, 0, 0), column(1, 0, 0, 1)
    found = compare_suggestions(one, other, given_, seed=1)
    assert found.gains == (pytest.approx(2 * 2 / 5 - 2 * 1 / 5),)
    assert found.gain == found.gains[0]


def test_the_mean_counts_only_themes_that_somebody_gave() -> None:
    given_ = np.array([[1, 0], [1, 0]], dtype=np.bool_)
    one, other = np.array([[1, 1], [1, 1]], dtype=np.bool_), np.array([[1, 0], [0, 0]], dtype=np.bool_)
    found = compare_suggestions(one, other, given_, seed=1)
    assert found.gains == (pytest.approx(1 - 2 / 3), None)
    assert found.p_values[1] is None
    assert found.gain == pytest.approx(1 - 2 / 3)


@pytest.mark.parametrize("given_", [column(1, 0, 1), column(0, 0, 0)])
def test_where_both_say_the_same_there_is_no_test(given_: Bools) -> None:
    found = compare_suggestions(column(1, 1, 0), column(1, 1, 0), given_, seed=1)
    assert (found.p_values, found.p) == ((None,), None)


@pytest.mark.parametrize(("more", "fewer"), [(10, 2), (6, 0), (5, 5), (20, 8)])
def test_where_every_comment_has_the_theme_it_is_mcnemars_exact_test(more: int, fewer: int) -> None:
    one = column(*[1] * more, *[0] * fewer, *[1] * 9)
    other = column(*[0] * more, *[1] * fewer, *[1] * 9)
    found = compare_suggestions(one, other, np.ones_like(one), seed=1)
    assert found.p == pytest.approx(binomtest(more, more + fewer).pvalue, abs=0.03)


@settings(max_examples=30)
@given(st.integers(0, 1000))
def test_the_other_way_round_the_gain_turns_and_the_chance_stays(seed: int) -> None:
    chance = np.random.default_rng(seed)
    one, other, given_ = (chance.random((30, 3)) < 0.3 for _ in range(3))
    there, back = (compare_suggestions(*pair, given_, seed=1) for pair in ((one, other), (other, one)))
    assert there.gain is not None
    assert back.gain == pytest.approx(-there.gain)
    assert there.p == back.p
    assert there.p is None or 1 / (SWAPS + 1) <= there.p <= 1


def test_luck_is_called_clear_in_about_one_of_twenty() -> None:
    chance = np.random.default_rng(4)
    clear = 0
    for _ in range(100):
        given_ = chance.random((80, 4)) < 0.4
        one, other = (np.where(chance.random((80, 4)) < 0.3, ~given_, given_) for _ in range(2))
        p = compare_suggestions(one, other, given_, seed=1).p
        clear += p is not None and p <= 0.05
    assert clear <= 12  # 5 expected; more in one of 500 runs
