"""How far is a word a person's name: listed, sounding like a listed one, a word as well, something else?"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from analysis.text.masking_name_files import read_sections

GIVEN = 1
SURNAME = 2
IF_CAPITAL = 4
"""A word as well: a name where it has a capital inside a sentence, and after a cue."""
IF_CUE = 8
"""A word as well, and mostly that: a name after a cue, or beside another part of a name."""
ENGLISH_WORD = 16
"""In an English text as IF_CUE."""
ABBREVIATION = 32
"""Something else when it stands in capitals only."""
OTHER = 64
"""A place, day, company or the like."""
PLAIN = 128
"""An ordinary word that is often written with a capital."""
PLAIN_IN_ENGLISH = 256
"""As PLAIN, in an English text."""
GENITIVE = 512
"""The word is a listed one with an s, or 's."""
BY_SOUND = 1024
"""The word is on no list; it sounds like a given name that is."""

NAME = GIVEN | SURNAME
DOUBTFUL = IF_CAPITAL | IF_CUE

_LISTS = (
    ("given_names", "", GIVEN),
    ("surnames", "", SURNAME),
    ("name_words", "capital", IF_CAPITAL),
    ("name_words", "cue", IF_CUE),
    ("name_words", "english", ENGLISH_WORD),
    ("name_words", "abbreviation", ABBREVIATION),
    ("not_names", "", OTHER),
    ("plain_words", "Swedish", PLAIN),
    ("plain_words", "English", PLAIN_IN_ENGLISH),
)
_SURNAME_ENDINGS = ("sson", "sdotter", "dottir")
_SHORTEST_SURNAME_BY_ENDING = 6
_SHORTEST_GENITIVE = 3
_LONGEST_SHORT = 4
"""Letters; in so short a word a capital in the middle is no slip of the finger."""
_SHORTEST_BY_SOUND = 5
"""Letters; of shorter words too many sound alike."""
_ENDING_THAT_MAKES_A_NOUN = "én"
_LETTERS_OF_THEIR_OWN = "åäö"
_SAME_LETTER = dict(zip("øæłđðßı’´", "öälddsi''", strict=True))
_LOOK_ALIKES = dict(zip("аеорсухіјѕԁһԛԝѵαικνορτυχ", "aeopcyxijsdhqwvaiknoptux", strict=True))
"""Small Cyrillic and Greek letters that look like Latin ones; somebody may hide a name with them."""
_SPELLINGS = {"ph": "f", "th": "t", "dt": "t", "ck": "k", "ch": "k", "qu": "kv", "x": "ks"}
_SPELLING = re.compile("|".join(_SPELLINGS))
_SOUNDS = str.maketrans("cqwzy", "kkvsi")
_REPEATED = re.compile(r"(.)\1+")


def look_up(word: str, small: str) -> int:
    """The marks above that fit a word as it stands in a text, `small` in small letters; 0 when none does.

    Double names ("Anna-Lena") are names when their parts are; "Annas" and "Anna's" are names with GENITIVE.
    A word with a capital that sounds like a given name ("Jessika") is one with IF_CAPITAL and BY_SOUND.
    """
    lists = _read_lists()
    if word != small and len(word) <= _LONGEST_SHORT and not (word[1:].islower() or word.isupper()):
        return 0  # "ToR"
    if marks := lists.get(small, 0):
        return marks
    if word == small and small.isascii() and not ("sson" in small or "dotter" in small or "-" in small):
        return 0  # most words; a genitive in small letters is left alone
    key = _fold(small)
    if marks := lists.get(key, 0):
        return marks
    if "-" in key and (marks := _look_up_double(word, key, lists)):
        return marks
    if key.endswith(_SURNAME_ENDINGS) and len(key) >= _SHORTEST_SURNAME_BY_ENDING:
        return SURNAME
    if marks := _look_up_genitive(key, lists):
        return marks
    return GIVEN | IF_CAPITAL | BY_SOUND if word != small and _sound(key) in _read_sounds() else 0


def is_brand(words: list[str]) -> bool:
    """Whether words in small letters that look like a name are a brand or figure: clas ohlson, kalle anka."""
    return len(words) > 1 and "_".join(words) in _read_lists()


