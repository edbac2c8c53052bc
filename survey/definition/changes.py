"""What differs between two versions of a survey, and what of it breaks a series."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from survey.definition.model import Definition, Question


class Change(StrEnum):
    """What can happen to a question or a dimension between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    WORDING = "wording"
    ANSWERS = "answers"
    REVERSED = "reversed"
    MOVED_DIMENSION = "moved_dimension"
    CONDITION = "condition"
    TRANSLATION = "translation"
    ORDER = "order"
    DIMENSION = "dimension"


BREAKS_SERIES = {
    Change.ADDED: False,
    Change.REMOVED: False,
    Change.WORDING: True,
    Change.ANSWERS: True,
    Change.REVERSED: True,
    Change.MOVED_DIMENSION: True,
    Change.CONDITION: True,
    Change.TRANSLATION: False,
    Change.ORDER: False,
    Change.DIMENSION: True,
}


@dataclass(frozen=True)
class Difference:
    """One difference. `dimensions` are the series it breaks; none when it breaks none."""

    change: Change
    subject: str
    dimensions: tuple[str, ...] = ()

    @property
    def breaks_series(self) -> bool:
        return bool(self.dimensions)


def compare_definitions(old: Definition, new: Definition) -> tuple[Difference, ...]:
    """Every difference between two versions, in the order of the new one's questions.

    A question that is added or removed breaks its dimension's series too: the dimension is then
    the mean of other questions than before (method.md 1: a change of scale is a break).
    """
    before = {q.id: q for q in old.questions}
    after = {q.id: q for q in new.questions}
    found: list[Difference] = []
    for question in new.questions:
        if question.id not in before:
            found.append(note(Change.ADDED, question.id, question, new))
        else:
            found.extend(compare_question(before[question.id], question, old, new))
    found.extend(note(Change.REMOVED, q.id, q, old) for q in old.questions if q.id not in after)
    kept_before = [q.id for q in old.questions if q.id in after]
    kept_after = [q.id for q in new.questions if q.id in before]
    if kept_before != kept_after:
        found.append(Difference(Change.ORDER, new.survey))
    found.extend(compare_dimensions(old, new))
    return tuple(found)


def compare_question(old: Question, new: Question, was: Definition, now: Definition) -> list[Difference]:
    """What differs in one question that both versions have."""
    found: list[Difference] = []
    first = was.languages[0]
    if old.text.get(first) != new.text.get(first):
        found.append(note(Change.WORDING, new.id, new, now))
    elif old.text != new.text:
        found.append(note(Change.TRANSLATION, new.id, new, now))
    if list_answers(old, was) != list_answers(new, now) or old.kind != new.kind:
        found.append(note(Change.ANSWERS, new.id, new, now))
    if old.reverse != new.reverse:
        found.append(note(Change.REVERSED, new.id, new, now))
    if old.dimension != new.dimension:
        left = find_series(old, was)
        moved = note(Change.MOVED_DIMENSION, new.id, new, now)
        found.append(Difference(moved.change, new.id, tuple(dict.fromkeys((*left, *moved.dimensions)))))
    if old.show_if != new.show_if:
        found.append(note(Change.CONDITION, new.id, new, now))
    return found


def compare_dimensions(old: Definition, new: Definition) -> list[Difference]:
    """Composites that are made of other parts than before."""
    before = {d.id: d.parts for d in old.dimensions}
    return [
        Difference(Change.DIMENSION, d.id, (d.id,))
        for d in new.dimensions
        if before.get(d.id, d.parts) != d.parts
    ]


def list_answers(question: Question, definition: Definition) -> tuple[tuple[str, float | None, str], ...]:
    """What can be answered: code, score and wording in the definition's first language."""
    first = definition.languages[0]
    return tuple((o.code, o.score, o.text.get(first, "")) for o in definition.list_options(question))


def note(change: Change, subject: str, question: Question, definition: Definition) -> Difference:
    """The difference with the series it breaks."""
    touches = BREAKS_SERIES[change] or change in (Change.ADDED, Change.REMOVED)
    return Difference(change, subject, find_series(question, definition) if touches else ())


def find_series(question: Question, definition: Definition) -> tuple[str, ...]:
    """The dimension a question counts in, and the composites that dimension counts in."""
    if question.dimension is None:
        return ()
    above = tuple(d.id for d in definition.dimensions if question.dimension in d.parts)
    return (question.dimension, *above)
