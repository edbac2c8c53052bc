"""Are the lists of names as the chain needs them: long enough, each word once, each heading known?"""

import re
from collections import Counter
from pathlib import Path

import pytest

from analysis.text import masking_name_lists as lists
from analysis.text.masking_name_files import read_sections

FOLDER = Path(lists.__file__).parent
FILES = ["given_names", "surnames", "name_words", "not_names", "plain_words", "name_cues"]


@pytest.mark.parametrize(("file", "least"), [("given_names", 3_000), ("surnames", 1_500)])
def test_the_lists_are_long_enough_and_hold_each_name_once(file: str, least: int):
    names = read_sections(file)[""]
    assert len(names) >= least
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert [name for name in names if not re.fullmatch(r"[^\W\d_]+([-'][^\W\d_]+)*", name)] == []


@pytest.mark.parametrize("file", FILES)
def test_each_list_opens_with_who_wrote_it_and_how_to_add_a_word(file: str):
    header = (FOLDER / f"{file}.txt").read_text(encoding="utf-8").split("\n\n")[0]
    assert header.startswith("# ")
    assert "Written by the project, 2026" in header
    assert "To add one" in header


def test_every_name_that_is_a_word_as_well_is_listed_as_a_name():
    sections = read_sections("name_words")
    assert set(sections) == {"", "capital", "cue", "english", "abbreviation"}
    assert [
        word
        for section in ("capital", "cue", "english", "abbreviation")
        for word in sections[section]
        if not lists.look_up(word, word.lower()) & lists.NAME
    ] == []


@pytest.mark.parametrize(
    ("word", "marks"),
    [
        ("Anna", lists.GIVEN),
        ("anna", lists.GIVEN),
        ("Annas", lists.GIVEN | lists.GENITIVE),
        ("Anna-Lena", lists.GIVEN),
        ("Bodil-enheten", 0),
        ("Xyzsson", lists.SURNAME),
        ("xyzsson", lists.SURNAME),
        ("Jessika", lists.GIVEN),
        ("Jesszika", lists.GIVEN | lists.IF_CAPITAL | lists.BY_SOUND),
        ("jesszika", 0),
        ("Björn", lists.GIVEN | lists.IF_CAPITAL),
        ("Malmö", lists.OTHER),
        ("Personalen", lists.PLAIN),
        ("Xyzzy", 0),
        ("", 0),
    ],
)
def test_a_word_gets_the_marks_of_the_lists_that_hold_it(word: str, marks: int):
    assert lists.look_up(word, word.lower()) == marks
