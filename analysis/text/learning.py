"""What can be learnt from the comments that people have coded, so that others come with better themes?

A theme with too few codes, or that learning does not help, keeps its lexicon; the model says which and why.
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.text.learning_comparison import Bools, compare_suggestions, mark_themes
from analysis.text.learning_features import (
    Comment,
    Floats,
    Vocabulary,
    build_vocabulary,
    count_answers,
    describe_answer,
    hash_comment,
    weigh_words,
)
from analysis.text.learning_fit import Examples, Fitted, fit_theme
from analysis.text.learning_model import Basis, Model
from analysis.text.learning_words import name_text, split_words

LEAST_CODES = 15
"""Comments coded with a theme, and as many without it, that learning takes at least."""
MOST_LUCK = 0.15
"""p-value up to which doing better than the lexicon is not called luck, for a theme or for the mean of all.

Measured on English patients' comments: without it 200 codes do harm where the lexicon is good already."""
MANY_CODES = 100
"""Comments coded with a theme from which on MOST_LUCK_OF_MANY will do: what may be lost is little then."""
MOST_LUCK_OF_MANY = 0.5
"""As MOST_LUCK, for such a theme. Measured with 2,000 codes: a gain of 0.009 in macro-F1 instead of 0.001."""
SEED = 2026
"""Deals the coded comments into parts: the same comments give the same model."""


@dataclass(frozen=True)
class Coded:
    """A comment and the themes that somebody gave it; none is a code too."""

    comment: Comment
    themes: frozenset[str]


def train(coded: Sequence[Coded], *, themes: Sequence[str], seed: int = SEED) -> Model:
    """What the coded comments say of each theme; the same comments, themes and seed give the same model.

    Without comments, or with fewer than LEAST_CODES of every theme, all themes keep their lexicon. Codes of
    other themes are passed over. Raises ValueError if no theme is given or one twice.
    """
    if not themes or len(set(themes)) != len(themes):
        raise ValueError(f"train: give each theme once, not {', '.join(themes) or 'none'}.")
    given = mark_themes([one.themes for one in coded], themes)
    found = mark_themes([one.comment.found.keys() for one in coded], themes)
    enough = [min(int(column.sum()), int((~column).sum())) >= LEAST_CODES for column in given.T]
    vocabulary = build_vocabulary([one.comment for one in coded] if any(enough) else [])
    fitted: list[Fitted | None] = [None] * len(themes)
    if any(enough):
        examples = _describe_examples(coded, themes, vocabulary)
        for at in np.flatnonzero(enough).tolist():
            fitted[at] = fit_theme(examples, given[:, at], (at, len(themes) + at), seed=seed)
    bases = _choose_bases(fitted, found, given, seed)
    return _build_model(tuple(themes), bases, given, found, vocabulary, fitted)


def _choose_bases(
    fitted: Sequence[Fitted | None], found: Bools, given: Bools, seed: int
) -> tuple[Basis, ...]:
    """Which themes are learnt: those that gain on comments not seen, by more than luck alone or together."""
    learnt = [at for at, one in enumerate(fitted) if one is not None]
    bases = [Basis.FEW_CODES] * len(fitted)
    if learnt:
        unseen = np.stack([one.unseen for one in fitted if one is not None], axis=1)
        compared = compare_suggestions(unseen, found[:, learnt], given[:, learnt], seed=seed)
        together = (compared.gain or 0) > 0 and compared.p is not None and compared.p <= MOST_LUCK
        for at, gain, p in zip(learnt, compared.gains, compared.p_values, strict=True):
            most_luck = MOST_LUCK_OF_MANY if given[:, at].sum() >= MANY_CODES else MOST_LUCK
            is_sure = together or (p is not None and p <= most_luck)
            bases[at] = Basis.LEARNT if (gain or 0) > 0 and is_sure else Basis.NO_GAIN
    return tuple(bases)


def _describe_examples(coded: Sequence[Coded], themes: Sequence[str], vocabulary: Vocabulary) -> Examples:
    """The coded comments as numbers."""
    from scipy.sparse import csr_matrix

    weighed = [weigh_words(hash_comment(one.comment), vocabulary) for one in coded]
    ends = np.cumsum([0, *(len(columns) for columns, _ in weighed)])
    columns = np.concatenate([columns for columns, _ in weighed])
    weights = np.concatenate([weights for _, weights in weighed])
    words = csr_matrix((weights, columns, ends), shape=(len(coded), len(vocabulary.hashes)))
    answers = np.stack([describe_answer(one.comment, themes) for one in coded])
    return Examples(words, answers, [name_text(split_words(one.comment.text)) for one in coded])


def _build_model(
    themes: tuple[str, ...],
    bases: tuple[Basis, ...],
    given: Bools,
    found: Bools,
    vocabulary: Vocabulary,
    fitted: Sequence[Fitted | None],
) -> Model:
    """The model of all themes; those with too few codes have no weights."""
    words = [one.weights.word if one else np.zeros(len(vocabulary.hashes)) for one in fitted]
    answers = [one.weights.answer if one else np.zeros(count_answers(len(themes))) for one in fitted]
    return Model(
        themes=themes,
        bases=bases,
        coded=len(given),
        positives=tuple(given.sum(axis=0).tolist()),
        thresholds=_floats([one.threshold if one else 0.5 for one in fitted]),
        lexicon_chances=_estimate_lexicon(given, found),
        vocabulary=vocabulary,
        word_weights=_floats(np.stack(words, axis=1)),
        answer_weights=_floats(np.stack(answers, axis=1)),
        intercepts=_floats([one.weights.intercept if one else 0.0 for one in fitted]),
    )


def _estimate_lexicon(given: Bools, found: Bools) -> Floats:
    """Shares with the theme where the lexicon did not find it and did, by Laplace's rule: never 0 or 1."""
    shares = [
        ((given & (found == finding)).sum(axis=0) + 1) / ((found == finding).sum(axis=0) + 2)
        for finding in (False, True)
    ]
    return _floats(np.stack(shares, axis=1))


def _floats(numbers: object) -> Floats:
    return np.asarray(numbers, dtype=np.float32)
