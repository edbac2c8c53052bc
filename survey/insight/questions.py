"""What was answered to the questions behind a dimension, as a viewer may see it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from analysis.disclosure import Hidden, NoAnswers, Shown
from survey.definition.model import Definition, Question, Text
from survey.insight.audience import Audience, find_audience, open_cell, round_cell
from survey.insight.choice import Choice
from survey.insight.published import list_all_publications, list_versions
from survey.insight.shares import can_tell_answers, find_least, say_share
from survey.installation import Installation, find_definition
from survey.people.roles import Person
from survey.store import publications
from survey.store.publications import Cell


@dataclass(frozen=True)
class AnswerShare:
    """One answer and its share, 0-100 in whole per cent. Shares of answers without a score are of everybody
    who was asked; the others of those who gave an answer with one."""

    text: Text
    percent: int


@dataclass(frozen=True)
class Answered:
    """A question's figures in a period; n is in fives.

    `positive` is the share with a score of 75 or more, in per cent as it may be told (it may be "<5"). Where
    fewer answered than single answers are told of, `scored` and `unscored` are None.
    """

    question: Question
    n: int
    mean: float
    positive: str
    scored: tuple[AnswerShare, ...] | None
    unscored: tuple[AnswerShare, ...] | None


@dataclass(frozen=True)
class Behind:
    """The questions behind a dimension in a period, in the order they are asked."""

    period: str
    answered: tuple[tuple[Question, Answered | Hidden | NoAnswers], ...]


def find_behind(
    installation: Installation, choice: Choice, dimension: str, period: str, *, viewer: Person
) -> Behind:
    """The questions of a dimension, those of its parts for one that is made of others."""
    audience = find_audience(installation, viewer=viewer)
    version = list_versions(list_all_publications(installation, choice.survey))[0]
    definition = find_definition(installation, choice.survey, version)
    asked = list_questions(definition, dimension)
    with installation.database.read() as connection:
        cells = publications.list_cells(
            connection,
            survey=choice.survey,
            areas=[choice.area],
            kind=choice.kind,
            first=period,
            last=period,
            measures=[question.id for question in asked],
        )
    found = {cell.measure: cell for cell in cells}
    return Behind(
        period, tuple((one, read_answered(definition, one, found.get(one.id), audience)) for one in asked)
    )


def list_questions(definition: Definition, dimension: str) -> tuple[Question, ...]:
    """The questions that a dimension is measured with."""
    parts = next((one.parts for one in definition.dimensions if one.id == dimension), ())
    return tuple(q for q in definition.questions if q.dimension in {dimension, *parts})


def read_answered(
    definition: Definition, question: Question, cell: Cell | None, audience: Audience
) -> Answered | Hidden | NoAnswers:
    """A question's cell as its audience may see it."""
    seen = round_cell(open_cell(cell, audience), decimals=audience.decimals)
    if not isinstance(seen, Shown):
        return seen
    if cell is None or cell.positive is None:
        return NoAnswers()
    n = seen.value.n
    shares: Mapping[str, float] = {} if cell.shares is None else orjson.loads(cell.shares)
    told = bool(shares) and can_tell_answers(n)
    options = definition.list_options(question)
    return Answered(
        question,
        n,
        seen.value.mean,
        say_share(cell.positive, find_least(n)),
        list_shares([(o.code, o.text) for o in options if o.score is not None], shares) if told else None,
        list_shares([(o.code, o.text) for o in options if o.score is None], shares) if told else None,
    )


def list_shares(options: Sequence[tuple[str, Text]], shares: Mapping[str, float]) -> tuple[AnswerShare, ...]:
    """The shares of some answers in the order of the scale; an answer that nobody gave has 0."""
    return tuple(AnswerShare(text, round(100 * shares.get(code, 0.0))) for code, text in options)
