"""What the rows of one person say together, or why that person cannot come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.text.masking import ENGLISH_TOKENS, SWEDISH_TOKENS, mask_text
from survey.answering.answers import Asked, Value, read_answer
from survey.answering.journey import is_asked
from survey.importing.rows import Plan, Refusal, RowError, Said, read_row
from survey.importing.table import Row

SEVERAL = ("multi", "rank")  # the kinds of question that take more than one answer


@dataclass(frozen=True)
class Person:
    """One person's answers as they will be stored, the texts masked."""

    month: str
    area: str
    unit: str
    answers: Mapping[str, Value | None] = field(repr=False)
    comments: Mapping[str, str] = field(repr=False)
    for_panel: bool


def read_person(plan: Plan, rows: Sequence[Row]) -> Person | tuple[Refusal, ...]:
    """What the rows of one person say together, or a refusal for every one of them.

    A person comes in whole or not at all: a row that is refused takes the person's other rows with it,
    so that a corrected file can be brought in later without half a person being there already.
    """
    said: list[Said] = []
    refused: list[Refusal] = []
    for row in rows:
        try:
            said.append(read_row(plan, row))
        except RowError as why:
            refused.append(make_refusal(plan, row.line, why))
    if refused:
        wrong = tuple(refusal.line for refusal in refused)
        return (*refused, *(Refusal(one.line, "companion", others=wrong) for one in said))
    try:
        return merge_rows(plan, said)
    except RowError as why:
        lines = [row.line for row in rows]
        return tuple(make_refusal(plan, line, why, lines) for line in lines)


def make_refusal(plan: Plan, line: int, why: RowError, lines: Sequence[int] = ()) -> Refusal:
    """The refusal of one of some lines, without the value where that may be what somebody wrote."""
    value = "" if why.column in plan.text_columns else why.value
    return Refusal(line, why.code, why.column, value, tuple(other for other in lines if other != line))


def merge_rows(plan: Plan, said: Sequence[Said]) -> Person:
    """The person of some rows. Raises RowError where they do not agree or break the survey's rules."""
    mapping = plan.mapping
    month = agree((one.month for one in said), mapping.date.column)
    area = agree((one.area for one in said), mapping.area.column or "")
    unit = agree((one.unit for one in said if one.unit), (mapping.unit.column or "") if mapping.unit else "")
    answers, comments = read_answers(plan, merge_given(plan, said))
    return Person(month, area, unit, answers, comments, may_panel_read(plan, answers))


def agree(values: Iterable[str], column: str) -> str:
    """The one value of some rows, "" when none has any. Raises RowError conflict when there are two."""
    found = set(values)
    if len(found) > 1:
        raise RowError("conflict", column)
    return found.pop() if found else ""


def merge_given(plan: Plan, said: Sequence[Said]) -> dict[str, tuple[str, ...]]:
    """Each question's answer in the rows that have one."""
    found: dict[str, tuple[str, ...]] = {}
    for asked in plan.asked:
        given = {one.given[asked.id] for one in said if asked.id in one.given}
        if len(given) > 1 or any(len(one) > 1 for one in given if asked.question.kind not in SEVERAL):
            raise RowError("conflict", plan.find_column(asked.id))
        if given:
            found[asked.id] = given.pop()
    return found


def read_answers(
    plan: Plan, given: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, Value | None], dict[str, str]]:
    """Choices as they are stored, None where skipped, and masked texts. Raises RowError for broken rules."""
    answers: dict[str, Value | None] = {}
    comments: dict[str, str] = {}
    for asked in plan.asked:
        value, trouble = read_answer(asked, given.get(asked.id, ()))
        column, is_text = plan.find_column(asked.id), asked.question.kind == "text"
        if trouble is not None:
            raise RowError(trouble.code, column, ", ".join(given[asked.id]))
        if not may_answer(plan, asked, {**answers, **comments}):
            if value is not None:
                raise RowError("not_asked", column)
            continue
        if not is_text:
            answers[asked.id] = value
        elif isinstance(value, str):
            comments[asked.id] = mask(plan, value)
    if not comments and not any(answers.values()):
        raise RowError("nothing_answered")
    return answers, comments


def may_answer(plan: Plan, asked: Asked, given: Mapping[str, Value | None]) -> bool:
    """Whether the survey would have asked; where it hangs on a question that is not in the file, it would."""
    mapped = {one.id for one in plan.asked}
    if any(condition.question not in mapped for condition in asked.question.show_if):
        return True
    answered = {question: value for question, value in given.items() if value is not None}
    return is_asked(asked.question, answered)


def mask(plan: Plan, text: str) -> str:
    """A text without what may identify somebody, as it may be written to the database."""
    tokens = ENGLISH_TOKENS if plan.mapping.language == "en" else SWEDISH_TOKENS
    return mask_text(text, tokens=tokens).text


def may_panel_read(plan: Plan, answers: Mapping[str, Value | None]) -> bool:
    """What the person said where the file has the question, else what the mapping says of the whole file."""
    consents = [one for one in plan.asked if one.question.consent == "panel"]
    if not consents:
        return plan.mapping.for_panel
    return any(answers.get(one.id) == one.question.consent_code for one in consents)
