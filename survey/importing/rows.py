"""What one row of a table says, or the reason why it cannot come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache

from analysis.periods import month_of
from survey.answering.answers import Asked
from survey.areas import Areas
from survey.definition.model import Definition
from survey.importing.known import Known
from survey.importing.mapping import UNIT_LIMIT, ColumnMapping, PlaceColumn, QuestionColumn
from survey.importing.table import Row, tidy

EARLIEST = date(1990, 1, 1)  # an older day is a slip of the pen: there were no such surveys
NUL = "\x00"  # PostgreSQL keeps no text that holds it


@dataclass(frozen=True)
class Refusal:
    """Why a row does not come in: `import.reason.<code>`. `value` is never anything from a text question.

    `others` are the lines of rows that have to do with it, such as the ones it does not agree with.
    """

    line: int
    code: str
    column: str = ""
    value: str = ""
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Said:
    """What one row says; `given` holds the codes, or the text, per question that has any."""

    line: int
    month: str
    area: str
    unit: str
    given: Mapping[str, tuple[str, ...]] = field(repr=False)


class RowError(Exception):
    """Ends the reading of a row or a person with the reason why; read_person turns it into a Refusal."""

    def __init__(self, code: str, column: str = "", value: str = "") -> None:
        super().__init__(code)
        self.code, self.column, self.value = code, column, value


@dataclass(frozen=True)
class Plan:
    """A mapping made ready for a table: where every column stands, and what every question asks."""

    mapping: ColumnMapping
    definition: Definition
    places: Mapping[str, int]
    width: int
    asked: tuple[Asked, ...]
    area_codes: frozenset[str]
    today: date

    @property
    def text_columns(self) -> frozenset[str]:
        """The columns with texts. In a long table the same column may hold codes in other rows."""
        texts = {one.id for one in self.asked if one.question.kind == "text"}
        return frozenset(entry.column for entry in self.mapping.questions if entry.question in texts)

    @cached_property
    def used(self) -> Mapping[int, str]:
        """The columns that the mapping reads, by place."""
        mapping = self.mapping
        places = [place.column for place in (mapping.area, mapping.unit) if place is not None]
        asked = [
            name for entry in mapping.questions for name in (entry.column, entry.when and entry.when.column)
        ]
        named = {mapping.date.column, *mapping.respondent, *places, *asked}
        return {place: name for name, place in self.places.items() if name in named}

    def find_column(self, question: str) -> str:
        """The first column with answers to a question."""
        return next(entry.column for entry in self.mapping.questions if entry.question == question)


def make_plan(
    mapping: ColumnMapping, header: Sequence[str], definition: Definition, areas: Areas, today: date
) -> Plan:
    """The plan of a mapping that has been checked. Questions stand in the survey's order."""
    known = Known(definition, areas, tuple(header))
    wanted = {entry.question for entry in mapping.questions}
    asked = tuple(a for q in definition.questions if q.id in wanted and (a := known.ask(q.id)) is not None)
    places = {name: place for place, name in enumerate(header)}
    return Plan(mapping, definition, places, len(header), asked, known.area_codes, today)


def read_row(plan: Plan, row: Row) -> Said:
    """What one row says. Raises RowError for the first thing that is wrong with it."""
    if len(row.cells) != plan.width:
        raise RowError("ragged", value=f"{len(row.cells)}/{plan.width}")
    for name, place in plan.places.items():
        if NUL in row.cells[place]:
            raise RowError("unreadable_sign", name)
    for place, code in sorted(row.troubles.items()):
        if (name := plan.used.get(place)) is not None:
            raise RowError(code, name)
    if plan.mapping.respondent and not any(read_cell(plan, row, name) for name in plan.mapping.respondent):
        raise RowError("respondent_missing", plan.mapping.respondent[0])
    month = read_month(plan, row)
    area = read_area(plan, row)
    return Said(row.line, month, area, read_unit(plan, row), read_given(plan, row))


def read_cell(plan: Plan, row: Row, column: str) -> str:
    """A cell as it is compared, "" when it is empty or holds a word that means missing."""
    found = tidy(row.cells[plan.places[column]])
    return "" if found in plan.mapping.missing else found


