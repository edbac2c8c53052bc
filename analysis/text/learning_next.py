"""Which comments should the panel code next, so that the themes learn most from it?

The theme with the fewest codes first, and of the comments that the lexicon suggests for it the one that the
model doubts most. Now and then a comment that the lexicon finds nothing in: what it misses is learnt there.
"""

import hashlib
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.text.learning import SEED
from analysis.text.learning_features import Comment
from analysis.text.learning_model import Model, estimate_chances
from analysis.text.learning_words import name_text, split_words

SILENT_EVERY = 10
"""Every how many-th comment is one that the lexicon finds nothing in. Without any, a theme with many codes
is learnt from a world where every comment has a theme; more often, and rare themes get too few codes."""
EXPECTED_PRECISION = 0.6
"""Share of the lexicon's suggestions that are expected to be coded so."""
_SILENT = ""
"""Stands in for a theme where the lexicon finds none."""
_LEAST_CHANCE = 1e-9


@dataclass(frozen=True)
class Candidate:
    """A comment that may be coded, by its id."""

    id: str
    comment: Comment


def choose_next(
    candidates: Sequence[Candidate],
    model: Model | None,
    coded_counts: Mapping[str, int],
    number: int,
    *,
    seed: int = SEED,
) -> list[str]:
    """Ids of at most `number` comments, those to code first at the front; fewer when there are no more.

    `coded_counts` holds every theme with the comments coded with it so far. Candidates must not have been
    coded. Without a model chance (by the seed) decides within a theme. Of texts that are the same only one
    is chosen, and none without words. The order of the candidates does not matter.
    """
    expected = {theme: float(count) for theme, count in coded_counts.items()}
    queues = _queue_candidates(candidates, model, list(expected), seed)
    silent = queues.pop(_SILENT)
    # Drawn, not counted: whoever asks for one comment at a time gets such a one now and then, too.
    draw = random.Random(f"{seed} {sorted(one.id for one in candidates)}")  # noqa: S311 - a choice, not a secret
    chosen: dict[str, str] = {}
    while len(chosen) < number:
        turn = silent if draw.random() * SILENT_EVERY < 1 else None
        turn = turn or _find_poorest(queues, expected) or silent
        if not turn:
            break
        candidate = turn.pop()
        if (name := name_text(split_words(candidate.comment.text))) and name not in chosen:
            chosen[name] = candidate.id
            for theme in candidate.comment.found.keys() & expected.keys():
                expected[theme] += EXPECTED_PRECISION
    return list(chosen.values())


def _find_poorest(
    queues: Mapping[str, list[Candidate]], expected: Mapping[str, float]
) -> list[Candidate] | None:
    """The candidates of the theme with the fewest codes that has any left."""
    left = [theme for theme in queues if queues[theme]]
    return queues[min(left, key=expected.__getitem__)] if left else None


def _queue_candidates(
    candidates: Sequence[Candidate], model: Model | None, themes: Sequence[str], seed: int
) -> dict[str, list[Candidate]]:
    """The candidates of each theme by the lexicon, and those it finds nothing in; the most doubted last."""
    doubts = [_measure_doubts(candidate, model) for candidate in candidates]
    lots = [hashlib.blake2b(f"{seed} {one.id}".encode(), digest_size=8).digest() for one in candidates]

    def queue(theme: str) -> list[Candidate]:
        places = [at for at, one in enumerate(candidates) if _belongs(one, theme)]
        places.sort(key=lambda at: (doubts[at].get(theme, 0.0), lots[at]))
        return [candidates[at] for at in places]

    return {theme: queue(theme) for theme in (*themes, _SILENT)}


def _belongs(candidate: Candidate, theme: str) -> bool:
    found = candidate.comment.found
    return theme in found if theme != _SILENT else not found


def _measure_doubts(candidate: Candidate, model: Model | None) -> dict[str, float]:
    """How near each theme's log-odds are to its threshold: 0 is nearest. Silence has that of the nearest."""
    if model is None:
        return {}
    chances = estimate_chances(model, candidate.comment)
    thresholds = dict(zip(model.themes, model.thresholds.tolist(), strict=True))
    doubts = {theme: -abs(_to_odds(chances[theme]) - _to_odds(thresholds[theme])) for theme in model.themes}
    return {**doubts, _SILENT: max(doubts.values())}


def _to_odds(chance: float) -> float:
    """A chance as log-odds; never infinite."""
    chance = min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    return math.log(chance / (1 - chance))
