"""Do comments that say the same have the same words, whatever signs they are written with?"""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.learning_words import (
    BREAK,
    LONGEST_WORD,
    count_masks,
    find_names,
    join_pairs,
    name_text,
    split_words,
)

ANY_TEXT = st.text(st.characters(codec=None), max_size=80)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("   ", []),
        ("😀 😀", []),
        ("Väntade LÄNGE", ["väntade", "länge"]),
        ("Bra. Men sent!", ["bra", BREAK, "men", "sent"]),
        ("Bra, men sent", ["bra", "men", "sent"]),
        ("väntade 3 timmar", ["väntade", BREAK, "timmar"]),
        ("[namn] var snäll", ["var", "snäll"]),
        ("tack [namn] var snäll", ["tack", BREAK, "var", "snäll"]),
        ("[date of birth] är min", ["är", "min"]),
        ("[inte mask", ["inte", "mask"]),
        ("e-post och it's, it’s", ["e-post", "och", "it's", "it's"]),
        ("va\u0308ntade", ["väntade"]),
        ("vän\u00adta\u200bde", ["väntade"]),
        ("…???", []),
        ("ett...två", ["ett", BREAK, "två"]),
        ("a" * (LONGEST_WORD + 5), ["a" * LONGEST_WORD]),
        ("الطعام بارد", ["الطعام", "بارد"]),
    ],
)
def test_words_are_small_letters_with_a_break_between_sentences(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_no_pair_reaches_over_a_break() -> None:
    assert list(join_pairs(["kall", "mat", BREAK, "lång", "kö"])) == [("kall", "mat"), ("lång", "kö")]


@given(ANY_TEXT)
def test_whatever_is_written_the_words_are_found_again_in_what_they_make(text: str) -> None:
    words = split_words(text)
    assert BREAK not in (words[:1], words[-1:])
    assert all(one or other for one, other in itertools.pairwise(words))
    name = name_text(words)
    assert name_text(split_words(name)) == name


@pytest.mark.parametrize(
    ("text", "number"), [("", 0), ("[namn]", 1), ("[namn] och [telefon]", 2), ("[1]", 0), ("[x", 0)]
)
def test_masks_are_counted(text: str, number: int) -> None:
    assert count_masks(text) == number


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["jag träffade Berit igår"], {"berit"}),
        (["Berit var snäll"], set()),
        (["Hej. Berit var snäll"], set()),
        (["jag såg Solen", "jag såg solen", "då kom solen"], set()),
        (["ALLT VAR BRA HOS BERIT"], set()),
        ([], set()),
    ],
)
def test_what_has_a_capital_inside_sentences_looks_like_a_name(texts: list[str], names: set[str]) -> None:
    assert find_names(texts) == names


@pytest.mark.parametrize("piece", ["bra ", "a", "[a ", "[", "a-", "😀", "ord. ", "\u200b", "<b>x</b>"])
def test_a_hundred_thousand_characters_take_less_than_a_second(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    split_words(text)
    find_names([text])
    assert time.process_time() - start < 10  # seconds; going back over a text takes minutes
