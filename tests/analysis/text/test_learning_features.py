"""Are the numbers that a learner sees the same everywhere, and free of what single persons wrote?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.asked import Asked
from analysis.text.learning_features import (
    ANSWER_WEIGHT,
    LEAST_COMMENTS,
    MOST_HITS,
    Comment,
    build_vocabulary,
    count_answers,
    describe_answer,
    hash_comment,
    hash_pair,
    hash_word,
    weigh_words,
)
from tests.analysis.text.learning_examples import comment

WORDS = st.text("abcdeåäö .!", max_size=60)


def test_a_word_has_the_same_value_on_every_computer() -> None:
    # Another value makes every stored model meaningless: raise VERSION in learning_file.py.
    assert (hash_word("kö")[0], hash_pair("lång", "kö")) == (2027161040, 2895851065)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("vänta", "väntan", {"<vän", "vänt", "änta"}),
        ("mat", "matvagn", {"<mat"}),
        ("kö", "kö", {"kö", "<kö>"}),
        ("buss", "lunch", set()),
    ],
)
def test_forms_and_compounds_share_the_parts_that_are_alike(one: str, other: str, shared: set[str]) -> None:
    assert len({*hash_word(one)} & {*hash_word(other)}) == len(shared)


def test_a_word_a_part_and_a_pair_of_the_same_letters_are_three_things() -> None:
    assert len({hash_word("<kö>")[0], hash_word("kö")[1], hash_word("a b")[0], hash_pair("a", "b")}) == 4


@pytest.mark.parametrize(
    ("texts", "known"),
    [
        ([f"surkål {own}" for own in "abc"], True),
        ([f"surkål {own}" for own in "ab"], False),
        (["surkål igen"] * LEAST_COMMENTS, False),
        (["Surkål igen!", "surkål igen", "SURKÅL  igen 3"], False),
        (["surkål surkål surkål"], False),
    ],
)
def test_a_word_is_kept_only_when_three_different_texts_hold_it(texts: list[str], known: bool) -> None:
    vocabulary = build_vocabulary(map(comment, texts))
    assert (hash_word("surkål")[0] in vocabulary.columns) is known


def test_what_stands_in_every_text_has_rarity_one_and_what_is_rarer_more() -> None:
    vocabulary = build_vocabulary(
        [comment(f"mat {own} {'soppa' if own in 'abc' else 'gröt'}") for own in "abcdef"]
    )
    rarity = [float(vocabulary.rarity[vocabulary.columns[hash_word(word)[0]]]) for word in ("mat", "soppa")]
    assert rarity == pytest.approx([1, 1 + np.log(7 / 4)])


@given(st.lists(WORDS, min_size=3, max_size=8), WORDS)
def test_the_squares_of_a_comments_weights_add_up_to_one_at_most(texts: list[str], text: str) -> None:
    vocabulary = build_vocabulary(map(comment, texts))
    columns, weights = weigh_words(hash_comment(comment(text)), vocabulary)
    assert len(columns) == len(weights) == len(set(columns.tolist()))
    known = {value for value in hash_comment(comment(text)) if value in vocabulary.columns}
    assert len(columns) == len(known)
    assert float(np.square(weights).sum()) <= 1 + 1e-5


def test_the_squares_add_up_to_one_where_all_is_known_and_a_lone_known_word_weighs_less() -> None:
    vocabulary = build_vocabulary(comment(f"mat {own}") for own in ("kall", "varm", "sen"))
    lengths = [
        float(np.square(weigh_words(hash_comment(comment(text)), vocabulary)[1]).sum())
        for text in ("mat", "mat idag", "mat idag som alla andra dagar", "idag")
    ]
    assert lengths[0] == pytest.approx(1)
    assert lengths == sorted(set(lengths), reverse=True)
    assert lengths[-1] == 0


@pytest.mark.parametrize(
    ("hits", "found", "asked", "answer"),
    [
        ({}, {}, Asked.OTHER, [0, 0, 0, 0, 0, 0, 1]),
        ({"food": 1}, {}, Asked.WHAT_GOOD, [1, 0, 0, 0, 1, 0, 0]),
        ({"food": 9}, {"food": ("mat",)}, Asked.COULD_IMPROVE, [MOST_HITS, 0, 1, 0, 0, 1, 0]),
        ({"parking": 1}, {"parking": ("p",)}, Asked.OTHER, [0, 0, 0, 0, 0, 0, 1]),
    ],
)
def test_hits_findings_and_the_question_are_numbers_too(
    hits: dict[str, int], found: dict[str, tuple[str, ...]], asked: Asked, answer: list[int]
) -> None:
    described = describe_answer(Comment("", asked, hits, found), ["food", "access"])
    assert described.tolist() == [ANSWER_WEIGHT * number for number in answer]
    assert len(described) == count_answers(2)


@given(st.text(st.characters(codec=None), max_size=60))
def test_whatever_is_written_has_hash_values_of_32_bits(text: str) -> None:
    assert all(0 <= value < 2**32 for value in hash_comment(comment(text)))
