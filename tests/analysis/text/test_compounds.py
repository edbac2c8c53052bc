"""Are the known parts of a long word found where it is made of words, and nowhere else?"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.compounds import find_parts, index_parts, may_be_form
from analysis.text.lemmas import LONGEST_WORD

PARTS = index_parts(
    ["mat", "vänte", "telefon", "e", "webb", "recept", "läkemedel"],
    ["kö", "personal", "sal", "kontinuitet", "mat", "rum", "tid", "stopp", "sköterska", "bokning"],
    language="sv",
)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("väntetiden", ("vänte-", "-tid")),
        ("telefonköer", ("telefon-", "-kö")),
        ("telefon-kön", ("telefon-",)),  # "kön" is a word of its own, not a form of "kö", in the list
        ("läkarkontinuitet", ("-kontinuitet",)),
        ("hemtjänstpersonalen", ("-personal",)),
        ("äldreomsorgspersonalens", ("-personal",)),
        ("sjuksköterskorna", ("-sköterska",)),
        ("matlåda", ("mat-",)),
        ("matsalen", ("mat-", "-sal")),
        ("busstopp", ("-stopp",)),
        ("webbokning", ("webb-", "-bokning")),
        ("sjukhusmatkvalitet", ("mat-",)),
        ("e-tjänsten", ("e-",)),
        ("läkemedelsfel", ("läkemedel-",)),
    ],
)
def test_parts_are_found_beside_words(word: str, found: tuple[str, ...]) -> None:
    assert find_parts(word, PARTS) == found


@pytest.mark.parametrize(
    "word",
    [
        "mat",  # the part itself
        "klimat",  # "kli" is too short a side
        "diplomat",  # "diplo" is no word
        "instrument",  # "rum" in the middle of a piece
        "matematik",  # "ematik" is no word
        "reception",  # "ion" is too short a side
        "etage",  # "e-" needs its hyphen
        "köpman",
        "",
        "ö",
        "mat-",
        "-",
    ],
)
def test_letters_that_only_look_like_a_part_are_none(word: str) -> None:
    assert find_parts(word, PARTS) == ()


def test_a_word_is_taken_apart_up_to_the_longest_length() -> None:
    word = "sjukhus" * 10 + "mat"
    assert find_parts("matlåda" + "x" * LONGEST_WORD, PARTS) == ()
    assert find_parts(word, PARTS) == ()
    assert find_parts("sjukhusmat", PARTS) == ("-mat",)


@pytest.mark.parametrize(
    ("word", "lemma", "is_form"),
    [
        ("sköterskornas", "sköterska", True),
        ("sköterska", "sköterska", True),
        ("tid", "tid", True),
        ("tiderna", "tid", True),
        ("tidning", "tid", False),
        ("ti", "tid", False),
    ],
)
def test_a_form_is_told_from_a_longer_word(word: str, lemma: str, is_form: bool) -> None:
    assert may_be_form(word, lemma, "sv") is is_form


@given(st.text(alphabet="abdeiklmnorstuvåäö-", max_size=40))
def test_what_is_found_stands_at_the_ends_or_inside(word: str) -> None:
    for part in find_parts(word, PARTS):
        assert part.strip("-")[:-2] in word


def test_a_hundred_strange_words_take_no_time_to_speak_of() -> None:
    words = ["hemtjänst" * 6 + chr(97 + at % 26) * (at % 5) for at in range(100)]
    start = time.process_time()
    for word in words:
        find_parts(word, PARTS)
    assert time.process_time() - start < 10  # seconds; going back over a text takes minutes
