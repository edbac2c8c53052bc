"""How did the answers to a question spread, and what do its scores come to?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.panel_ratings import NotTold, Rating, rate_scores, show_choices, show_distribution
from survey.answering.answers import Asked
from survey.panel_rounds.sheets import Sheet
from survey.store.panel_rounds import Cell

TAKES_MANY = ("multi", "rank")
PERCENT = 100


@dataclass(frozen=True)
class Spread:
    """How the answers to one question spread: people by option, where a number is None (nearly) all chose it.

    `shown` is why not when that may not be told. `unable` could not judge; None unless the rest is shown.
    """

    asked: Asked
    shown: Mapping[str, int] | Mapping[str, int | None] | NotTold
    unable: int | None = None


def rate(sheet: Sheet, question: str, counts: Mapping[Cell, int]) -> Rating | NotTold:
    """The rating of a question that is scored; who could not judge and who skipped it count not."""
    asked = next((one for one in sheet.asked if one.id == question), None)
    scored = {} if asked is None else {o.code: o.score for o in asked.options if o.score is not None}
    scores = [
        score
        for code, score in scored.items()
        for _ in range(counts.get(Cell(sheet.number, question, code), 0))
    ]
    return rate_scores(scores)


def spread(sheet: Sheet, counts: Mapping[Cell, int]) -> Iterable[Spread]:
    """How the answers to each question of a page spread; of texts nothing is counted."""
    for asked in sheet.asked:
        if asked.question.kind == "text":
            continue
        given = {
            cell.answer: number
            for cell, number in counts.items()
            if (cell.subject, cell.question) == (sheet.number, asked.id) and cell.answer
        }
        yield spread_many(asked, given) if asked.question.kind in TAKES_MANY else spread_one(asked, given)


def spread_one(asked: Asked, given: Mapping[str, int]) -> Spread:
    """Of a question with one answer; where options have scores, those without stand apart."""
    has_scores = any(option.score is not None for option in asked.options)
    told = [option.code for option in asked.options if option.score is not None or not has_scores]
    shown = show_distribution({code: given.get(code, 0) for code in told})
    if isinstance(shown, NotTold) or not has_scores:
        return Spread(asked, shown)
    return Spread(asked, shown, sum(number for code, number in given.items() if code not in told))


def spread_many(asked: Asked, given: Mapping[str, int]) -> Spread:
    """Of a question with several answers: each option by how many chose it."""
    counts: Counter[str] = Counter({option.code: 0 for option in asked.options})
    for answer, number in given.items():
        for code in answer.split():
            counts[code] += number
    return Spread(asked, show_choices(counts, sum(given.values())))


def count_percents(spread: Spread) -> tuple[int, ...]:
    """The per cent of each option of a scale in order, as whole numbers that make 100 together.

    Nothing for a distribution that is not told. Rounded by the largest remainders.
    """
    if isinstance(spread.shown, NotTold):
        return ()
    numbers = [number or 0 for number in spread.shown.values()]
    total = sum(numbers)
    percents = [PERCENT * number // total for number in numbers]
    order = sorted(range(len(numbers)), key=lambda place: -(PERCENT * numbers[place] % total))
    for place in order[: PERCENT - sum(percents)]:
        percents[place] += 1
    return tuple(percents)