def _fold(small: str) -> str:
    """A word in small letters without accents other than those of å, ä and ö: josé is jose."""
    if small.isascii():
        return small
    if any("a" <= letter <= "z" for letter in small):
        small = "".join(_LOOK_ALIKES.get(letter, letter) for letter in small)
    return "".join(_fold_letter(letter) for letter in small)


def _fold_letter(letter: str) -> str:
    if letter < "\x80" or letter in _LETTERS_OF_THEIR_OWN:
        return letter
    return _SAME_LETTER.get(letter) or unicodedata.normalize("NFD", letter)[0]


def _sound(key: str) -> str:
    """What the word sounds like, roughly: Jessika, Jessica and Jesica are jesika. "" for short words."""
    if len(key) < _SHORTEST_BY_SOUND:
        return ""
    plain = _SPELLING.sub(lambda spelling: _SPELLINGS[spelling[0]], key).translate(_SOUNDS)
    return _REPEATED.sub(r"\1", plain)


def _look_up_double(word: str, key: str, lists: dict[str, int]) -> int:
    """The marks of a word with hyphens, by its parts; 0 when a later one has no capital ("Anna-gruppen")."""
    parts = key.split("-")
    last = parts[-1] if parts[-1] in lists else parts[-1].removesuffix("s")
    genitive = GENITIVE if last != parts[-1] else 0
    listed = [lists.get(part, 0) for part in [*parts[:-1], last]]
    if any(marks & OTHER for marks in listed):
        return 0  # "Jan-June"
    if all(marks & GIVEN for marks in listed):
        return GIVEN | genitive
    if not all(part[:1].isupper() for part in word.split("-")):
        return 0
    sure = any(marks & NAME and not marks & DOUBTFUL for marks in listed)
    return SURNAME | genitive if sure or key.endswith(_SURNAME_ENDINGS) else 0


def _look_up_genitive(key: str, lists: dict[str, int]) -> int:
    """The marks of the word without its s, 's or ', with GENITIVE; 0 when it is no name."""
    base = key.rstrip("'") if key.endswith("'") else key.removesuffix("s").removesuffix("'")
    if base == key or len(base) < _SHORTEST_GENITIVE:
        return 0
    marks = lists.get(base, 0)
    if not marks and base.endswith(_SURNAME_ENDINGS):
        marks = SURNAME
    return marks | GENITIVE if marks & (NAME | OTHER) else 0


@cache
def _read_lists() -> dict[str, int]:
    """Each listed word in small letters, and as it is spelt without accents, with its marks; takes 0.1 s."""
    marks: dict[str, int] = {}
    for file, section, mark in _LISTS:
        for word in read_sections(file)[section]:
            small = word.lower()
            marks[small] = marks.get(small, 0) | mark
    for word, found in marks.items():
        if found & NAME and found & (OTHER | PLAIN) and not found & IF_CAPITAL:
            marks[word] = found | IF_CUE
    for word, found in _spell_otherwise(marks).items():
        if not marks.get(word, 0) & (NAME | OTHER | PLAIN):
            marks[word] = marks.get(word, 0) | found
    return marks


def _spell_otherwise(marks: dict[str, int]) -> dict[str, int]:
    """Jose for José, Goran for Göran, Sjoberg for Sjöberg: as other keyboards write the listed names.

    "Hallen" for Hallén is rather the hall: such a word counts after a cue only.
    """
    spelt: dict[str, int] = {}
    names = [(word, found) for word, found in marks.items() if found & NAME and not word.isascii()]
    for word, found in names:
        noun = IF_CUE if word.endswith(_ENDING_THAT_MAKES_A_NOUN) else 0
        spelt.setdefault(_fold(word), found | noun)
    without_dots = str.maketrans(_LETTERS_OF_THEIR_OWN, "aao")
    for word, found in names:
        spelt.setdefault(
            _fold(word).translate(without_dots), found | (IF_CAPITAL if found & GIVEN else IF_CUE)
        )
    return spelt


@cache
def _read_sounds() -> frozenset[str]:
    """What the given names sound like that are no ordinary words."""
    sure = (word for word, marks in _read_lists().items() if marks & GIVEN and not marks & (DOUBTFUL | OTHER))
    return frozenset(_sounds_of(sure))


def _sounds_of(words: Iterable[str]) -> Iterable[str]:
    return filter(None, map(_sound, words))
