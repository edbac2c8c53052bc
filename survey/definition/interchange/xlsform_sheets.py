"""What stands in the sheets of an XLSForm, by column and row, with what cannot be read told."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from survey.definition.interchange.findings import Fate, Told, Where
from survey.definition.interchange.sheets import CHOICES, OWN, SETTINGS, SURVEY
from survey.errors import SurveyError
from survey.workbooks import ERROR, MERGED, Bounds, SheetRow, Workbook, open_workbook

MOST_MEGABYTES = 5  # of a file as it is sent
BOUNDS = Bounds(megabytes=30, rows=5_000, columns=200)
MOST_CELL = 10_000  # characters
ALIASES = {
    "list name": "list_name",
    "begin group": "begin_group",
    "value": "name",
    "caption": "label",
    "relevance": "relevant",
    "set form id": "form_id",
    "set form title": "form_title",
}


@dataclass(frozen=True)
class Line:
    """One row by column. Texts in several languages stand under their heads: label::Svenska (sv)."""

    sheet: str
    number: int
    cells: dict[str, str] = field(repr=False)

    @property
    def where(self) -> Where:
        return Where(self.sheet, self.number)

    def get(self, column: str) -> str:
        """A name or a code, without spaces around it; "" for nothing."""
        return self.cells.get(column, "").strip()


@dataclass
class Form:
    """The sheets of an XLSForm that we read."""

    survey: list[Line] = field(default_factory=list[Line])
    choices: list[Line] = field(default_factory=list[Line])
    settings: list[Line] = field(default_factory=list[Line])
    own: list[Line] = field(default_factory=list[Line])


def read_form(content: bytes, name: str, told: Told) -> Form:
    """The sheets of a file. Raises SurveyError workbook_* for a file that cannot be opened."""
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise SurveyError("workbook_large", file=name, limit=MOST_MEGABYTES)
    form = Form()
    with open_workbook(io.BytesIO(content), name=name, bounds=BOUNDS) as book:
        named = {sheet.strip().lower(): sheet for sheet in book.sheets}
        for sheet, lines in (
            (SURVEY, form.survey),
            (CHOICES, form.choices),
            (SETTINGS, form.settings),
            (OWN, form.own),
        ):
            if sheet in named:
                lines.extend(read_sheet(book, named[sheet], sheet, told))
        tell_other_sheets(set(named), told)
    if not form.survey:
        told.tell(Fate.STOPS, "no_survey_sheet")
    return form


def tell_other_sheets(names: set[str], told: Told) -> None:
    """Sheets that XLSForm gives a meaning which we have no place for."""
    for name in ("external_choices", "entities", "osm"):
        if name in names:
            told.tell(Fate.STOPS, "sheet_unsupported", Where(sheet=name))


def read_sheet(book: Workbook, title: str, sheet: str, told: Told) -> list[Line]:
    """The rows below the head of a sheet; cells that cannot be believed are told."""
    rows = book.read_rows(title)
    head = next(rows, None)
    if head is None:
        return []
    columns = [tidy_column(cell, sheet) for cell in head.cells]
    tell_twice(columns, Where(sheet, head.number), told)
    lines: list[Line] = []
    for row in rows:
        tell_troubles(row, columns, sheet, told)
        cells = {
            column: cell for column, cell in zip(columns, row.cells, strict=False) if column and cell.strip()
        }
        if any(len(cell) > MOST_CELL for cell in cells.values()):
            told.tell(Fate.STOPS, "cell_long", Where(sheet, row.number), limit=MOST_CELL)
        if cells:
            lines.append(Line(sheet, row.number, cells))
    return lines


def tidy_column(head: str, sheet: str) -> str:
    """A column's name as it is looked for: label::Svenska (sv), list_name."""
    base, mark, language = head.partition("::")
    if not mark and ":" in head:
        base, mark, language = head.partition(":")  # how older forms were written
    plain = " ".join(base.split()).lower()
    if sheet != OWN:
        plain = ALIASES.get(plain.replace("_", " "), plain)
    plain = plain.replace(" ", "_")
    return f"{plain}::{language.strip()}" if mark else plain


def tell_twice(columns: list[str], where: Where, told: Told) -> None:
    for column in dict.fromkeys(columns):
        if column and columns.count(column) > 1:
            told.tell(Fate.STOPS, "column_twice", where, column=column)


def tell_troubles(row: SheetRow, columns: list[str], sheet: str, told: Told) -> None:
    """Cells with an error, with a formula that nobody has computed, or that are merged."""
    for place, trouble in sorted(row.troubles.items()):
        column = columns[place] if place < len(columns) else ""
        if column:
            key = {ERROR: "cell_error", MERGED: "cell_merged"}.get(trouble, "cell_formula")
            told.tell(Fate.STOPS, key, Where(sheet, row.number), column=column)  # keys: carry.*
