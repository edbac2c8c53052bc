"""What do people write of now that they did not write of before, and that no theme has words for?

Words and pairs of words, by the number of comments that hold them, this period against history. A topic
must stand in LEAST_COMMENTS comments, its log-odds must have risen by LEAST_Z standard errors, and it must
be no luck of many tests: Fisher's exact test of every word and pair that could have come out, by the rule
of Benjamini and Hochberg. So of periods in which nothing is new five in a hundred show a topic, at most.

Source: Monroe, Colaresi and Quinn 2008, Fightin' words, Political Analysis 16:372-403, for the log-odds.
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np

from analysis.many_tests import find_claims
from analysis.text.learning_words import find_names, join_pairs, name_text, split_words

LEAST_COMMENTS = 5
"""Comments of this period that must hold a topic."""
LEAST_Z = 3.0
"""Standard errors by which the log-odds of a topic must have risen."""
PRIOR_COMMENTS = 1000
"""Comments of both periods together that the prior counts for: it draws rare words to their common share."""
MOST_WORDS = 4
"""Words and pairs that are shown of one topic."""
LEAST_LETTERS = 3
"""Letters of a word that may be a topic."""
SAME_TOPIC = 0.5
"""Share of the comments of one of two words, the rarer, that hold the other, too, if they are one topic."""
COPIED_WORDS = 8
"""Words from which on the same text sent again is a copy, and counts once; shorter ones meet by chance."""
_STOP_WORDS = Path(__file__).with_name("topics_stop_words.txt")

Reader = Callable[[str], frozenset[str]]


@dataclass(frozen=True)
class Topic:
    """Words and pairs that came up together, the most telling first, and how many comments hold any of them.

    `z` is by how many standard errors the log-odds of the first have risen.
    """

    words: tuple[str, ...]
    now_count: int
    before_count: int
    z: float


def find_new_topics(
    now: Sequence[str],
    before: Sequence[str],
    *,
    known: Collection[str] = frozenset(),
    find_lemma: Callable[[str], str] = str,
) -> tuple[Topic, ...]:
    """What the masked comments of this period speak of more than those of history, the most telling first.

    `known` are words in small letters that have a theme: they, and pairs with one, are no topic. Neither are
    stop words, digits, masks, and what looks like a name: of names a person must judge. `find_lemma` joins
    the forms of a word, and topics are shown by it. Empty when either period has no comments. The order of
    the comments does not matter.
    """
    now, before = _drop_copies(now), _drop_copies(before)
    read = _make_reader(frozenset(known) | find_names(chain(now, before)), find_lemma)
    held = [read(text) for text in now]
    counts = Counter(chain.from_iterable(held)), Counter(chain.from_iterable(map(read, before)))
    new = _find_new(*counts, len(now), len(before))
    topics = _group(new, held)
    earlier = _count_holders(topics, map(read, before))
    return tuple(
        Topic(_shorten(terms), sum(not one.isdisjoint(terms) for one in held), number, new[terms[0]])
        for terms, number in zip(topics, earlier, strict=True)
    )


def _drop_copies(texts: Iterable[str]) -> list[str]:
    """The texts, of long ones that are the same only one."""
    kept: dict[str, str] = {}
    for at, text in enumerate(texts):
        words = split_words(text)
        kept.setdefault(name_text(words) if len(words) >= COPIED_WORDS else str(at), text)
    return list(kept.values())


def _make_reader(others: Collection[str], find_lemma: Callable[[str], str]) -> Reader:
    """What tells which words and pairs of a text may be a topic, each once; none has a word of `others`."""

    @cache
    def read_word(word: str) -> str:
        """The word as it counts; empty if it cannot be a topic."""
        lemma = find_lemma(word) if len(word) >= LEAST_LETTERS else ""
        return "" if any(form in others or form in _stop_words() for form in (word, lemma)) else lemma

    def read(text: str) -> frozenset[str]:
        words = [read_word(word) for word in split_words(text)]
        return frozenset(chain(filter(None, words), (f"{one} {other}" for one, other in join_pairs(words))))

    return read


def _find_new(
    now: Mapping[str, int], before: Mapping[str, int], now_size: int, before_size: int
) -> dict[str, float]:
    """The terms that are new with their z, the highest first."""
    from scipy.stats import hypergeom

    # All that could have come out are tested, not those that did: else the choice itself would be the luck.
    terms = sorted(
        term for term in {*now, *before} if now.get(term, 0) + before.get(term, 0) >= LEAST_COMMENTS
    )
    if not terms or not now_size or not before_size:
        return {}
    ours = np.array([now.get(term, 0) for term in terms], dtype=np.float64)
    theirs = np.array([before.get(term, 0) for term in terms], dtype=np.float64)
    p_values = hypergeom.sf(ours - 1, now_size + before_size, ours + theirs, now_size)
    prior = (ours + theirs) / (now_size + before_size) * PRIOR_COMMENTS
    odds = np.log((ours + prior) / (now_size + PRIOR_COMMENTS - ours - prior))
    odds -= np.log((theirs + prior) / (before_size + PRIOR_COMMENTS - theirs - prior))
    scores = odds / np.sqrt(1 / (ours + prior) + 1 / (theirs + prior))
    claims = np.array(find_claims(p_values.tolist())) & (ours >= LEAST_COMMENTS) & (scores > LEAST_Z)
    return {terms[at]: float(scores[at]) for at in np.argsort(-scores, kind="stable") if claims[at]}


def _group(new: Mapping[str, float], held: Sequence[frozenset[str]]) -> list[tuple[str, ...]]:
    """The new terms by topic: with the first, and strongest, the others that stand in the same comments."""
    places = {term: {at for at, terms in enumerate(held) if term in terms} for term in new}
    topics: dict[str, list[str]] = {}
    for term in new:
        first = next((one for one in topics if _share(places[one], places[term]) >= SAME_TOPIC), term)
        topics.setdefault(first, []).append(term)
    return [tuple(terms) for terms in topics.values()]


def _shorten(terms: Sequence[str]) -> tuple[str, ...]:
    """The terms that are shown: without the words that stand in a pair among them."""
    in_pairs = {word for term in terms if " " in term for word in term.split()}
    return tuple(term for term in terms if term not in in_pairs)[:MOST_WORDS]


def _share(one: set[int], other: set[int]) -> float:
    return len(one & other) / min(len(one), len(other))


def _count_holders(topics: Sequence[tuple[str, ...]], read: Iterable[frozenset[str]]) -> list[int]:
    """How many texts hold any term of each topic."""
    counts = [0] * len(topics)
    for terms in read if topics else ():
        for at, topic in enumerate(topics):
            counts[at] += not terms.isdisjoint(topic)
    return counts


@cache
def _stop_words() -> frozenset[str]:
    """The words of the file beside this one."""
    lines = _STOP_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(chain.from_iterable(line.split("#", 1)[0].split() for line in lines))
