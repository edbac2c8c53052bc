"""Which few of the comments that may be quoted stand best for all of them?

The nearest to the middle of each theme, by the words they share; none that says the same as another that was
chosen. Whether somebody could be recognised is for people to judge, before.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.text.learning_words import count_masks, split_words

SHORTEST, LONGEST = 4, 80
"""Words of a quote. Fewer say too little by themselves; more are not read beside figures."""
MOST_MASKS = 1
"""Masks that a quote may have: with more of them it does not read, and tells of several people."""
ALIKE = 0.6
"""Cosine from which two comments say the same."""

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Quotable:
    """A masked comment that may be quoted, by its id, and its themes."""

    id: str
    text: str
    themes: frozenset[str]


def choose_quotes(comments: Sequence[Quotable], *, number: int) -> list[str]:
    """The ids of at most `number` comments: of every theme its most typical, the commonest theme first, then
    the next ones in the same order.

    Comments that are too short, too long or have several masks are left out, and those like one that was
    chosen. The order of the comments does not matter.
    """
    words = {one.id: Counter(word for word in split_words(one.text) if word) for one in comments}
    fit = sorted((one for one in comments if _fits(one, words[one.id])), key=lambda one: one.id)
    vectors = _weigh({one.id: words[one.id] for one in fit})
    queues = _queue_by_theme(fit, vectors)
    chosen: list[str] = []
    while len(chosen) < number and any(queues):
        for queue in queues:
            candidate = next((one for one in queue if _is_new(one, chosen, vectors)), None)
            queue[:] = queue[queue.index(candidate) + 1 :] if candidate else []
            if candidate is not None:
                chosen.append(candidate)
            if len(chosen) == number:
                break
    return chosen


def _fits(comment: Quotable, words: Counter[str]) -> bool:
    return SHORTEST <= words.total() <= LONGEST and count_masks(comment.text) <= MOST_MASKS


def _weigh(words: Mapping[str, Counter[str]]) -> dict[str, Vector]:
    """TF-IDF of each comment, of length 1."""
    rarity = Counter(word for one in words.values() for word in one)
    vectors: dict[str, Vector] = {}
    for name, counted in words.items():
        weighed = {w: n * (1 + math.log((1 + len(words)) / (1 + rarity[w]))) for w, n in counted.items()}
        length = math.sqrt(sum(weight**2 for weight in weighed.values()))
        vectors[name] = {word: weight / length for word, weight in weighed.items()}
    return vectors


def _queue_by_theme(comments: Sequence[Quotable], vectors: Mapping[str, Vector]) -> list[list[str]]:
    """The ids of each theme's comments, the nearest to its middle first; the commonest theme first."""
    members: dict[str, list[str]] = defaultdict(list)
    for one in comments:
        for theme in one.themes or {""}:
            members[theme].append(one.id)
    queues: list[list[str]] = []
    for theme in sorted(members, key=lambda name: (-len(members[name]), name)):
        centre: Counter[str] = Counter()
        for name in members[theme]:
            centre.update(vectors[name])  # type: ignore[arg-type]
        queues.append(sorted(members[theme], key=lambda name: (-_multiply(vectors[name], centre), name)))
    return queues


def _is_new(candidate: str, chosen: Sequence[str], vectors: Mapping[str, Vector]) -> bool:
    """Whether a comment is neither chosen nor like one that is."""
    return candidate not in chosen and all(
        _multiply(vectors[candidate], vectors[one]) < ALIKE for one in chosen
    )


def _multiply(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other[word] for word, weight in one.items() if word in other)
