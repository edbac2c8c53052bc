"""Which words have people begun to write that they did not write before?

Words and pairs of words outside the themes, in this period's comments against those before: how unlikely it
is that as many of them hold a word when chance alone deals them out, exactly, as a z. Log-odds with their
standard error would miss what nobody wrote before, which is what is looked for. A comment counts once.

Source: Fisher's exact test, one-sided, computed by scipy; of all words that are tried by Bonferroni.
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.text.learning_words import find_names, join_pairs, split_words

LEAST_COMMENTS = 5
"""Comments of this period that a word must stand in: fewer could be one event, and tell of somebody."""
LEAST_Z = 3.0
"""The least z. Source: design of this project, text.md."""
FALSE_SHARE = 0.05
"""Share of periods in which something is called new though nothing is: the limit of z rises with the number
of words that are tried (Bonferroni)."""
SMALLEST = 1e-15
"""Chances nearer to 0 or 1 are all alike."""
SHORTEST = 4
"""Letters of a word that can be a topic by itself, or carry a pair: shorter ones are mostly small words."""
NEARLY_ALL = 0.8
"""Share of a word's comments that hold a pair with it, from which the pair stands for the word."""
MOST_TOPICS = 8
STOP_WORDS = Path(__file__).with_name("topics_stop_words.txt")


@dataclass(frozen=True)
class NewTopic:
    """A word, or two that stand side by side, in small letters; how many comments now and before; and z."""

    words: tuple[str, ...]
    now_count: int
    before_count: int
    z: float


def find_new_topics(
    now: Sequence[str], before: Sequence[str], *, known: Collection[str] = frozenset()
) -> tuple[NewTopic, ...]:
    """The words that stand in clearly more of this period's masked comments than before, the clearest first.

    At most `MOST_TOPICS`; none where nothing was written before. `known` are words in small letters that have
    a theme: no topic has one of them, nor a stop word, nor what looks like a name, which is for a person to
    judge. Masks and digits are no words. The order of comments does not matter.
    """
    if not before:
        return ()
    others = frozenset(known) | _read_stop_words() | find_names([*now, *before])
    counts, earlier = _count(now, others), _count(before, others)
    tried = sum(n + earlier[words] >= LEAST_COMMENTS for words, n in counts.items()) + sum(
        n >= LEAST_COMMENTS for words, n in earlier.items() if words not in counts
    )
    often = sorted(words for words, n in counts.items() if n >= LEAST_COMMENTS)
    if not often:
        return ()
    limit = max(LEAST_Z, find_z(FALSE_SHARE / tried))
    zs = measure_z([counts[w] for w in often], len(now), [earlier[w] for w in often], len(before))
    found = [
        NewTopic(words, counts[words], earlier[words], z)
        for words, z in zip(often, zs, strict=True)
        if z > limit
    ]
    found.sort(key=lambda topic: (-topic.z, topic.words))
    return tuple(_join(found))[:MOST_TOPICS]


def measure_z(now: Sequence[int], of_now: int, before: Sequence[int], of_before: int) -> list[float]:
    """For each word, how far its share of comments lies above that of before, as the z of its exact chance.

    `now` of `of_now` comments hold it, and `before` of `of_before`; both have comments. Negative when it has
    become rarer.
    """
    from scipy.stats import hypergeom

    held = [n + b for n, b in zip(now, before, strict=True)]
    chances = hypergeom.sf([n - 1 for n in now], of_now + of_before, held, of_now)
    return [find_z(chance) for chance in chances.tolist()]


def find_z(chance: float) -> float:
    """The z that a chance of as much or more belongs to; never infinite."""
    from scipy.stats import norm

    return float(norm.isf(min(max(chance, SMALLEST), 1 - SMALLEST)))


@cache
def _read_stop_words() -> frozenset[str]:
    """The words of the file beside this one."""
    lines = STOP_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.split("#", 1)[0].split())


def _count(texts: Iterable[str], known: Collection[str]) -> Counter[tuple[str, ...]]:
    """In how many comments each word and pair stands."""
    counts: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        words = split_words(text)
        held: set[tuple[str, ...]] = {(word,) for word in words if word}
        held.update(join_pairs(words))
        counts.update(one for one in held if _can_be_topic(one, known))
    return counts


def _can_be_topic(words: tuple[str, ...], known: Collection[str]) -> bool:
    return any(len(word) >= SHORTEST for word in words) and not any(word in known for word in words)


def _join(found: Sequence[NewTopic]) -> list[NewTopic]:
    """Of a word and a pair that say the same, the pair; of two pairs that share a word, the clearer."""
    by_word = {topic.words[0]: topic for topic in found if len(topic.words) == 1}
    kept: list[NewTopic] = []
    taken: set[str] = set()
    pairs = [topic for topic in found if len(topic.words) > 1]
    for topic in pairs:
        alone = [by_word[word] for word in topic.words if word in by_word]
        says_all = all(topic.now_count >= NEARLY_ALL * one.now_count for one in alone)
        if alone and says_all and taken.isdisjoint(topic.words):
            kept.append(topic)
            taken.update(topic.words)
    kept += [topic for word, topic in by_word.items() if word not in taken]
    return sorted(kept, key=lambda topic: (-topic.z, topic.words))
