"""Which words that look like a person's name are the name of a place, an illness or a company?"""

import re

from analysis.text.masking_name_files import read_cues, read_endings
from analysis.text.masking_name_lists import GENITIVE, GIVEN, is_brand
from analysis.text.masking_name_words import Words

_SHORTENED_SAINT = re.compile(r"\b(?:S:ta?|St\.|[Aa]vd\.) $")
_REACH = 6
_MOST_COMPANY_WORDS = 2
"""Words with a capital between a name and "AB"."""


def is_of_place(words: Words, start: int, end: int) -> bool:
    """Whether the words start:end are a saint's, a ward's or a brand's, or name what stands after them."""
    if words.is_joined(start) and words.small[start - 1] in read_cues("before place"):
        return True
    if _SHORTENED_SAINT.search(words.text, max(0, words.starts[start] - _REACH), words.starts[start]):
        return True
    if is_brand(words.small[start : start + 2]) or _is_firm(words, start, end):
        return True
    if words.is_joined(end) and (is_place_word(words, end) or _is_trade(words, end)):
        return True
    for at in range(end, end + _MOST_COMPANY_WORDS + 1):
        if not words.is_joined(at):
            return False
        if words.small[at] in read_cues("company"):
            return True
        if not words.written[at][0].isupper():
            return False
    return False


def _is_firm(words: Words, start: int, end: int) -> bool:
    """Whether a surname alone stands beside "&": "Berg & Dahl"."""
    alone = end - start == 1 and not words.marks[start] & GIVEN
    return alone and " & " in (words.gaps[start], words.gaps[end])


def _is_trade(words: Words, end: int) -> bool:
    """Whether what is somebody's is a business: "Annas städ"."""
    return bool(words.marks[end - 1] & GENITIVE) and words.small[end] in read_cues("trade")


def is_place_word(words: Words, at: int) -> bool:
    """Whether the word is the second part of the name of a place, a company or the like: "House", "Bygg"."""
    small = words.small[at]
    if small in read_cues("place") or small in read_cues("company"):
        return True
    if not words.written[at][0].isupper():
        return False
    if small in read_cues("business"):
        return True
    if not words.marks[at] and small.endswith(read_endings("institutions")):
        return True
    return words.english and small in read_cues("english business")
