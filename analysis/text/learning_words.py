"""Which words does a comment hold, in the form in which comments are compared with each other?"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

BREAK = ""
"""Stands among the words where a sentence ends or something was masked: no pair reaches over it."""
LONGEST_WORD = 40
"""Letters. What is longer is a key held down or a link: it is cut, so that it costs no more than a word."""

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_PIECE = re.compile(r"\[[^\W\d_]+(?:[ -][^\W\d_]+)*\]|(?P<word>[^\W\d_]+(?:['-][^\W\d_]+)*)|[.!?;:\n\r\d]+")
_MASK = re.compile(r"\[[^\W\d_]+(?:[ -][^\W\d_]+)*\]")


def split_words(text: str) -> list[str]:
    """The words of a masked text in their order, small letters, with BREAK between sentences.

    Digits and masks such as [namn] are no words and leave a BREAK. Never two in a row, none at the ends.
    """
    return _split(_fold(text).lower())


def find_names(texts: Iterable[str]) -> frozenset[str]:
    """Words in small letters that look like names: inside sentences they have a capital more often than not.

    Texts in which most words have a capital are shouted or headlines, and tell nothing.
    """
    seen: Counter[str] = Counter()
    for text in texts:
        words = _split(_fold(text))
        inside = [word for last, word in pairwise([BREAK, *words]) if last and word]
        if 2 * sum(word[0].isupper() for word in inside) <= len(inside):
            seen.update({word.lower(): 1 if word[0].isupper() else -1 for word in inside})
    return frozenset(word for word, balance in seen.items() if balance > 0)


def _split(text: str) -> list[str]:
    """The words of a folded text as they are written, with BREAK between sentences."""
    words: list[str] = []
    for piece in _PIECE.finditer(text):
        if word := piece["word"]:
            words.append(word[:LONGEST_WORD])
        elif words and words[-1] != BREAK:
            words.append(BREAK)
    if words and words[-1] == BREAK:
        words.pop()
    return words


def join_pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every two words that stand side by side in a sentence, in their order."""
    return (pair for pair in pairwise(words) if BREAK not in pair)


def name_text(words: Iterable[str]) -> str:
    """What two texts share that are the same but for capitals, spaces, digits and marks."""
    return " ".join(word for word in words if word != BREAK)


def count_masks(text: str) -> int:
    """How many masks such as [namn] stand in a text."""
    return len(_MASK.findall(text))


def _fold(text: str) -> str:
    """The text with one form of each letter and of the apostrophe, and nothing invisible."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).replace("’", "'")
