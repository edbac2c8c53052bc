"""Which words that look like a person's name are the name of a place, an illness or a company?"""

import re

from analysis.text.masking_name_files import read_cues, read_endings
from analysis.text.masking_name_lists import is_brand
from analysis.text.masking_name_words import Words

_SAINT = re.compile(r"(?:\bS:ta?|\bSt\.?|\bSankta?|\bLex|\bSaint|\bDrottning|\bQueen|\bKing) $")
_SAINT_REACH = 12
_MOST_COMPANY_WORDS = 2
"""Words with a capital between a name and "AB"."""


def is_of_place(words: Words, start: int, end: int) -> bool:
    """Whether the words start:end are a saint's or a brand's, or what follows is named after a person."""
    before = words.text[max(0, words.starts[start] - _SAINT_REACH) : words.starts[start]]
    if _SAINT.search(before) or is_brand(words.small[start : start + 2]):
        return True
    if words.is_joined(end) and is_place_word(words, end):
        return True
    for at in range(end, end + _MOST_COMPANY_WORDS + 1):
        if not words.is_joined(at):
            return False
        if words.small[at] in read_cues("company"):
            return True
        if not words.written[at][0].isupper():
            return False
    return False


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
