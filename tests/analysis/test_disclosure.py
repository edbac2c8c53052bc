"""Nobody can work out a small group from what a block shows."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import HiddenReason, decide_block, round_count

TOO_FEW, PROTECTS = HiddenReason.TOO_FEW, HiddenReason.PROTECTS_ANOTHER

counts = st.integers(0, 12) | st.integers(0, 400)
blocks = st.dictionaries(st.sampled_from("abcdefgh"), counts, max_size=8)
thresholds = st.integers(1, 30)


def list_hidden(decided):
    return {code for code, reason in decided.items() if reason}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"a": 5, "b": 6}, {"a": None, "b": None}),
        ({"a": 4, "b": 5, "c": 6}, {"a": TOO_FEW, "b": PROTECTS, "c": None}),
        ({"a": 1, "b": 2, "c": 9, "d": 40}, {"a": TOO_FEW, "b": TOO_FEW, "c": PROTECTS, "d": None}),
        ({"a": 1, "b": 3, "c": 9}, {"a": TOO_FEW, "b": TOO_FEW, "c": PROTECTS}),
        ({"a": 1, "b": 4, "c": 9}, {"a": TOO_FEW, "b": TOO_FEW, "c": None}),
        ({"a": 0, "b": 4, "c": 9, "d": 9}, {"a": None, "b": TOO_FEW, "c": PROTECTS, "d": None}),
        ({"a": 0, "b": 0}, {"a": None, "b": None}),
        ({"a": 3}, {"a": TOO_FEW}),
        ({"a": 3, "b": 0}, {"a": TOO_FEW, "b": None}),
        ({}, {}),
    ],
)
def test_a_small_cell_is_hidden_and_the_smallest_others_protect_it(block, expected):
    assert decide_block(block, threshold=5) == expected


def test_of_cells_of_the_same_size_the_first_code_protects():
    assert list_hidden(decide_block({"c": 9, "b": 9, "a": 2}, threshold=5)) == {"a", "b"}


def test_a_threshold_below_1_and_a_negative_count_are_refused():
    with pytest.raises(ValueError, match="protects nobody"):
        decide_block({"a": 1}, threshold=0)
    with pytest.raises(ValueError, match="negative"):
        decide_block({"a": -1}, threshold=5)


@given(blocks, thresholds)
def test_no_subtraction_of_shown_cells_from_the_sum_leaves_a_small_group(block, threshold):
    total = sum(block.values())
    decided = decide_block(block, threshold=threshold)
    shown = [n for code, n in block.items() if decided[code] is None]
    if total >= threshold:
        left = {total - sum(taken) for size in range(len(shown) + 1) for taken in combinations(shown, size)}
        assert not [n for n in left if 0 < n < threshold]


@given(blocks, thresholds)
def test_no_shown_cell_is_smaller_than_the_threshold(block, threshold):
    decided = decide_block(block, threshold=threshold)
    assert all(n == 0 or n >= threshold for code, n in block.items() if decided[code] is None)


@given(blocks, thresholds)
def test_a_cell_without_answers_is_never_hidden(block, threshold):
    decided = decide_block(block, threshold=threshold)
    assert not [code for code, n in block.items() if n == 0 and decided[code]]


@given(blocks, thresholds)
def test_nothing_is_hidden_where_nothing_is_small(block, threshold):
    large = {code: n + threshold for code, n in block.items()}
    assert list_hidden(decide_block(large, threshold=threshold)) == set()


@given(blocks, thresholds)
def test_hidden_cells_are_never_alone_while_there_is_another_to_hide(block, threshold):
    hidden = list_hidden(decide_block(block, threshold=threshold))
    with_answers = [code for code, n in block.items() if n > 0]
    assert len(hidden) != 1 or len(with_answers) == 1


@given(blocks, thresholds, st.integers(0, 10))
def test_a_higher_threshold_shows_the_same_or_less(block, threshold, more):
    low, high = (list_hidden(decide_block(block, threshold=k)) for k in (threshold, threshold + more))
    assert low <= high


@given(blocks, thresholds, st.randoms())
def test_the_order_of_the_cells_does_not_matter(block, threshold, random):
    shuffled = dict(random.sample(sorted(block.items()), len(block)))
    assert decide_block(shuffled, threshold=threshold) == decide_block(block, threshold=threshold)


@given(blocks, thresholds)
def test_a_reason_tells_small_cells_from_those_that_protect_them(block, threshold):
    for code, reason in decide_block(block, threshold=threshold).items():
        assert (reason is TOO_FEW) == (0 < block[code] < threshold)


@pytest.mark.parametrize(
    ("n", "expected"), [(0, 0), (1, 5), (2, 5), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1234, 1235)]
)
def test_a_count_is_rounded_to_5_and_somebody_is_never_nobody(n, expected):
    assert round_count(n) == expected


@pytest.mark.parametrize(("n", "expected"), [(4, 10), (14, 10), (15, 20), (25, 30)])
def test_half_a_step_is_rounded_upward(n, expected):
    assert round_count(n, to=10) == expected


@pytest.mark.parametrize(("n", "to"), [(-1, 5), (3, 0)])
def test_a_count_that_is_none_cannot_be_rounded(n, to):
    with pytest.raises(ValueError, match="Cannot round"):
        round_count(n, to=to)
