"""What do people write of now that they did not write of before, and that no theme has words for?

Words and pairs of words by the number of comments that hold them, this period against history. A topic must stand in
LEAST_COMMENTS comments, its log-odds must differ by LEAST_Z standard errors, and it must be no luck of many tests: of
all words and pairs that could have come out, Fisher's exact test by the rule of Benjamini and Hochberg. So of periods
in which nothing is new at most five in a hundred show a topic.

Source: Monroe, Colaresi and Quinn 2008, Fightin' words, Political Analysis 16:372-403, for the log-odds.
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.many_tests import find_claims
from analysis.text.learning_words import find_names, join_pairs, name_text, split_words

LEAST_COMMENTS = 5
"""Comments of this period that must hold a topic."""
LEAST_Z = 3.0
"""Standard errors by which its log-odds must differ from history's."""
MOST_WORDS = 4
"""Words and pairs that are shown of one topic."""
LEAST_LETTERS = 3
"""Letters of a word that may be a topic."""
SAME_TOPIC = 0.5
"""Share of the comments of the rarer of two words that must hold the other, too, for them to be one topic."""
COPIED_WORDS = 8
"""Words from which on the same text, sent again, is taken for a copy that counts once; shorter ones are chance."""
_STOP_WORDS = Path(__file__).with_name("topics_stop_words.txt")

Doubles = npt.NDArray[np.float64]


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
    is_known: Callable[[str], bool],
    find_lemma: Callable[[str], str] = str,
) -> tuple[Topic, ...]:
    """What the masked comments of this period speak of more than those of history, the most telling first.

    `is_known` says of a word in small letters whether a theme has it: such words, and pairs with one, are no topic.
    Neither are stop words, digits, masks, and what looks like a name: a name is for a person to judge. `find_lemma`
    joins the forms of a word; topics are shown by it. Empty when either period has no comments.
    """
    periods = [_read_terms(texts, is_known, find_lemma) for texts in (now, before)]
    if not all(periods):
        return ()
    held: list[defaultdict[str, set[int]]] = [_index(period) for period in periods]
    terms = sorted(term for term in {*held[0], *held[1]} if _count(term, held) >= LEAST_COMMENTS)
    counts = np.array([[len(index.get(term, ())) for index in held] for term in terms], dtype=np.float64)
    sizes = (len(periods[0]), len(periods[1]))
    new = _find_new(counts.reshape(-1, 2), sizes)
    return _group([(terms[at], z) for at, z in new], held)
