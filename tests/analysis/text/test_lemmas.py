"""Is the dictionary word of a form found, and does nothing that is no word do harm?"""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.lemmas import LONGEST_WORD, find_lemma, list_words


@pytest.mark.parametrize(
    ("word", "language", "lemma"),
    [
        ("väntetiderna", "sv", "väntetid"),
        ("VÄNTETIDEN", "sv", "väntetid"),
        ("lyssnade", "sv", "lyssna"),
        ("snällt", "sv", "snäll"),
        ("väntetid", "sv", "väntetid"),
        ("waited", "en", "wait"),
        ("Nurses", "en", "nurse"),
    ],
)
def test_a_form_is_led_back_to_its_dictionary_word(word: str, language: str, lemma: str) -> None:
    assert find_lemma(word, language) == lemma


@pytest.mark.parametrize(
    ("word", "language"),
    [("kvavlingsbrunt", "sv"), ("😀", "sv"), ("", "sv"), ("väntetiderna", "xx"), ("väntetiderna", "")],
)
def test_what_is_in_no_list_stays_as_it_is(word: str, language: str) -> None:
    assert find_lemma(word, language) == word


@pytest.mark.parametrize("word", ["\ud800", "a\x00b", "x\u200b", "it's", "-", "ß", "İ", "1177"])
def test_what_is_no_plain_word_raises_nothing(word: str) -> None:
    assert find_lemma(word, "sv")


def test_a_word_is_looked_up_up_to_the_longest_length() -> None:
    longest = "x" * (LONGEST_WORD - len("tiderna")) + "tiderna"
    assert len(longest) == LONGEST_WORD
    assert find_lemma(longest, "sv")
    assert find_lemma("x" + longest, "sv") == "x" + longest


@given(st.text(max_size=80))
def test_a_lemma_is_in_small_letters_and_asking_again_gives_the_same(word: str) -> None:
    lemma = find_lemma(word, "sv")
    assert lemma == lemma.lower() == find_lemma(word, "sv")
    assert bool(lemma) == bool(word)


def test_the_list_of_a_language_holds_forms_and_is_empty_for_an_unknown_one() -> None:
    assert list_words("sv")["väntetiden"] == "väntetid"
    assert "väntetiden" not in list_words("xx")


def test_nothing_is_loaded_before_the_first_word() -> None:
    program = "import sys, analysis.text.themes; sys.exit('simplemma' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
