"""What does a learner see of a comment: which numbers stand for its words, the lexicon and the question?

Words become hash values, so that what is learnt can be kept without keeping what anybody wrote. The same word
has the same value on every computer.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from analysis.text.asked import Asked
from analysis.text.learning_words import BREAK, join_pairs, name_text, split_words

Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint32]

PART_LENGTH = 4
"""Letters of the parts that a word is cut into, its beginning and end marked. They join the forms of a word
and the compounds it stands in: "vänta", "väntan" and "väntetid" share "<vän". On English patients' comments
parts raise macro-F1 by 0.05 over words and pairs alone; 3 or 5 letters do no better."""
LEAST_COMMENTS = 3
"""Different texts that must hold a word before anything is learnt of it. With fewer a little more would be
learnt, but what one or two people wrote would leave a trace in the model's file."""
MOST_HITS = 2
"""Hits of one theme's lexicon in one comment that count; more of them say no more."""
ANSWER_WEIGHT = 0.5
"""How large a hit or the question is beside the words of a comment, whose squares add up to 1. From 0.3 to
1 the macro-F1 on English patients' comments differs by less than 0.01."""
UNKNOWN_SHARE = 0.3
"""How much the words that nothing is learnt of count beside the others when a comment's weights are made to
add up. Counted in full they make 200 codes teach less on English patients' comments; at 0.3 as much as when
left out."""
_WORD, _PAIR, _PART = 1, 2, 3
_REMEMBERED_WORDS = 20_000


@dataclass(frozen=True)
class Comment:
    """A masked comment, the question it answers, and what the lexicon says of it.

    `hits` counts the places that speak for each theme whatever was asked; `found` holds the words by which
    the lexicon suggests a theme under this question. Themes without any may be left out of both.
    """

    text: str
    asked: Asked
    hits: Mapping[str, int]
    found: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The hash values that something is learnt of, rising, and how rare each is: 1 where it is in every
    text."""

    hashes: Hashes
    rarity: Floats

    @cached_property
    def columns(self) -> dict[int, int]:
        """Where each hash value stands."""
        return {value: at for at, value in enumerate(self.hashes.tolist())}

    @cached_property
    def rarities(self) -> Floats:
        """Rarity by column, and last that of a value which is not known: as rare as the rarest."""
        return np.append(self.rarity, self.rarity.max(initial=1)).astype(np.float32)


def hash_comment(comment: Comment) -> Counter[int]:
    """How often each word, pair and part of a word stands in a comment, by hash value 0 to 2^32 - 1."""
    words = split_words(comment.text)
    pairs = (hash_pair(first, second) for first, second in join_pairs(words))
    return Counter(chain(chain.from_iterable(map(hash_word, words)), pairs))


@lru_cache(maxsize=_REMEMBERED_WORDS)
def hash_word(word: str) -> tuple[int, ...]:
    """The values of a word and of its parts, each once; none for a break between sentences."""
    if word == BREAK:
        return ()
    marked = f"<{word}>"
    parts = {marked[at : at + PART_LENGTH] for at in range(max(1, len(marked) - PART_LENGTH + 1))}
    return (_hash(word, _WORD), *sorted(_hash(part, _PART) for part in parts))


def hash_pair(first: str, second: str) -> int:
    """The value of two words that stand side by side."""
    return _hash(f"{first} {second}", _PAIR)


def build_vocabulary(comments: Iterable[Comment]) -> Vocabulary:
    """The values that stand in at least LEAST_COMMENTS different texts; rarity is scikit-learn's smooth
    idf."""
    texts = {name_text(split_words(one.text)): hash_comment(one) for one in comments}
    holding = Counter(chain.from_iterable(texts.values()))
    kept = sorted(value for value, number in holding.items() if number >= LEAST_COMMENTS)
    shares = np.array([(1 + holding[value]) / (1 + len(texts)) for value in kept], dtype=np.float64)
    rarity = 1 - np.log(shares)
    return Vocabulary(np.array(kept, dtype=np.uint32), rarity.astype(np.float32))


def weigh_words(counted: Mapping[int, int], vocabulary: Vocabulary) -> tuple[npt.NDArray[np.intp], Floats]:
    """Columns of the known values of one comment, and their weights: TF-IDF, their squares adding up to 1.

    To less where a part of the comment is unknown, as one known word among many says little. Both are empty
    when nothing is known.
    """
    place, unknown = vocabulary.columns, len(vocabulary.hashes)
    columns = np.array([place.get(value, unknown) for value in counted], dtype=np.intp)
    weights = (1 + np.log(list(counted.values()))) * vocabulary.rarities[columns]
    known = columns < unknown
    squares = np.where(known, 1, UNKNOWN_SHARE) * np.square(weights)
    length = np.sqrt(squares.sum())
    return columns[known], (weights[known] / length).astype(np.float32)


def describe_answer(comment: Comment, themes: Iterable[str]) -> Floats:
    """What is known beside the words: hits of each theme, themes found, the question (`count_answers`)."""
    names = list(themes)
    hits = [min(comment.hits.get(theme, 0), MOST_HITS) for theme in names]
    found = [theme in comment.found for theme in names]
    asked = [comment.asked == question for question in Asked]
    return np.array([*hits, *found, *asked], dtype=np.float32) * np.float32(ANSWER_WEIGHT)


def count_answers(themes: int) -> int:
    """How many numbers `describe_answer` gives for so many themes."""
    return 2 * themes + len(Asked)


def _hash(text: str, kind: int) -> int:
    return zlib.crc32(text.encode(), kind)
