"""How answers become scores 0-100.

Three rules, from the answer to the number a respondent adds to a line:

1. An item's score is turned round first when the item is worded in reverse, then stretched to 0-100.
2. A dimension is the mean of its answered items when at least half of them, rounded up, are answered
   (the half rule: SF-36 scoring manual, Ware 1993; EORTC QLQ-C30 scoring manual, Fayers 2001).
3. A composite dimension is the mean of its parts by the same half rule.

An answer that is not there (skipped) and an answer whose code carries no score ("not relevant to me") are two
different values where answers are stored; here both are missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

LOWEST_SCORE = 0.0
HIGHEST_SCORE = 100.0

POSITIVE_FROM = 75.0
"""Score 0-100 from which an answer counts as positive: the two best of five equal steps (100 and 75), as in
Nationell patientenkät, where the positive share is the share of the two most positive answers."""


def score_item(
    score: float, *, reverse: bool, low: float = LOWEST_SCORE, high: float = HIGHEST_SCORE
) -> float:
    """Score of one answered item, 0-100, where 100 is the best.

    `score` is the option's place on a scale from `low` to `high`. A reversed item is turned round on its own
    scale first (low + high - score), then stretched: (score - low) / (high - low) * 100.

    Raises ValueError when the scale has no width or the score lies outside it.
    """
    if not low < high:
        raise ValueError(f"Scale {low} to {high} has no width: give a high end above the low end.")
    if not low <= score <= high:
        raise ValueError(f"Score {score} lies outside its scale {low} to {high}: correct the option's score.")
    turned = low + high - score if reverse else score
    return (turned - low) / (high - low) * 100.0


def score_by_half_rule(scores: Sequence[float | None]) -> float | None:
    """Mean of the scores that are there when at least ceil(k / 2) of the k are, else None (missing).

    Raises ValueError for an empty sequence: a dimension of nothing is a fault in the definition.
    """
    if not scores:
        raise ValueError("There is nothing to score: a dimension needs at least one item or part.")
    answered = [score for score in scores if score is not None]
    if 2 * len(answered) < len(scores):
        return None
    return sum(answered) / len(answered)


@dataclass(frozen=True)
class ItemRule:
    """How one question is scored.

    `scores` maps option codes to scores 0-100 before reversal; a code that maps to None is a missing answer.
    `final` holds the same codes with the scores after reversal.
    """

    question: str
    scores: Mapping[str, float | None]
    reverse: bool
    final: Mapping[str, float | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        final = {
            code: None if score is None else score_item(score, reverse=self.reverse)
            for code, score in self.scores.items()
        }
        object.__setattr__(self, "final", MappingProxyType(final))


@dataclass(frozen=True)
class DimensionRule:
    """How one dimension is scored: from its items, or, for a composite, from other dimensions (ids)."""

    id: str
    items: tuple[ItemRule, ...] = ()
    parts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.items) == bool(self.parts):
            raise ValueError(f"Dimension {self.id} needs either items or parts, and not both.")


def score_answers(answers: Mapping[str, object], rules: Sequence[DimensionRule]) -> dict[str, float]:
    """Scores 0-100 of one respondent, by dimension id, in the order of the rules.

    A dimension without enough answers is absent from the result. Dimensions of items are scored first, so a
    composite may stand anywhere; a composite of composites stands after its parts.

    Raises ValueError when an answer is no option of its question, or a composite names a dimension that is
    not scored before it. The message names the question, never the answer.
    """
    scored: dict[str, float | None] = {}
    for rule in rules:
        if rule.items:
            scored[rule.id] = score_by_half_rule([find_score(answers, item) for item in rule.items])
    for rule in rules:
        if rule.parts:
            scored[rule.id] = score_by_half_rule(find_parts(rule, scored))
    return {rule.id: score for rule in rules if (score := scored[rule.id]) is not None}


def find_score(answers: Mapping[str, object], item: ItemRule) -> float | None:
    """Score 0-100 of the answer to the item's question; None when skipped or without a score.

    Raises ValueError when the answer is not one of the question's option codes.
    """
    answer = answers.get(item.question)
    if answer is None:
        return None
    if isinstance(answer, str) and answer in item.final:
        return item.final[answer]
    raise ValueError(
        f"The answer to question {item.question} is no option of that question: "
        "score it with the version of the definition that was answered."
    )


def find_parts(rule: DimensionRule, scored: Mapping[str, float | None]) -> list[float | None]:
    """Scores of a composite's parts, in order. Raises ValueError when a part is not scored yet."""
    unknown = [part for part in rule.parts if part not in scored]
    if unknown:
        raise ValueError(f"Dimension {rule.id} is made of {unknown[0]}, which is not scored before it.")
    return [scored[part] for part in rule.parts]
