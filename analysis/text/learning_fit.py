"""How is one theme learnt from coded comments, and from which chance on is it suggested?

Logistic regression on the words' weights, each multiplied by the log-ratio of naive Bayes (how much more
often it stands in comments with the theme), on the lexicon's hits and the question. The lexicon takes part
as if it had been seen at work on PRIOR_COMMENTS comments of each kind: with few codes a theme follows the
lexicon, with many the words.

Source: Wang and Manning 2012, Baselines and bigrams, ACL 50, for the ratio; computed by scikit-learn.
"""

# scipy and scikit-learn carry no types of their own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.text.asked import Asked
from analysis.text.learning_features import ANSWER_WEIGHT, Floats

Bools = npt.NDArray[np.bool_]
Doubles = npt.NDArray[np.float64]

PRIOR_COMMENTS = 20
"""Comments that the lexicon's word counts for, where it found the theme and where it did not. Measured on
English patients' comments: without them 200 codes are worse than the lexicon in a quarter of trials."""
PRIOR_PRECISION = 0.75
"""Share of the lexicon's findings that are right, as long as nobody has coded."""
PRIOR_MISSED = 0.03
"""Share of the comments without a finding that have the theme all the same, as long as nobody has coded."""
FOLDS = 5
"""Parts of the coded comments, each judged by what was learnt from the others."""
THRESHOLD_PRIOR = 30
"""Coded positives that half of the way from a chance of 0.5 to the best threshold takes: with few codes the
threshold that looked best is mostly luck."""
_SMOOTHING = 0.2
"""Added to each word's weight in the ratio. From 0.05 to 0.5 macro-F1 differs by less than 0.005."""
_REGULARISATION = 3.0
"""scikit-learn's C. From 1 to 5 macro-F1 differs by less than 0.005."""
_INTERCEPT_SCALE = 3
"""Keeps liblinear from shrinking the intercept like a word's weight."""


@dataclass(frozen=True, eq=False)
class Examples:
    """Coded comments as numbers: words (sparse, comments x values), the other numbers (comments x answers).

    `groups` names comments of the same text alike: they are judged together, or the answer would be known.
    """

    words: Any
    answers: Floats
    groups: Sequence[str]


@dataclass(frozen=True, eq=False)
class Weights:
    """The log-odds of a theme: words @ word + answers @ answer + intercept."""

    word: Doubles
    answer: Doubles
    intercept: float


@dataclass(frozen=True, eq=False)
class Fitted:
    """A learnt theme: its weights, and the chance (0 to 1) from which it is suggested.

    `unseen` says of each coded comment whether it would be, by what was learnt from the others.
    """

    weights: Weights
    threshold: float
    unseen: Bools


def fit_theme(examples: Examples, coded: Bools, own: Sequence[int], *, seed: int) -> Fitted:
    """What the coded comments say of one theme; `coded` is whether somebody gave it to each.

    `own` are the answers that belong to the theme's lexicon. Both codes, with and without, must occur at
    least FOLDS times.
    """
    odds = np.zeros(len(coded))
    parts = _deal_folds(coded, examples.groups, seed)
    for part in range(FOLDS):
        inside = parts != part
        weights = _fit_weights(examples.words[inside], examples.answers[inside], coded[inside], own)
        odds[~inside] = _weigh(weights, examples.words[~inside], examples.answers[~inside])
    positives = int(coded.sum())
    threshold = _find_best_threshold(odds, coded) * positives / (positives + THRESHOLD_PRIOR)
    weights = _fit_weights(examples.words, examples.answers, coded, own)
    return Fitted(weights, 1 / (1 + float(np.exp(-threshold))), odds >= threshold)


def _fit_weights(words: Any, answers: Floats, coded: Bools, own: Sequence[int]) -> Weights:
    """The regression, with the lexicon's prior as weighted comments without words."""
    from scipy.sparse import csr_matrix, hstack, vstack
    from sklearn.linear_model import LogisticRegression

    ratio = _compare_words(words, coded)
    prior, prior_coded, prior_weights = _describe_prior(answers.shape[1], own)
    silent = csr_matrix((len(prior), words.shape[1]))
    features = hstack([vstack([words.multiply(ratio), silent]), csr_matrix(np.vstack([answers, prior]))])
    regression = LogisticRegression(
        C=_REGULARISATION, solver="liblinear", intercept_scaling=_INTERCEPT_SCALE, random_state=0
    )
    regression.fit(
        features.tocsr(),
        np.concatenate([coded, prior_coded]),
        sample_weight=np.concatenate([np.ones(len(coded)), prior_weights]),
    )
    weights = np.asarray(regression.coef_)[0]
    return Weights(
        weights[: len(ratio)] * ratio, weights[len(ratio) :], float(np.asarray(regression.intercept_)[0])
    )


def _compare_words(words: Any, coded: Bools) -> Doubles:
    """How much more weight each word has in comments with the theme than in the others: a log-ratio."""
    having = np.asarray(words[coded].sum(axis=0)).ravel() + _SMOOTHING
    lacking = np.asarray(words[~coded].sum(axis=0)).ravel() + _SMOOTHING
    return np.log(having / having.sum()) - np.log(lacking / lacking.sum())


def _describe_prior(answers: int, own: Sequence[int]) -> tuple[Doubles, Bools, Doubles]:
    """Answers, codes and weights of the comments that the lexicon's word stands for, of no question."""
    prior = np.zeros((4, answers))
    prior[:2, list(own)] = ANSWER_WEIGHT
    prior[:, answers - len(Asked) :] = ANSWER_WEIGHT / len(Asked)
    shares = np.array([PRIOR_PRECISION, 1 - PRIOR_PRECISION, PRIOR_MISSED, 1 - PRIOR_MISSED])
    return prior, np.array([True, False, True, False]), shares * PRIOR_COMMENTS


def _weigh(weights: Weights, words: Any, answers: Floats) -> Doubles:
    """Log-odds of each comment."""
    return np.asarray(words @ weights.word + answers @ weights.answer + weights.intercept)


def _deal_folds(coded: Bools, groups: Sequence[str], seed: int) -> npt.NDArray[np.intp]:
    """A part 0 to FOLDS - 1 for each comment: the same for the same text, positives spread evenly."""
    dealt: dict[str, int] = {}
    for at, place in enumerate(_shuffle_by_code(coded, seed)):
        dealt.setdefault(groups[place], at % FOLDS)
    return np.array([dealt[group] for group in groups], dtype=np.intp)


def _shuffle_by_code(coded: Bools, seed: int) -> Iterator[int]:
    """Places of the comments, those with the theme first."""
    generator = np.random.default_rng(seed)
    for code in (True, False):
        yield from generator.permutation(np.flatnonzero(coded == code)).tolist()


def _find_best_threshold(odds: Doubles, coded: Bools) -> float:
    """The log-odds that give the best F1 when everything from there on is suggested."""
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum(coded[order])
    scores = 2 * right / (np.arange(1, len(odds) + 1) + coded.sum())
    best = int(np.argmax(scores))
    below = odds[order[best + 1]] if best + 1 < len(odds) else odds[order[best]]
    return float((odds[order[best]] + below) / 2)
