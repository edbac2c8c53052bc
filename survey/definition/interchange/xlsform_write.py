"""How a definition becomes an XLSForm file, and what others who read the file will not see."""

# XlsxWriter and pyxform carry no types of their own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from survey.areas import Areas
from survey.definition.interchange.findings import Fate, Told, Where, Written
from survey.definition.interchange.sheets import CHOICES, OWN, SETTINGS, SURVEY
from survey.definition.interchange.xlsform_rows import Row, Sheets, list_columns, make_sheets
from survey.definition.model import Definition, Text
from survey.errors import SurveyError

LONGEST_CELL = 32_767  # characters, Excel's own limit
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # what no cell can hold as it is
REFERENCE = "${"  # what XLSForm takes for the answer to another question
COLUMN_WIDTH = 24  # characters


def write_xlsform(definition: Definition, areas: Areas) -> Written:
    """The definition as an XLSForm (.xlsx) that pyxform converts, with what is told of it.

    Nothing is written when a text holds what no XLSForm can: the findings say where.
    """
    told = Told()
    tell_unwritable(definition, told)
    if told.stopped:
        return Written(None, told.sort())
    tell_kept(definition, told)
    content = write_book(make_sheets(definition, areas), definition)
    for warning in judge_xlsform(content):
        told.tell(Fate.KEPT, "judge_warns", said=warning)
    return Written(content, told.sort())


def judge_xlsform(content: bytes) -> list[str]:
    """What pyxform warns of when it converts a file. Raises SurveyError xlsform_refused when it refuses."""
    from pyxform.errors import PyXFormError  # here, since it takes a third of a second
    from pyxform.xls2xform import convert

    try:
        return list(convert(content, file_type=".xlsx").warnings)
    except PyXFormError as wrong:
        raise SurveyError("xlsform_refused", said=str(wrong).strip()[:300]) from None


def write_book(sheets: Sheets, definition: Definition) -> bytes:
    """The sheets as a file. Every cell is text, and nothing can run as a formula."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    named = ((SURVEY, sheets.survey), (CHOICES, sheets.choices), (SETTINGS, sheets.settings))
    for name, rows in (*named, (OWN, sheets.own)):
        write_sheet(book.add_worksheet(name), rows, definition, bold)
    book.close()
    return held.getvalue()


def write_sheet(
    sheet: Any,
    rows: list[Row],
    definition: Definition,
    bold: Any,
) -> None:
    columns = list_columns(rows, definition.languages) or ["list_name", "name"]
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in row.items():
            if value:
                sheet.write_string(number, columns.index(column), value)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, COLUMN_WIDTH)


def walk_texts(definition: Definition) -> Iterator[tuple[str, Text]]:
    """Every text that is written as a label, with where it stands in the definition."""
    whole = ("title", "intro", "recall", "writing_advice", "outro")
    yield from ((name, text) for name in whole if (text := getattr(definition, name)) is not None)
    yield from ((f"dimensions {one.id}", one.text) for one in definition.dimensions)
    yield from ((f"groups {one.id}", one.text) for one in definition.groups)
    for name, scale in definition.scales.items():
        listed = (*scale.options, scale.escape) if scale.escape is not None else scale.options
        yield from ((f"scales {name} {option.code}", option.text) for option in listed)
    for part in definition.parts:
        yield part.id, part.title
        if part.lead is not None:
            yield part.id, part.lead
        for question in part.questions:
            yield question.id, question.text
            if question.help is not None:
                yield question.id, question.help
            yield from ((f"{question.id} {option.code}", option.text) for option in question.options)


def tell_unwritable(definition: Definition, told: Told) -> None:
    """Texts that hold what XLSForm takes for something else, what no cell can hold, or too much."""
    for place, texts in walk_texts(definition):
        where = Where(item=place)
        for text in texts.values():
            if REFERENCE in text:
                told.tell(Fate.STOPS, "text_is_reference", where)
            if UNSEEN.search(text):
                told.tell(Fate.STOPS, "text_unseen", where)
            if len(text) > LONGEST_CELL:
                told.tell(Fate.STOPS, "text_long", where, limit=LONGEST_CELL)


def tell_kept(definition: Definition, told: Told) -> None:
    """What stands in our own columns only, or is done in another way by programs that read XLSForms."""
    first = definition.languages[0]
    if any(code != first for code in definition.title):
        told.tell(Fate.KEPT, "title_languages", Where(sheet=SETTINGS))
    if definition.dimensions or definition.groups:
        numbers = {"dimensions": len(definition.dimensions), "groups": len(definition.groups)}
        told.tell(Fate.KEPT, "measures", Where(sheet=OWN), **numbers)
    if "short" in definition.forms:
        told.tell(Fate.KEPT, "short_form", Where(sheet=SURVEY))
    for part in definition.parts:
        if part.repeat_over is not None:
            told.tell(Fate.LOST, "repeats_here", Where(item=part.id), subject=part.repeat_over)
    for question in definition.questions:
        where = Where(item=question.id)
        if question.options_from == "municipalities":
            told.tell(Fate.CHANGED, "municipalities_written", where)
        elif question.options_from is not None:
            told.tell(Fate.LOST, "round_list_written", where)
        if question.kind == "rank":
            told.tell(Fate.CHANGED, "rank_all", where)
