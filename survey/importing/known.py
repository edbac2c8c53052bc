"""What a mapping may speak of, and how it is told that something is not there."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString, NoReturn, cast

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from survey.answering.answers import Asked, ask_question
from survey.answering.submit import ELSEWHERE
from survey.areas import Areas
from survey.definition.model import Definition, Question
from survey.importing.table import tidy

SAMPLE_DAY = date(2021, 11, 22)  # a format that cannot write it and read its year and month back is no date


@dataclass(frozen=True)
class Known:
    """What a mapping may speak of. `header` is None when the file's columns could not be read."""

    definition: Definition
    areas: Areas
    header: tuple[str, ...] | None

    @property
    def area_codes(self) -> frozenset[str]:
        """Municipalities, and "elsewhere" for people who live outside them all."""
        return frozenset({area.code for area in self.areas.municipalities} | {ELSEWHERE})

    def ask(self, question_id: object) -> Asked | None:
        """The question as this installation asks it, None where there is none."""
        found = self.definition.find_question(str(question_id))
        return ask_question(self.definition, found, self.areas) if found is not None else None


def find_known(info: ValidationInfo) -> Known:
    return cast(Known, info.context)


def refuse(code: LiteralString, /, **facts: Any) -> NoReturn:
    """Report what is wrong; pydantic adds where. The sentence is the catalogue's `definition.<code>`."""
    raise PydanticCustomError(code, code, facts)


def check_column(name: str, info: ValidationInfo) -> str:
    """A column's tidied name; it must stand in the file, once."""
    header, column = find_known(info).header, tidy(name)
    if header is not None and column not in header:
        refuse("column_missing", column=column, number=len(header))
    if header is not None and header.count(column) > 1:
        refuse("column_twice", column=column, number=header.count(column))
    return column


def tidy_keys(values: object) -> object:
    """A value map with its keys tidied; two that become one are refused, since one would be lost."""
    if not isinstance(values, dict):
        return values
    found: dict[object, object] = {}
    for key, value in cast(dict[object, object], values).items():
        tidied = tidy(key) if isinstance(key, str) else key
        if tidied in found:
            refuse("key_twice", key=tidied)
        found[tidied] = value
    return found


def can_read_month(form: str) -> bool:
    """Whether a day that is written in a format can be read back to its year and month."""
    try:
        found = datetime.strptime(SAMPLE_DAY.strftime(form), form)  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return False
    return (found.year, found.month) == (SAMPLE_DAY.year, SAMPLE_DAY.month)


def is_repeated(definition: Definition, question: Question) -> bool:
    """Whether a question is asked once per subject: such answers cannot be told apart in a table."""
    return any(part.repeat_over is not None and question in part.questions for part in definition.parts)


def is_text_encoding(name: str) -> bool:
    """Whether text can be read in an encoding of that name; some codecs only turn bytes into bytes."""
    try:
        return codecs.decode(b"", name) == ""
    except (LookupError, UnicodeError, ValueError, TypeError):
        return False