def read_month(plan: Plan, row: Row) -> str:
    """The month of the row's day. A day that two formats read differently is refused, never guessed."""
    column = plan.mapping.date.column
    cell = read_cell(plan, row, column)
    if not cell:
        raise RowError("date_missing", column)
    days = {day for form in plan.mapping.date.formats if (day := read_day(cell, form)) is not None}
    if not days or min(days) < EARLIEST:
        raise RowError("date_wrong", column, cell)
    if len(days) > 1:
        raise RowError("date_ambiguous", column, cell)
    day = days.pop()
    if day > plan.today:
        raise RowError("date_future", column, cell)
    return month_of(day)


@lru_cache(maxsize=4096)
def read_day(cell: str, form: str) -> date | None:
    """The day in a cell, None where it is not written in the format. Kept, since days come again."""
    try:
        return datetime.strptime(cell, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def read_place(plan: Plan, row: Row, place: PlaceColumn, code: str) -> str:
    """The code of a place, "" when there is none. Raises RowError `code` for a value that is not listed."""
    if place.column is None:
        return place.constant or ""
    cell = read_cell(plan, row, place.column)
    if not cell or place.values is None:
        return cell
    if cell not in place.values:
        raise RowError(code, place.column, cell)
    return place.values[cell] or ""


def read_area(plan: Plan, row: Row) -> str:
    place = plan.mapping.area
    area = read_place(plan, row, place, "area_unknown")
    if not area:
        raise RowError("area_missing", place.column or "")
    if area not in plan.area_codes:
        raise RowError("area_unknown", place.column or "", area)
    return area


def read_unit(plan: Plan, row: Row) -> str:
    place = plan.mapping.unit
    unit = read_place(plan, row, place, "unit_unknown") if place is not None else ""
    if place is not None and len(unit) > UNIT_LIMIT:
        raise RowError("unit_too_long", place.column or "", unit)
    return unit


def read_given(plan: Plan, row: Row) -> dict[str, tuple[str, ...]]:
    """The row's answers per question; several columns may answer one question."""
    check_belongs(plan, row)
    asked = {one.id: one for one in plan.asked}
    found: dict[str, tuple[str, ...]] = {}
    for entry in plan.mapping.questions:
        if not read_cell(plan, row, entry.column) or not applies(plan, row, entry):
            continue
        given = read_codes(plan, row, entry, asked[entry.question])
        if given:
            found[entry.question] = tuple(dict.fromkeys((*found.get(entry.question, ()), *given)))
    return found


def applies(plan: Plan, row: Row, entry: QuestionColumn) -> bool:
    """Whether a row is about an entry's question."""
    return entry.when is None or read_cell(plan, row, entry.when.column) in entry.when.values


def check_belongs(plan: Plan, row: Row) -> None:
    """Raises RowError for an answer that no entry takes: its column is mapped, but not for rows like this."""
    taken = {e.column for e in plan.mapping.questions if applies(plan, row, e)}
    for entry in plan.mapping.questions:
        if entry.column not in taken and entry.when is not None and read_cell(plan, row, entry.column):
            column = entry.when.column
            raise RowError("belongs_nowhere", column, read_cell(plan, row, column))


def read_codes(plan: Plan, row: Row, entry: QuestionColumn, asked: Asked) -> tuple[str, ...]:
    """The codes in a cell, or its text as it was written."""
    if asked.question.kind == "text":
        return (row.cells[plan.places[entry.column]].strip(),)
    cell = read_cell(plan, row, entry.column)
    parts = [tidy(part) for part in cell.split(entry.separator)] if entry.separator else [cell]
    codes: list[str] = []
    for part in parts:
        if not part or part in plan.mapping.missing:
            continue
        code = entry.values.get(part, part) if entry.values is not None else part
        unlisted = entry.values is not None and part not in entry.values
        if unlisted or (code is not None and code not in asked.codes):
            raise RowError("unlisted", entry.column, part)
        if code is not None:
            codes.append(code)
    return tuple(codes)
