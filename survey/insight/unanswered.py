"""Which share of those who were asked a question skipped it or found it not relevant, in an area and period?

Read from published cells, with their hiding: where single answers are not told of, neither are these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from analysis.disclosure import ALIKE_LEAST, Hidden, HiddenReason, NoAnswers, Shown
from analysis.periods import parse_period
from analysis.tally import SKIPPED
from survey.definition.model import Definition, Dimension, Question
from survey.errors import SurveyError
from survey.insight.audience import Audience, find_audience, open_cell, round_cell
from survey.insight.published import list_all_publications, list_dimensions, list_versions
from survey.insight.questions import list_questions
from survey.insight.shares import can_tell_answers
from survey.installation import Installation, find_definition
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import publications
from survey.store.publications import Cell

PER_CENT = 100
QUARTER_ENDS = ("03", "06", "09", "12")


@dataclass(frozen=True)
class Missing:
    """Shares of those who were asked, 0-100 in whole per cent.

    `not_relevant` is None for a question that has no such answer.
    """

    skipped: int
    not_relevant: int | None


@dataclass(frozen=True)
class QuestionMissing:
    """One question and what is known of those who gave it no answer with a score."""

    question: Question
    found: Shown[Missing] | Hidden | NoAnswers


@dataclass(frozen=True)
class DimensionMissing:
    """The questions of a dimension, in the order they are asked."""

    dimension: Dimension
    questions: tuple[QuestionMissing, ...]


def find_most_skipped(dimensions: Sequence[DimensionMissing]) -> tuple[Question, int] | None:
    """The question that most skipped and their share, 0-100; None where none is shown or nobody skipped."""
    asked = [one for dimension in dimensions for one in dimension.questions]
    shown = [(q.question, q.found.value.skipped) for q in asked if isinstance(q.found, Shown)]
    most = max(shown, key=lambda one: one[1], default=None)
    return most if most and most[1] else None


def list_missing_periods(installation: Installation, survey: str) -> tuple[str, ...]:
    """The quarters that have been published whole, the newest first; before there is one, the months."""
    months = sorted({one.month for one in list_all_publications(installation, survey)}, reverse=True)
    ends = [month for month in months if month[-2:] in QUARTER_ENDS]
    return tuple(name_quarter(month) for month in ends) or tuple(months)


def name_quarter(last: str) -> str:
    """The code of the quarter that a month ends."""
    return f"{last[:4]}-Q{QUARTER_ENDS.index(last[-2:]) + 1}"


def find_unanswered(
    installation: Installation, *, survey: str, area: str, period: str, viewer: Person
) -> tuple[DimensionMissing, ...]:
    """The questions of each dimension that has questions of its own, as this viewer may see them.

    Empty before anything is published. Raises SurveyError not_allowed, area_unknown, span_wrong and
    database_*.
    """
    check_can_do(Permission.SEE_ROUNDS, by=viewer)
    code = installation.areas.find(area).code
    try:
        kind = parse_period(period).kind.value
    except ValueError:
        raise SurveyError("span_wrong") from None
    versions = list_versions(list_all_publications(installation, survey))
    if not versions:
        return ()
    definition = find_definition(installation, survey, versions[0])
    audience = find_audience(installation, viewer=viewer)
    with installation.database.read() as connection:
        cells = publications.list_cells(
            connection, survey=survey, areas=[code], kind=kind, first=period, last=period
        )
    found = {cell.measure: cell for cell in cells}
    return tuple(
        DimensionMissing(one, tuple(read_question(definition, q, found, audience) for q in asked))
        for one, is_asked in list_dimensions(installation, survey, versions)
        if is_asked and not one.parts and (asked := list_questions(definition, one.id))
    )


def read_question(
    definition: Definition, question: Question, found: Mapping[str, Cell], audience: Audience
) -> QuestionMissing:
    """One question's shares as its audience may see them."""
    cell = found.get(question.id)
    seen = round_cell(open_cell(cell, audience))
    if not isinstance(seen, Shown):
        return QuestionMissing(question, seen)
    if cell is None or cell.shares is None:
        return QuestionMissing(question, NoAnswers())
    if not can_tell_answers(seen.value.n):
        return QuestionMissing(question, Hidden(HiddenReason.TOO_FEW, ALIKE_LEAST))
    return QuestionMissing(question, Shown(read_missing(definition, question, orjson.loads(cell.shares))))


def read_missing(definition: Definition, question: Question, shares: Mapping[str, float]) -> Missing:
    """The two shares among those of all answers; one that nobody gave has 0."""
    escapes = [o.code for o in definition.list_options(question) if o.score is None]
    not_relevant = round(PER_CENT * sum(shares.get(code, 0.0) for code in escapes)) if escapes else None
    return Missing(round(PER_CENT * shares.get(SKIPPED, 0.0)), not_relevant)
