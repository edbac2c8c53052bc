"""What does a learner see of a comment: which numbers stand for its words, for the lexicon and for the question?

Words become hash values, so that what is learnt can be kept without keeping what anybody wrote. The same word has
the same value on every computer.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from analysis.text.asked import Asked
from analysis.text.learning_words import join_pairs, split_words

Floats = npt.NDArray[np.float32]

PART_LENGTH = 4
"""Letters of the parts that a word is cut into, its beginning and end marked. They join the forms of a word and the
compounds it stands in: "vänta", "väntan" and "väntetid" share "<vän"."""
MOST_HITS = 2
"""Hits of one theme's lexicon in one comment that count; more of them say no more."""
HITS_WEIGHT = 0.5
"""How large a hit of the lexicon is beside the words of a comment, whose squares sum up to 1. Chosen on one half of
English patients' comments: from 0.3 to 1 the macro-F1 of the other half differs by 0.01."""
_WORD, _PAIR, _PART = 1, 2, 3
_REMEMBERED_WORDS = 20_000


@dataclass(frozen=True)
class Comment:
    """A masked comment, the question it answers, and what the lexicon says of it.

    `hits` counts the places that speak for each theme whatever was asked; `found` holds the words for the themes that
    the lexicon suggests under this question. Themes without any may be left out of both.
    """

    text: str
    asked: Asked
    hits: Mapping[str, int]
    found: Mapping[str, tuple[str, ...]]


def hash_text(words: Sequence[str]) -> Counter[int]:
    """How often each word, pair and part stands in a text of these words (`split_words`), by hash value 0 to 2^32 - 1."""
    counted: Counter[int] = Counter()
    for word in words:
        counted.update(hash_word(word))
    counted.update(hash_pair(pair) for pair in join_pairs(words))
    return counted


@lru_cache(maxsize=_REMEMBERED_WORDS)
def hash_word(word: str) -> tuple[int, ...]:
    """The values of a word and of its parts; none for a break between sentences."""
    if not word:
        return ()
    marked = f"<{word}>"
    parts = {marked[at : at + PART_LENGTH] for at in range(max(1, len(marked) - PART_LENGTH + 1))}
    return (_hash(word, _WORD), *(_hash(part, _PART) for part in sorted(parts)))


def hash_pair(pair: str) -> int:
    """The value of two words with a space between them."""
    return _hash(pair, _PAIR)


def describe_answer(comment: Comment, themes: Sequence[str]) -> Floats:
    """What is known beside the words: hits and findings of each theme, and which question it was (a row of 2 * themes + 3)."""
    hits = [min(comment.hits.get(theme, 0), MOST_HITS) * HITS_WEIGHT for theme in themes]
    found = [HITS_WEIGHT * (theme in comment.found) for theme in themes]
    question = [QUESTION_WEIGHT * (comment.asked == asked) for asked in Asked]
    return np.array([*hits, *found, *question], dtype=np.float32)


QUESTION_WEIGHT = 0.5
"""How large the question is beside the words."""


def count_texts(counted: Iterable[Counter[int]]) -> Counter[int]:
    """In how many texts each value stands."""
    return Counter(value for one in counted for value in one)


def _hash(text: str, kind: int) -> int:
    return zlib.crc32(text.encode(), kind)
