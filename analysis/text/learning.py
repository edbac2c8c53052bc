"""What can be learnt from comments that the panel has coded, so that the next ones come with better suggestions?

A theme with too few codes, or that learning does not help, keeps its lexicon; the model says which and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.text.learning_features import (
    Comment,
    Floats,
    Vocabulary,
    build_vocabulary,
    describe_answer,
    hash_comment,
    weigh_words,
)
from analysis.text.learning_fit import Bools, Examples, Fitted, fit_theme
from analysis.text.learning_model import Basis, Model
from analysis.text.learning_words import name_text, split_words

LEAST_CODES = 15
"""Comments coded with a theme, and as many without it, that learning takes: fewer and the lexicon does better."""
SEED = 2026
"""Deals the coded comments into the parts that thresholds are chosen on: the same comments give the same model."""


@dataclass(frozen=True)
class Coded:
    """A comment and the themes that somebody gave it; none is a code too."""

    comment: Comment
    themes: frozenset[str]


def train(coded: Sequence[Coded], *, themes: Sequence[str], seed: int = SEED) -> Model:
    """What the coded comments say of each theme; the same comments, themes and seed give the same model.

    Without comments, or with fewer than LEAST_CODES of every theme, all themes keep their lexicon. Codes of other
    themes are passed over. Raises ValueError if no theme is given or one twice.
    """
    if not themes or len(set(themes)) != len(themes):
        raise ValueError(f"train: give each theme once, not {', '.join(themes) or 'none'}.")
    given = np.array([[theme in one.themes for theme in themes] for one in coded], dtype=np.bool_)
    found = np.array([[theme in one.comment.found for theme in themes] for one in coded], dtype=np.bool_)
    given, found = given.reshape(-1, len(themes)), found.reshape(-1, len(themes))
    enough = [min(int(column.sum()), int((~column).sum())) >= LEAST_CODES for column in given.T]
    vocabulary = build_vocabulary([hash_comment(one.comment) for one in coded] if any(enough) else [])
    fitted: list[Fitted | None] = [None] * len(themes)
    if any(enough):
        examples = _describe_examples(coded, themes, vocabulary)
        for at in np.flatnonzero(enough).tolist():
            fitted[at] = fit_theme(examples, given[:, at], found[:, at], (at, len(themes) + at), seed=seed)
    return _build_model(tuple(themes), given, found, vocabulary, fitted)


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
    given: Bools,
    found: Bools,
    vocabulary: Vocabulary,
    fitted: Sequence[Fitted | None],
) -> Model:
    """The model of all themes; those that keep their lexicon have no weights."""
    learnt = [one if one is not None and one.gains else None for one in fitted]
    words = [one.weights.word if one else np.zeros(len(vocabulary.hashes)) for one in learnt]
    answers = [one.weights.answer if one else np.zeros(2 * len(themes) + 3) for one in learnt]
    return Model(
        themes=themes,
        bases=tuple(_name_basis(one) for one in fitted),
        coded=len(given),
        positives=tuple(given.sum(axis=0).tolist()),
        thresholds=_floats([one.threshold if one else 0.5 for one in learnt]),
        lexicon_chances=_estimate_lexicon(given, found),
        vocabulary=vocabulary,
        word_weights=_floats(np.stack(words, axis=1)),
        answer_weights=_floats(np.stack(answers, axis=1)),
        intercepts=_floats([one.weights.intercept if one else 0.0 for one in learnt]),
    )


def _name_basis(fitted: Fitted | None) -> Basis:
    if fitted is None:
        return Basis.FEW_CODES
    return Basis.LEARNT if fitted.gains else Basis.NO_GAIN


def _estimate_lexicon(given: Bools, found: Bools) -> Floats:
    """Shares with the theme where the lexicon did not find it and where it did: with one more each way, never 0 or 1."""
    shares = [
        ((given & (found == finding)).sum(axis=0) + 1) / ((found == finding).sum(axis=0) + 2)
        for finding in (False, True)
    ]
    return _floats(np.stack(shares, axis=1))


def _floats(numbers: object) -> Floats:
    return np.asarray(numbers, dtype=np.float32)
