"""Published cells as programs read them: page by page, as they were when something was published last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from survey.store.database import Database
from survey.store.prepared import Prepared
from survey.store.publications import Cell, find_place
from survey.store.tables import publication, published_cell

C = published_cell.c
# The key of the table, so that a page is read from where the last one ended and nothing is sorted.
PLACE = (C.area, C.unit, C.kind, C.measure, C.group, C.value, C.period)
NEWEST = Prepared(select(func.max(publication.c.id)))
CELLS_AT_ONCE = 300  # read from the database: most pages have fewer
Place = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True)
class Wanted:
    """Which cells of a survey: those that are in every list that is not empty.

    `edition` is the last publication that counts. `groups` are (group, value), where a value of None is any.
    """

    survey: str
    edition: int
    areas: Sequence[tuple[str, str]] = ()  # area and unit
    kind: str = ""
    measures: Sequence[str] = ()
    groups: Sequence[tuple[str, str | None]] = ()
    periods: Sequence[str] | None = None  # None is any


def find_edition(database: Database) -> int:
    """The number of the newest publication, 0 before the first."""
    row = database.look_up(NEWEST, {})
    return 0 if row is None or row[0] is None else int(row[0])


def iterate_cells(connection: Connection, wanted: Wanted, *, after: Place | None = None) -> Iterator[Cell]:
    """The cells that are wanted, each in its latest revision of the edition, in the order of their places."""
    query: Select[tuple[object, ...]] = select(published_cell).where(*list_conditions(wanted))
    if after is not None:
        query = query.where(tuple_(*PLACE) > tuple_(*after))
    held: Cell | None = None
    ordered = query.order_by(*PLACE, C.revision).execution_options(yield_per=CELLS_AT_ONCE)
    for row in connection.execute(ordered):
        cell = Cell(*row)
        if held is not None and find_place(held) != find_place(cell):
            yield held
        held = cell
    if held is not None:
        yield held


def list_conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield C.survey == wanted.survey
    yield C.publication_id <= wanted.edition
    if wanted.areas:
        yield or_(*(and_(C.area == area, C.unit == unit) for area, unit in wanted.areas))
    if wanted.kind:
        yield C.kind == wanted.kind
    if wanted.measures:
        yield C.measure.in_(wanted.measures)
    if wanted.groups:
        yield or_(*(choose_group(group, value) for group, value in wanted.groups))
    if wanted.periods is not None:
        yield C.period.in_(wanted.periods)


def choose_group(group: str, value: str | None) -> ColumnElement[bool]:
    return C.group == group if value is None else and_(C.group == group, C.value == value)


def list_units(connection: Connection, survey: str) -> tuple[tuple[str, str], ...]:
    """Every area with a unit of it that has cells."""
    query = select(C.area, C.unit).where(C.survey == survey, C.unit != "").distinct()
    return tuple((row[0], row[1]) for row in connection.execute(query.order_by(C.area, C.unit)))


def find_cell_place(cell: Cell) -> Place:
    """Where a cell stands among the others of its survey."""
    return (cell.area, cell.unit, cell.kind, cell.measure, cell.group, cell.value, cell.period)
