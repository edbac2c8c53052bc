"""Does what was learnt do better than the lexicon on coded comments that it has not seen?"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.many_tests import adjust_many
from analysis.text.learning import SEED, Coded
from analysis.text.learning_accuracy import Accuracy
from analysis.text.learning_comparison import Bools, compare_suggestions, mark_themes
from analysis.text.learning_model import Basis, Model, suggest
from analysis.text.learning_words import name_text, split_words

HELD_OUT = 0.25
"""Share of coded comments that are kept out of learning, to judge it by."""
CLEAR = 0.05
"""p-value up to which a difference is called clear."""


class Verdict(StrEnum):
    """How the model does beside the lexicon."""

    BETTER = "better"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    WORSE = "worse"


@dataclass(frozen=True)
class ThemeEvaluation:
    """One theme on the comments held out. `p`, 0 to 1, counts among all themes; None where both say the
    same."""

    theme: str
    basis: Basis
    model: Accuracy
    lexicon: Accuracy
    p: float | None
    verdict: Verdict


@dataclass(frozen=True)
class Evaluation:
    """All themes on `n` comments held out.

    Macro-F1 is the mean F1 of the themes that somebody gave, None if none; `p` and `verdict` are about it.
    """

    n: int
    themes: tuple[ThemeEvaluation, ...]
    macro_f1: float | None
    lexicon_macro_f1: float | None
    p: float | None
    verdict: Verdict


def hold_out(coded: Sequence[Coded], *, share: float = HELD_OUT) -> tuple[list[Coded], list[Coded]]:
    """The coded comments to learn from, and those to judge by, each in their order.

    Decided by a hash of the comment's words: equal texts are on one side, and a comment stays on its side
    however many more are coded. Raises ValueError if the share is not between 0 and 1.
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

    The p-values of the themes are adjusted for their number (Benjamini and Hochberg). Comments that were
    chosen for coding by doubt are harder than others: their recall and precision are not those of all
    comments.
    """
    given = mark_themes([one.themes for one in held_out], model.themes)
    suggested = [{each.theme for each in suggest(model, one.comment)} for one in held_out]
    ours = mark_themes(suggested, model.themes)
    lexicon = mark_themes([one.comment.found.keys() for one in held_out], model.themes)
    compared = compare_suggestions(ours, lexicon, given, seed=seed)
    p_values = adjust_many(compared.p_values)
    rows = zip(model.themes, model.bases, ours.T, lexicon.T, given.T, p_values, strict=True)
    judged = tuple(_judge_theme(*row) for row in rows)
    macro = _average([one.model.f1 for one in judged])
    lexicon_macro = _average([one.lexicon.f1 for one in judged])
    verdict = _decide(macro, lexicon_macro, compared.p)
    return Evaluation(len(held_out), judged, macro, lexicon_macro, compared.p, verdict)


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
