"""Which boxes does a question have on paper, and which key is pressed for each?

The same keys are printed beside the boxes and pressed by whoever keys the form: survey/keying/reading.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from survey.answering.answers import Asked
from survey.answering.journey import Survey, is_met
from survey.definition.model import Condition, Definition, Question

MOST_WITH_ONE_KEY = 9
MOST_BOXES = 40  # more than that is a line to write on: every municipality of the country is 290
ESCAPE_KEY = "e"


@dataclass(frozen=True)
class Box:
    """One thing that can be ticked: the key that is printed beside it, and the option's code."""

    key: str
    code: str
    is_escape: bool = False


@dataclass(frozen=True, eq=False)
class Row:
    """One question as it stands on paper. `kind` is one, many, written or text; told by identity."""

    number: int
    asked: Asked
    kind: str
    boxes: tuple[Box, ...]
    conditions: tuple[Condition, ...]

    @property
    def id(self) -> str:
        return self.asked.id

    @property
    def width(self) -> int:
        """How many figures a key has."""
        return max((len(box.key) for box in self.boxes if not box.is_escape), default=1)


@dataclass(frozen=True, eq=False)
class Section:
    """The questions of one part; `part_id` says which."""

    part_id: str
    rows: tuple[Row, ...]


@lru_cache(maxsize=64)
def list_sections(survey: Survey) -> tuple[Section, ...]:
    """Every question that can be asked on paper, in order and numbered from 1, by part."""
    here = frozenset(one.id for _, part in survey.parts for one in part)
    number, sections = 0, list[Section]()
    for part, part_asked in survey.parts:
        rows = list[Row]()
        for asked in part_asked:
            conditions = list_conditions(asked.question, here)
            if conditions is None:
                continue
            number += 1
            rows.append(
                Row(number, asked, find_kind(asked), make_boxes(survey.definition, asked), conditions)
            )
        if rows:
            sections.append(Section(part.id, tuple(rows)))
    return tuple(sections)


def list_rows(survey: Survey) -> tuple[Row, ...]:
    """The same without parts."""
    return tuple(row for section in list_sections(survey) for row in section.rows)


def list_conditions(question: Question, here: frozenset[str]) -> tuple[Condition, ...] | None:
    """The conditions to print: () where the question is always asked, None where it never is.

    A condition on a question that this form leaves out holds for everybody or for nobody.
    """
    if not question.show_if:
        return ()
    fixed = [is_met(one, {}) for one in question.show_if if one.question not in here]
    if any(fixed):
        return ()
    return tuple(one for one in question.show_if if one.question in here) or None


def find_kind(asked: Asked) -> str:
    if asked.question.kind == "text":
        return "text"
    if len(asked.options) > MOST_BOXES:
        return "written"
    return "many" if asked.question.kind in ("multi", "rank") else "one"


def make_boxes(definition: Definition, asked: Asked) -> tuple[Box, ...]:
    """The boxes in their order: 1 to 9, or 01 and on where there are more; the escape has a letter."""
    scale = definition.scales[asked.question.scale] if asked.question.scale is not None else None
    escape = scale.escape.code if scale is not None and scale.escape is not None else None
    codes = [option.code for option in asked.options]
    width = 1 if len([one for one in codes if one != escape]) <= MOST_WITH_ONE_KEY else 2
    if len(codes) > MOST_BOXES:
        width = 0  # written out: there is no key
    boxes, at = list[Box](), 0
    for code in codes:
        if code == escape:
            boxes.append(Box(ESCAPE_KEY, code, is_escape=True))
            continue
        at += 1
        boxes.append(Box(f"{at:0{width}d}" if width else code, code))
    return tuple(boxes)
