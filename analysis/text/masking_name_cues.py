"""What do the words around a place in a text tell: does a person's name stand there?"""

import re
from functools import cache

from analysis.text.masking_name_files import read_cues, read_endings, read_sections
from analysis.text.masking_name_lists import DOUBTFUL, GIVEN
from analysis.text.masking_name_words import Words

_NAMING = ("naming", "titles", "roles", "relatives")
_TITLE_GAP = ". "
_NAMING_GAPS = frozenset({" ", "  ", "\t", ": ", ":"})
_NUMBER_AFTER = re.compile(r"[ :]\d")
_NUMBER_BEFORE = re.compile(r"\d[.:a]? $")
_LONGEST_WHEREABOUTS = 3
"""Words between "Björn på" and what Björn does."""
_SIGNATURE_GAPS = frozenset({" ", "  ", ". ", "."})
_LONGEST_SIGNATURE = 4
_SLASH = re.compile(r"(?:(?:^|[\n.!?)])\s?/|//)\s?$")
_SLASH_REACH = 5


def is_after_naming(words: Words, at: int, *, surely: bool = False) -> bool:
    """Whether the words right before say that the word is a name: "heter", "doktor", "min dotter".

    With `surely` only words such as "heter" do, which nothing but a name follows.
    """
    if at == 0:
        return False
    gap, before = words.gaps[at], words.small[at - 1]
    if gap not in _NAMING_GAPS:
        return gap == _TITLE_GAP and before in read_cues("titles") & read_cues("shortened")
    if surely:
        return before in read_cues("naming")
    return is_cue(before) or (
        words.is_joined(at - 1) and f"{words.small[at - 2]}_{before}" in _read_phrases()
    )


def is_cue(small: str) -> bool:
    """Whether a word in small letters is itself one that names follow: "läkaren", "mormor"."""
    return any(small in read_cues(section) for section in _NAMING) or small.endswith(read_endings("roles"))


def is_after_hint(words: Words, at: int) -> bool:
    """Whether the word right before often stands before a person: "tack till", "med"."""
    return words.is_joined(at) and words.small[at - 1] in read_cues("before")


def is_after_owner(words: Words, at: int) -> bool:
    """Whether "min", "vår" or the like stands before the word, as before things: "min Axel"."""
    return words.is_joined(at) and words.small[at - 1] in read_cues("owners")


def is_beside_number(words: Words, at: int) -> bool:
    """Whether a number stands right before or after the word: "Max 5", "3 Jan"."""
    return bool(_NUMBER_AFTER.match(words.gaps[at + 1]) or _NUMBER_BEFORE.search(words.gaps[at]))


def is_signature(words: Words, at: int) -> bool:
    """Whether the word opens a name that ends its line after a greeting or a slash: "Mvh Xyz", "/Xyz"."""
    greeted = at > 0 and words.small[at - 1] in read_cues("greeting")
    before = words.text[max(0, words.starts[at] - _SLASH_REACH) : words.starts[at]]
    if not greeted and not _SLASH.search(before):
        return False
    end = at + 1
    last = min(len(words.written), at + _LONGEST_SIGNATURE + 1)
    while end < last and words.gaps[end] in _SIGNATURE_GAPS and words.written[end][0].isupper():
        end += 1
    return end - at <= _LONGEST_SIGNATURE and (end == len(words.written) or "\n" in words.gaps[end])


def is_before_deed(words: Words, at: int) -> bool:
    """Whether a person's deed or another person follows: "Björn svarar", "Björn på natten log"."""
    if not words.is_joined(at + 1):
        return _is_before_apposition(words, at)
    following = words.small[at + 1]
    if following in read_cues("after"):
        return True
    if following in read_cues("whereabouts"):
        return _has_deed_soon(words, at + 3)
    return following in read_cues("and") and words.is_joined(at + 2) and _is_sure_given_name(words, at + 2)


def is_before_human_deed(words: Words, at: int) -> bool:
    """Whether something follows that only a person does: "skrattade"."""
    return words.is_joined(at + 1) and words.small[at + 1] in read_cues("human")


def joins_names(words: Words, at: int) -> bool:
    """Whether the word stands between two of a kind: "och", "eller"."""
    return words.is_joined(at) and words.is_joined(at + 1) and words.small[at] in read_cues("and")


def _is_before_apposition(words: Words, at: int) -> bool:
    """Whether a comma follows, and then "som" or another person."""
    if at + 1 == len(words.written) or words.gaps[at + 1] != ", ":
        return False
    return words.small[at + 1] == "som" or _is_sure_given_name(words, at + 1)


def _is_sure_given_name(words: Words, at: int) -> bool:
    """Whether a listed given name that is no other word stands here, with a capital."""
    marks = words.marks[at]
    return words.written[at][0].isupper() and bool(marks & GIVEN) and not marks & DOUBTFUL


def _has_deed_soon(words: Words, at: int) -> bool:
    for step in range(_LONGEST_WHEREABOUTS):
        if not words.is_joined(at + step) or not words.is_joined(at + step - 1):
            return False
        if words.small[at + step] in read_cues("after"):
            return True
    return False


@cache
def _read_phrases() -> frozenset[str]:
    """The cues of two words that a name follows, joined by "_"."""
    sections = read_sections("name_cues")
    return frozenset(cue for section in _NAMING for cue in sections[section] if "_" in cue)
