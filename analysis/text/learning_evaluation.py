"""Does what was learnt do better than the lexicon on coded comments that it has not seen?

Every comment counts for both, so the two are compared comment by comment: under the null hypothesis it is chance
which of them said what, so their suggestions are swapped at random, comment by comment, and F1 is measured anew. It is
the exact test of McNemar with F1 in place of the number of errors, which for a rare theme would favour whoever says
least.

Source: Yeh 2000, More accurate tests for the statistical significance of result differences, COLING 18:947-953.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from analysis.many_tests import adjust_many
from analysis.text.learning import SEED, Coded
from analysis.text.learning_accuracy import Accuracy
from analysis.text.learning_model import Basis, Model, suggest
from analysis.text.learning_words import name_text, split_words

HELD_OUT = 0.25
"""Share of coded comments that are kept out of learning, to judge it by."""
SWAPS = 2000
"""Times the suggestions are swapped at random: a p-value of 0.05 is then known to within 0.01."""
CLEAR = 0.05
"""p-value up to which a difference is called clear."""
_SAME = 1e-12
"""Two F1 that differ by less are the same."""

Bools = npt.NDArray[np.bool_]
Doubles = npt.NDArray[np.float64]


class Verdict(StrEnum):
    """How the model does beside the lexicon."""

    BETTER = "better"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    WORSE = "worse"


@dataclass(frozen=True)
class ThemeEvaluation:
    """One theme on the comments held out; `p` (0 to 1) weighs it among the other themes, None where both say the same."""

    theme: str
    basis: Basis
    model: Accuracy
    lexicon: Accuracy
    p: float | None
    verdict: Verdict


@dataclass(frozen=True)
class Evaluation:
    """All themes on `n` comments held out. Macro-F1 is the mean of F1 over the themes that somebody gave, None if none.

    `p` and `verdict` are about macro-F1.
    """

    n: int
    themes: tuple[ThemeEvaluation, ...]
    macro_f1: float | None
    lexicon_macro_f1: float | None
    p: float | None
    verdict: Verdict


def hold_out(coded: Sequence[Coded], *, share: float = HELD_OUT) -> tuple[list[Coded], list[Coded]]:
    """The coded comments to learn from, and those to judge by, each in their order.

    Decided by a hash of the comment's words: equal texts are on one side, and a comment stays on its side however
    many more are coded. Raises ValueError if the share is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise ValueError(f"hold_out: a share of {share} leaves nothing to learn from or to judge by.")
    learning: list[Coded] = []
    judging: list[Coded] = []
    for one in coded:
        name = name_text(split_words(one.comment.text)).encode()
        drawn = int.from_bytes(hashlib.blake2b(name, digest_size=8).digest()) / 2**64
        (judging if drawn < share else learning).append(one)
    return learning, judging


def evaluate(model: Model, held_out: Sequence[Coded], *, seed: int = SEED) -> Evaluation:
    """How the model and the lexicon do on coded comments that the model was not trained on.

    The p-values of the themes are adjusted for their number (Benjamini and Hochberg). Comments that were chosen for
    coding by doubt are harder than others: their recall and precision are not those of all comments.
    """
    given = _mark([one.themes for one in held_out], model.themes)
    ours = _mark([{each.theme for each in suggest(model, one.comment)} for one in held_out], model.themes)
    lexicon = _mark([one.comment.found.keys() for one in held_out], model.themes)
    p_values, p = _compare(ours, lexicon, given, seed)
    rows = zip(model.themes, model.bases, ours.T, lexicon.T, given.T, adjust_many(p_values), strict=True)
    judged = tuple(_judge_theme(*row) for row in rows)
    macro = _average([one.model.f1 for one in judged])
    lexicon_macro = _average([one.lexicon.f1 for one in judged])
    return Evaluation(len(held_out), judged, macro, lexicon_macro, p, _decide(macro, lexicon_macro, p))


def _mark(given: Sequence[Collection[str]], themes: Sequence[str]) -> Bools:
    """Whether each comment (row) has each theme (column)."""
    marks = [[theme in one for theme in themes] for one in given]
    return np.array(marks, dtype=np.bool_).reshape(len(given), len(themes))


def _judge_theme(
    theme: str, basis: Basis, ours: Bools, lexicon: Bools, given: Bools, p: float | None
) -> ThemeEvaluation:
    """One theme, from whether each comment has it by the model, the lexicon and the one who coded."""
    model, other = _count(ours, given), _count(lexicon, given)
    return ThemeEvaluation(theme, basis, model, other, p, _decide(model.f1, other.f1, p))


def _count(found: Bools, given: Bools) -> Accuracy:
    right, wrong = int((found & given).sum()), int((found & ~given).sum())
    return Accuracy(right, wrong, int((~found & given).sum()), int((~found & ~given).sum()))


def _average(scores: Sequence[float | None]) -> float | None:
    """The mean of those that are known."""
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else None


def _decide(ours: float | None, lexicon: float | None, p: float | None) -> Verdict:
    if ours is None or lexicon is None or p is None or p > CLEAR:
        return Verdict.NO_CLEAR_DIFFERENCE
    return Verdict.BETTER if ours > lexicon else Verdict.WORSE


def _compare(ours: Bools, lexicon: Bools, given: Bools, seed: int) -> tuple[list[float | None], float | None]:
    """p-values of each theme and of macro-F1, two-sided; None where there is nothing to compare."""
    swapped = np.flatnonzero((ours != lexicon).any(axis=1))
    step = ours[swapped].astype(np.float64) - lexicon[swapped]
    known = given.any(axis=0)
    differs = known & (step != 0).any(axis=0)
    if not differs.any():
        return [None] * given.shape[1], None
    swaps = np.random.default_rng(seed).integers(0, 2, size=(SWAPS, len(swapped))).astype(np.float64)
    swaps = np.vstack([np.zeros(len(swapped)), swaps])
    moved, moved_right = swaps @ step, swaps @ (step * given[swapped])
    gains = _score(ours, given, -moved, -moved_right) - _score(lexicon, given, moved, moved_right)
    p_values = [_weigh_gain(gains[:, at]) if differs[at] else None for at in range(given.shape[1])]
    return p_values, _weigh_gain(gains[:, known].mean(axis=1))


def _score(found: Bools, given: Bools, moved: Doubles, moved_right: Doubles) -> Doubles:
    """F1 of each theme (column) in each swap (row), when so many suggestions and right ones came or went."""
    sizes = found.sum(axis=0) + moved + given.sum(axis=0)
    right = (found & given).sum(axis=0) + moved_right
    return 2 * right / np.maximum(sizes, 1)


def _weigh_gain(gains: Doubles) -> float:
    """Share of the swaps that differ as much as what was seen, which stands first and counts as one of them."""
    return float((np.abs(gains) >= abs(gains[0]) - _SAME).mean())
