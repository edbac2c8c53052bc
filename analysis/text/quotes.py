"""Which comments stand for the others that speak of the same, and single nobody out?

The comments nearest the centre of their theme by their words (TF-IDF and cosine). What marks a single event
or person counts against a comment: numbers, words with a capital that look like names, and words that no
other comment has. Whether somebody could be recognised by a comment is for people to judge all the same.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.text.learning_words import BREAK, count_masks, find_names, split_words

LEAST_WORDS = 6
"""Words of a quote: fewer say little that the theme's name does not say."""
MOST_WORDS = 60
"""Words of a quote: more are a story, which people are recognised by and few read."""
MOST_MASKS = 1
"""Masks such as [namn] in a quote: two and it is about persons."""
NEAR_DUPLICATE = 0.6
"""Cosine from which on two comments say the same in the same words: one of them is enough."""
MARK_COST = 0.05
"""What a number or a name takes from a comment's nearness, 0 to 1; two weigh as much as a usual lead."""
LONE_WORDS_COST = 0.3
"""What a comment would lose by having only words that no other comment has."""
_NUMBER = re.compile(r"\d+")
_NO_THEME = frozenset({""})
"""Stands in for the themes of a comment that has none."""

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Quotable:
    """A masked comment that may be quoted (somebody has judged so), and its themes."""

    id: str
    text: str
    themes: Collection[str]


@dataclass(frozen=True)
class _Read:
    """A comment with its themes, its words, and its weights by word, whose squares add up to 1."""

    comment: Quotable
    themes: Collection[str]
    words: tuple[str, ...]
    vector: Vector


def choose_quotes(comments: Sequence[Quotable], *, number: int) -> list[str]:
    """Ids of at most `number` comments, the theme with most comments first, then in turn one of each theme.

    Of a theme the nearest to its centre first; comments without a theme count as one more. None that is too
    short or long (LEAST_WORDS, MOST_WORDS), has more than one mask, or says nearly the same as one chosen
    before. The order of the comments does not matter.
    """
    read = _read_comments(sorted(comments, key=lambda one: (one.text, one.id)))
    allowed = [one for one in read if _may_be_quoted(one)]
    marks = _price_marks(read)
    queues = {theme: _rank(theme, read, allowed, marks) for theme in _order_themes(read)}
    chosen: list[_Read] = []
    while len(chosen) < number and any(queues.values()):
        for queue in queues.values():
            fresh = next((one for one in _take(queue) if not _resembles(one, chosen)), None)
            if fresh is not None and len(chosen) < number:
                chosen.append(fresh)
    return [one.comment.id for one in chosen]


def _read_comments(comments: Sequence[Quotable]) -> list[_Read]:
    words = [tuple(word for word in split_words(one.text) if word != BREAK) for one in comments]
    holding = Counter(word for each in words for word in set(each))
    rarity = {word: 1 + math.log((1 + len(comments)) / (1 + number)) for word, number in holding.items()}
    return [
        _Read(one, one.themes or _NO_THEME, each, _weigh(each, rarity))
        for one, each in zip(comments, words, strict=True)
    ]


def _weigh(words: Sequence[str], rarity: Mapping[str, float]) -> Vector:
    """TF-IDF of each word, of length 1; empty without words."""
    weights = {word: (1 + math.log(count)) * rarity[word] for word, count in Counter(words).items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}


def _may_be_quoted(one: _Read) -> bool:
    return LEAST_WORDS <= len(one.words) <= MOST_WORDS and count_masks(one.comment.text) <= MOST_MASKS


def _price_marks(read: Sequence[_Read]) -> dict[str, float]:
    """What each comment, by its id, loses for what marks a single event or person."""
    names = find_names(one.comment.text for one in read)
    holding = Counter(word for one in read for word in one.vector)
    prices: dict[str, float] = {}
    for one in read:
        marks = len(_NUMBER.findall(one.comment.text)) + sum(word in names for word in one.words)
        lone = sum(holding[word] == 1 for word in one.words) / max(1, len(one.words))
        prices[one.comment.id] = MARK_COST * marks + LONE_WORDS_COST * lone
    return prices


def _order_themes(read: Sequence[_Read]) -> list[str]:
    """The themes by how many comments have them, then by name."""
    counted = Counter(theme for one in read for theme in one.themes)
    return sorted(counted, key=lambda theme: (-counted[theme], theme))


def _rank(
    theme: str, read: Sequence[_Read], allowed: Sequence[_Read], marks: Mapping[str, float]
) -> list[_Read]:
    """The allowed comments of a theme, those that stand best for it last."""
    centre = _find_centre([one.vector for one in read if theme in one.themes])
    own = [one for one in reversed(allowed) if theme in one.themes]
    scores = {one.comment.id: _measure_cosine(one.vector, centre) - marks[one.comment.id] for one in own}
    return sorted(own, key=lambda one: round(scores[one.comment.id], 9))


def _find_centre(vectors: Sequence[Vector]) -> Vector:
    """The mean of some vectors, of length 1; empty if they are."""
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for word, weight in vector.items():
            total[word] += weight
    length = math.sqrt(sum(weight * weight for weight in total.values()))
    return {word: weight / length for word, weight in total.items()}


def _measure_cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors of length 1 are, 0 to 1; from the shorter, for speed."""
    small, large = sorted((one, other), key=len)
    return sum(weight * large.get(word, 0.0) for word, weight in small.items())


def _take(queue: list[_Read]) -> Iterator[_Read]:
    """The comments of a queue from its end, each taken off it."""
    while queue:
        yield queue.pop()


def _resembles(one: _Read, chosen: Sequence[_Read]) -> bool:
    """Whether a comment was chosen already, for another theme, or is nearly the same as one that was."""
    return any(_measure_cosine(one.vector, other.vector) >= NEAR_DUPLICATE for other in chosen)
