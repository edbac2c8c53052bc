"""Which questions of the panel's survey are asked about which of a round's subjects, page by page?

The survey's parts say what they repeat over. What repeats over missions belongs to a mission and is not asked
here. A question that chooses among the themes is asked once, when there are more of them than one may choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.answering.answers import Asked
from survey.definition.model import Definition, Option, Part, Question
from survey.panel_rounds.states import FIRST
from survey.store.panel_rounds import Subject


class Kind(StrEnum):
    """What can be rated."""

    PROPOSAL = "proposal"
    THEME = "theme"


REPEATS = {Kind.PROPOSAL: "proposals", Kind.THEME: "themes"}  # what a part says that it repeats over
ONCE = 0  # the number of a subject in what is asked once
CHOOSES_THEMES = "themes"
IMPORTANCE, FEASIBILITY = "viktighet", "genomforbarhet"  # dimensions of instrument B


@dataclass(frozen=True, eq=False)
class Sheet:
    """One page of a round: a subject, None for what is asked once, and the questions about it.

    `key` tells it from the round's other pages, the second time too.
    """

    key: str
    subject: Subject | None
    part: Part
    asked: tuple[Asked, ...]

    @property
    def number(self) -> int:
        """The number of its subject, 0 for what is asked once."""
        return ONCE if self.subject is None else self.subject.number


def list_sheets(definition: Definition, subjects: Sequence[Subject], wave: int) -> tuple[Sheet, ...]:
    """The pages of a round in the order they are asked: proposals and themes, then what is asked once.

    The second time only what has a distribution to look at is asked again: no texts, and nothing that is
    asked once but for the choice among the themes.
    """
    return tuple(sheet for sheet in make_sheets(definition, subjects, wave) if sheet.asked)


def make_sheets(definition: Definition, subjects: Sequence[Subject], wave: int) -> Iterator[Sheet]:
    for subject in subjects:
        for part in definition.parts:
            if part.repeat_over == REPEATS[Kind(subject.kind)]:
                yield Sheet(str(subject.number), subject, part, ask_about(definition, part, wave))
    themes = tuple(Option(code=one.ref, text={"sv": one.title}) for one in subjects if one.kind == Kind.THEME)
    for part in definition.parts:
        if part.repeat_over is None and wave == FIRST:
            yield Sheet(part.id, None, part, ask_about(definition, part, wave))
        elif part.repeat_over is not None:
            chosen = [q for q in part.questions if q.options_from == CHOOSES_THEMES]
            asked = [q for q in chosen if len(themes) > (q.max_choices or 1)]
            yield Sheet(part.id, None, part, tuple(make_asked(q, themes) for q in asked))


def ask_about(definition: Definition, part: Part, wave: int) -> tuple[Asked, ...]:
    """The questions of a part that are asked of each of its subjects."""
    return tuple(
        make_asked(question, definition.list_options(question))
        for question in part.questions
        if question.options_from is None and (wave == FIRST or question.kind != "text")
    )


def make_asked(question: Question, options: tuple[Option, ...]) -> Asked:
    return Asked(question.id, question, options, frozenset(option.code for option in options))


def find_scored(definition: Definition, dimension: str, kind: Kind = Kind.PROPOSAL) -> Question | None:
    """The question about each proposal (or theme) that a dimension is scored by, None when there is none."""
    return next(
        (
            question
            for part in definition.parts
            if part.repeat_over == REPEATS[kind]
            for question in part.questions
            if question.dimension == dimension and question.kind == "scale"
        ),
        None,
    )
