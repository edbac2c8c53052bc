"""What has been learnt from coding, and what does it suggest for a comment, because of which words?

Numbers only: no text of anybody is in a model. It is read with numpy alone, so that suggesting starts fast.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from analysis.text.learning_features import (
    Comment,
    Floats,
    Vocabulary,
    describe_answer,
    hash_comment,
    hash_pair,
    hash_word,
    weigh_words,
)
from analysis.text.learning_words import join_pairs, split_words

MOST_WORDS = 4
"""Words that are shown with a suggestion, at most."""
LEAST_PART = 0.25
"""How much a word must have spoken for a theme, beside the one that spoke most for it, to be shown."""


class Basis(StrEnum):
    """What the suggestions of a theme rest on; but for LEARNT they are the lexicon's."""

    LEARNT = "learnt"
    FEW_CODES = "few_codes"
    """Too few comments were coded with the theme, or without it, to learn from."""
    NO_GAIN = "no_gain"
    """What was learnt did no better than the lexicon on coded comments not seen, or only by luck."""


@dataclass(frozen=True, eq=False)
class Model:
    """What was learnt of each theme. Arrays have a row or column for each theme in the order of `themes`.

    `coded` and `positives` count the comments it was learnt from: all, and those with the theme.
    `thresholds` are the chances (0 to 1) from which a learnt theme is suggested. `lexicon_chances` (themes,
    2) are the shares of coded comments that had the theme where the lexicon did not and did find it.
    `word_weights` (values, themes), `answer_weights` (2 * themes + 3, themes) and `intercepts` make up the
    log-odds of themes with enough codes.
    """

    themes: tuple[str, ...]
    bases: tuple[Basis, ...]
    coded: int
    positives: tuple[int, ...]
    thresholds: Floats
    lexicon_chances: Floats
    vocabulary: Vocabulary
    word_weights: Floats
    answer_weights: Floats
    intercepts: Floats


@dataclass(frozen=True)
class Suggested:
    """A theme for a comment, the chance (0 to 1) that somebody who codes would give it, and the words for it.

    Words are the lexicon's as they are written, or learnt ones in small letters; in the order of the text.
    """

    theme: str
    chance: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Weighed:
    """A comment as the model sees it: its known columns and their weights, its answers, and the chances."""

    columns: npt.NDArray[np.intp]
    weights: Floats
    answer: Floats
    chances: tuple[float, ...]


def suggest(model: Model, comment: Comment) -> tuple[Suggested, ...]:
    """The themes a comment speaks of, in the order of `Model.themes`; empty where no word speaks for one.

    A learnt theme needs a chance at its threshold and a word that raises it; the others the lexicon's word.
    """
    weighed = _weigh_comment(model, comment)
    found: list[Suggested] = []
    for at, (theme, chance) in enumerate(zip(model.themes, weighed.chances, strict=True)):
        if model.bases[at] is not Basis.LEARNT:
            words = comment.found.get(theme, ())
        elif chance >= model.thresholds[at]:
            words = _find_causes(model, comment, weighed, at)
        else:
            words = ()
        if words:
            found.append(Suggested(theme, chance, words))
    return tuple(found)


def estimate_chances(model: Model, comment: Comment) -> dict[str, float]:
    """The chance of each theme, 0 to 1, that somebody who codes would give it to a comment."""
    return dict(zip(model.themes, _weigh_comment(model, comment).chances, strict=True))


def _weigh_comment(model: Model, comment: Comment) -> _Weighed:
    columns, weights = weigh_words(hash_comment(comment), model.vocabulary)
    answer = describe_answer(comment, model.themes)
    odds = weights @ model.word_weights[columns] + answer @ model.answer_weights + model.intercepts
    chances = (
        float(model.lexicon_chances[at, int(theme in comment.found)])
        if model.bases[at] is Basis.FEW_CODES
        else _to_chance(float(odds[at]))
        for at, theme in enumerate(model.themes)
    )
    return _Weighed(columns, weights, answer, tuple(chances))


def _to_chance(odds: float) -> float:
    """Log-odds as a chance; never overflows."""
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else 1 - 1 / (1 + math.exp(odds))


def _find_causes(model: Model, comment: Comment, weighed: _Weighed, theme: int) -> tuple[str, ...]:
    """The words that raised the chance of a learnt theme most; empty if none did."""
    spoke = Counter(_share_learnt(model, comment, weighed, theme))
    spoke.update(_share_lexicon(model, comment, weighed, theme))
    most = max(spoke.values(), default=0.0)
    strong = [word for word, part in spoke.most_common(MOST_WORDS) if part > 0 and part >= LEAST_PART * most]
    held = [word for word in strong if not any(_is_within(word, other) for other in strong)]
    written = {word.lower(): word for word in comment.found.get(model.themes[theme], ())}
    small = comment.text.lower()
    return tuple(written.get(word, word) for word in sorted(held, key=lambda word: (small.find(word), word)))


def _is_within(word: str, other: str) -> bool:
    """Whether a word is shown already, as a part of a phrase."""
    return word != other and f" {word} " in f" {other} "


def _share_learnt(model: Model, comment: Comment, weighed: _Weighed, theme: int) -> dict[str, float]:
    """How much each word spoke for a theme; what parts and pairs said is shared by the words that hold
    them."""
    spoken = weighed.weights * model.word_weights[weighed.columns, theme]
    said = dict(zip(weighed.columns.tolist(), spoken.tolist(), strict=True))
    words = split_words(comment.text)
    holders: defaultdict[int, set[str]] = defaultdict(set)
    for word in words:
        for value in hash_word(word):
            holders[value].add(word)
    for first, second in join_pairs(words):
        holders[hash_pair(first, second)].update((first, second))
    spoke: defaultdict[str, float] = defaultdict(float)
    for value, by in holders.items():
        for word in by if value in model.vocabulary.columns else ():
            spoke[word] += said[model.vocabulary.columns[value]] / len(by)
    return spoke


def _share_lexicon(model: Model, comment: Comment, weighed: _Weighed, theme: int) -> Mapping[str, float]:
    """How much each word of the lexicon for this theme, in small letters, spoke for it."""
    words = comment.found.get(model.themes[theme], ())
    own = [theme, len(model.themes) + theme]
    said = float(weighed.answer[own] @ model.answer_weights[own, theme])
    return {word.lower(): said / len(words) for word in words}
