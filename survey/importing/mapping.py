"""What a mapping says: which column of a file is what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import (
    AfterValidator,
    Field,
    StrictBool,
    StrictStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from survey.definition.model import Identifier, Model
from survey.importing.known import (
    can_read_month,
    check_column,
    find_known,
    is_repeated,
    is_text_encoding,
    refuse,
    tidy_keys,
)
from survey.importing.table import tidy
from survey.language import LANGUAGES

UNIT_LIMIT = 40  # characters a unit's code may have where it is stored


Column = Annotated[StrictStr, AfterValidator(check_column)]
Cell = Annotated[StrictStr, AfterValidator(tidy)]
ValueMap = dict[StrictStr, StrictStr | None]


class When(Model):
    """Only rows with one of some values in another column."""

    column: Column
    values: Annotated[tuple[Cell, ...], Field(min_length=1)]


class DateColumn(Model):
    """The column with the day of the answer, and how days are written there (as in Python's strptime)."""

    column: Column
    formats: Annotated[tuple[StrictStr, ...], Field(min_length=1)] = ("%Y-%m-%d",)

    @field_validator("formats")
    @classmethod
    def check_formats(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        """Every format must hold at least a year and a month."""
        for one in formats:
            if not can_read_month(one):
                refuse("date_format_wrong", format=one)
        return formats


class PlaceColumn(Model):
    """A column with optional codes for its values, or one value for the whole file."""

    column: Column | None = None
    values: ValueMap | None = None
    constant: StrictStr | None = None

    _tidy = field_validator("values", mode="before")(tidy_keys)

    @model_validator(mode="after")
    def choose_one(self) -> PlaceColumn:
        if (self.column is None) == (self.constant is None) or (self.values and self.column is None):
            refuse("column_or_constant")
        return self

    @property
    def codes(self) -> Iterable[str]:
        """Every code that the mapping itself names."""
        listed = (self.constant, *(self.values or {}).values())
        return [code for code in listed if code is not None]


class QuestionColumn(Model):
    """A column with answers to one question. A value that maps to null is no answer."""

    column: Column
    question: Identifier
    values: ValueMap | None = None
    separator: Annotated[StrictStr | None, Field(min_length=1)] = None
    when: When | None = None

    _tidy = field_validator("values", mode="before")(tidy_keys)

    @field_validator("question")
    @classmethod
    def check_question(cls, question_id: str, info: ValidationInfo) -> str:
        """The survey must have it, ask it once, and not ask for the municipality with it."""
        definition = find_known(info).definition
        question = definition.find_question(question_id)
        if question is None:
            refuse("question_unknown", question=question_id, survey=definition.survey)
        if is_repeated(definition, question):
            refuse("question_repeats", question=question_id)
        if question.key == "municipality":
            refuse("question_is_area", question=question_id)
        return question_id

    @field_validator("values")
    @classmethod
    def check_values(cls, values: ValueMap | None, info: ValidationInfo) -> ValueMap | None:
        """The codes must be the question's; a text has none."""
        asked = find_known(info).ask(info.data.get("question"))
        if asked is None or values is None:
            return values
        if asked.question.kind == "text":
            refuse("values_for_text", question=asked.id)
        unknown = [code for code in values.values() if code is not None and code not in asked.codes]
        if unknown:
            refuse("code_unknown", question=asked.id, code=", ".join(dict.fromkeys(unknown)))
        return values

    @field_validator("separator")
    @classmethod
    def check_separator(cls, separator: str | None, info: ValidationInfo) -> str | None:
        asked = find_known(info).ask(info.data.get("question"))
        if separator is not None and asked is not None and asked.question.kind not in ("multi", "rank"):
            refuse("separator_not_here", question=asked.id)
        return separator


class ColumnMapping(Model):
    """A whole mapping. `source` names the file's series: rows are told apart within it.

    Of an Excel file `sheet` and `header_row` say where the table is. Of an SPSS file `value_labels` says that
    labels are read instead of codes, and `user_missing` that values declared as missing are read too.
    """

    source: Identifier
    delimiter: Annotated[StrictStr, Field(min_length=1, max_length=1)] = ","
    encoding: StrictStr = "utf-8-sig"
    sheet: StrictStr | None = None
    header_row: Annotated[int | None, Field(ge=1, le=1000)] = None
    value_labels: StrictBool = False
    user_missing: StrictBool = False
    language: StrictStr = "sv"
    for_panel: StrictBool = False
    missing: tuple[Cell, ...] = ()
    respondent: tuple[Column, ...] = ()
    date: DateColumn
    area: PlaceColumn
    unit: PlaceColumn | None = None
    questions: Annotated[tuple[QuestionColumn, ...], Field(min_length=1)]

    @field_validator("encoding")
    @classmethod
    def check_encoding(cls, encoding: str) -> str:
        if not is_text_encoding(encoding):
            refuse("encoding_unknown", encoding=encoding)
        return encoding

    @field_validator("language")
    @classmethod
    def check_language(cls, language: str) -> str:
        if language not in LANGUAGES:
            refuse("language_unknown", language=language)
        return language

    @field_validator("area")
    @classmethod
    def check_area(cls, area: PlaceColumn, info: ValidationInfo) -> PlaceColumn:
        unknown = [code for code in area.codes if code not in find_known(info).area_codes]
        if unknown:
            refuse("area_unknown", area=", ".join(dict.fromkeys(unknown)))
        return area

    @field_validator("unit")
    @classmethod
    def check_unit(cls, unit: PlaceColumn | None) -> PlaceColumn | None:
        for code in unit.codes if unit is not None else ():
            if len(code) > UNIT_LIMIT:
                refuse("unit_too_long", unit=code, limit=UNIT_LIMIT)
        return unit
