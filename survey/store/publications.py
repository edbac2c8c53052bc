"""What has been published: append-only cells, the publications they came with, and how sure scales are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Row, Select, Table, func, insert, select

from survey.store.prepared import Prepared
from survey.store.tables import publication, published_cell, published_rate, published_reliability
from survey.store.times import restore_zone

ROWS_AT_ONCE = 2_000  # rows handed to the database in one statement
ADD_CELL = Prepared(insert(published_cell))


@dataclass(frozen=True)
class Cell:
    """One published number. `hidden_*` says why that audience may not see it, None when it may.

    `mean` is the estimate, weighted where there is a margin (`weighting`); `raw` is about those who
    answered. A cell that nobody may see keeps no number. Scores are 0-100, shares 0-1; `shares` is a JSON
    document of a question's answers.
    """

    survey: str
    area: str
    unit: str
    kind: str
    measure: str
    group: str
    value: str
    period: str
    revision: int
    publication_id: int
    n: int | None
    mean: float | None
    sd: float | None
    low: float | None
    high: float | None
    raw: float | None
    adjusted: float | None
    weighting: str
    n_effective: float | None
    largest_weight: float | None
    positive: float | None
    positive_low: float | None
    positive_high: float | None
    shares: str | None
    hidden_public: str | None
    hidden_signed_in: str | None


@dataclass(frozen=True)
class Publication:
    """One closing. A correction of a month is a new revision beside the old one, with its reason."""

    id: int
    survey: str
    month: str
    revision: int
    reason: str
    versions: str
    method: str
    code_version: str
    population_year: int | None
    threshold_public: int
    threshold_signed_in: int
    responses: int
    checksum: str
    published: datetime


@dataclass(frozen=True)
class Reliability:
    """How well a dimension is measured in a round, so far as a publication had it. None is not known.

    `n` answered all of the dimension's questions. `unit_reliability` is that of the municipality in the
    middle; `n_needed` are the answers with which a municipality's mean is reliable enough.
    """

    publication_id: int
    round_id: str
    dimension: str
    questions: int
    n: int
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    ordinal_alpha: float | None
    omega: float | None
    unit_reliability: float | None
    n_needed: int | None


@dataclass(frozen=True)
class Rate:
    """How many were invited to a round in an area, and how many answered, when it was published.

    `answered` is 0 in a row that nobody may see: no number of it is kept.
    """

    publication_id: int
    round_id: str
    area: str
    invited: int
    answered: int
    hidden_public: str | None
    hidden_signed_in: str | None


def add_publication(connection: Connection, new: Publication) -> int:
    """Write that a month was published; the number of the publication, whatever `new` said."""
    values = {name: value for name, value in vars(new).items() if name != "id"}
    result = connection.execute(insert(publication).values(**values))
    return int(result.inserted_primary_key[0])


def add_cells(connection: Connection, cells: Iterable[Cell], *, publication_id: int) -> None:
    """Keep the cells of a publication, many in one statement."""
    batch: list[dict[str, object]] = []
    for cell in cells:
        batch.append({**vars(cell), "publication_id": publication_id})
        if len(batch) == ROWS_AT_ONCE:
            ADD_CELL.run_for_each(connection, batch)
            batch = []
    if batch:
        ADD_CELL.run_for_each(connection, batch)


def add_reliabilities(connection: Connection, rows: Sequence[Reliability], *, publication_id: int) -> None:
    """Keep how sure scales were when something was published."""
    if rows:
        values = [vars(row) | {"publication_id": publication_id} for row in rows]
        connection.execute(insert(published_reliability), values)


def add_rates(connection: Connection, rows: Sequence[Rate], *, publication_id: int) -> None:
    """Keep how many had answered when something was published."""
    if rows:
        values = [vars(row) | {"publication_id": publication_id} for row in rows]
        connection.execute(insert(published_rate), values)


def find_publication(connection: Connection, survey: str, month: str) -> Publication | None:
    """The latest revision of a month, None when it is not published."""
    c = publication.c
    query = (
        select(publication).where(c.survey == survey, c.month == month).order_by(c.revision.desc()).limit(1)
    )
    row = connection.execute(query).first()
    return read_publication(row) if row else None


def list_publications(connection: Connection, survey: str | None = None) -> tuple[Publication, ...]:
    """Every publication, newest month first; of one survey when it is named."""
    query = select(publication).order_by(publication.c.month.desc(), publication.c.revision.desc())
    if survey is not None:
        query = query.where(publication.c.survey == survey)
    return tuple(map(read_publication, connection.execute(query)))


def find_last_revision(connection: Connection, survey: str, periods: Sequence[str]) -> int:
    """The highest revision of any cell of some periods, 0 when they have none."""
    c = published_cell.c
    query = select(func.max(c.revision)).where(c.survey == survey, c.period.in_(periods))
    return connection.execute(query).scalar_one() or 0


def read_publication(row: Row[tuple[object, ...]]) -> Publication:
    """A publication, its time with the zone that SQLite does not keep."""
    found = Publication(*row)  # type: ignore[arg-type]
    return replace(found, published=restore_zone(found.published))


def find_highest_thresholds(connection: Connection) -> tuple[int, int]:
    """The highest thresholds, public and signed in, that anything was published with; zeros for nothing."""
    c = publication.c
    row = connection.execute(select(func.max(c.threshold_public), func.max(c.threshold_signed_in))).one()
    return (row[0] or 0, row[1] or 0)


def list_cells(
    connection: Connection,
    *,
    survey: str,
    areas: Sequence[str],
    kind: str,
    first: str,
    last: str,
    measures: Sequence[str] = (),
) -> tuple[Cell, ...]:
    """The cells of some areas for everybody together, one kind of period within a span of codes.

    Where a cell was corrected only its latest revision is returned. In the order of area, measure, period.
    """
    c = published_cell.c
    query = select(published_cell).where(
        c.survey == survey,
        c.area.in_(areas),
        c.unit == "",
        c.kind == kind,
        c.group == "",
        c.period.between(first, last),
    )
    if measures:
        query = query.where(c.measure.in_(measures))
    return keep_latest(connection.execute(query.order_by(c.area, c.measure, c.period, c.revision)))


def list_group_cells(
    connection: Connection, *, survey: str, area: str, period: str, group: str = ""
) -> tuple[Cell, ...]:
    """The cells of an area's groups in a period, of one group when it is named; latest revisions."""
    c = published_cell.c
    query = select(published_cell).where(
        c.survey == survey, c.area == area, c.unit == "", c.period == period, c.group != ""
    )
    if group:
        query = query.where(c.group == group)
    return keep_latest(connection.execute(query.order_by(c.measure, c.group, c.value, c.revision)))


def iterate_latest_cells(connection: Connection) -> Iterator[Cell]:
    """Every cell that was ever published, each in its latest revision, in the order of its place."""
    c = published_cell.c
    place = (c.survey, c.period, c.area, c.unit, c.group, c.value, c.measure, c.kind)
    query: Select[tuple[object, ...]] = select(published_cell).order_by(*place, c.revision)
    held: Cell | None = None
    for row in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
        cell = Cell(*row)
        if held is not None and find_place(held) != find_place(cell):
            yield held
        held = cell
    if held is not None:
        yield held


def list_reliabilities(connection: Connection, publication_id: int) -> tuple[Reliability, ...]:
    """How sure scales were when something was published; nothing of a correction."""
    c = published_reliability.c
    query = select(published_reliability).where(c.publication_id == publication_id)
    return tuple(Reliability(*row) for row in connection.execute(query.order_by(c.round_id, c.dimension)))


def list_latest_reliabilities(connection: Connection, survey: str) -> tuple[Reliability, ...]:
    """How sure the scales of every round of a survey are, as it was published last."""
    latest = connection.execute(find_latest(published_reliability, survey)).scalar_one()
    return () if latest is None else list_reliabilities(connection, latest)


def list_rates(connection: Connection, publication_id: int) -> tuple[Rate, ...]:
    """How many had answered when something was published; nothing of a correction."""
    c = published_rate.c
    query = select(published_rate).where(c.publication_id == publication_id)
    return tuple(Rate(*row) for row in connection.execute(query.order_by(c.round_id, c.area)))


def list_latest_rates(connection: Connection, survey: str) -> tuple[Rate, ...]:
    """How many of every round of a survey had answered, as it was published last."""
    latest = connection.execute(find_latest(published_rate, survey)).scalar_one()
    return () if latest is None else list_rates(connection, latest)


def find_latest(table: Table, survey: str) -> Select[tuple[int | None]]:
    """The publication of a survey that last put something into a table: corrections put nothing there."""
    at = table.c.publication_id
    return (
        select(func.max(at)).join(publication, publication.c.id == at).where(publication.c.survey == survey)
    )


def list_earlier_rates(connection: Connection, rounds: Sequence[str]) -> tuple[Rate, ...]:
    """Every rate of some rounds that was ever published, in the order of publication."""
    c = published_rate.c
    query = (
        select(published_rate).where(c.round_id.in_(rounds)).order_by(c.publication_id, c.round_id, c.area)
    )
    return tuple(Rate(*row) for row in connection.execute(query))


def read_shown(
    connection: Connection, survey: str, periods: Sequence[str]
) -> Iterator[tuple[tuple[str, str, str, str, str, str], str | None, str | None]]:
    """(period, area, unit, group, value, measure) of cells, and why each audience may not see it."""
    c = published_cell.c
    query = (
        select(c.period, c.area, c.unit, c.group, c.value, c.measure, c.hidden_public, c.hidden_signed_in)
        .where(c.survey == survey, c.period.in_(periods))
        .order_by(c.revision)
    )
    for *place, public, signed_in in connection.execute(query):
        yield (place[0], place[1], place[2], place[3], place[4], place[5]), public, signed_in


def find_place(cell: Cell) -> tuple[str, ...]:
    """What a cell is about, the same in every revision."""
    return (cell.survey, cell.period, cell.area, cell.unit, cell.group, cell.value, cell.measure)


def keep_latest(rows: Iterable[Row[tuple[object, ...]]]) -> tuple[Cell, ...]:
    """The latest revision of each cell, from rows in the order of their revisions."""
    latest: dict[tuple[str, ...], Cell] = {}
    for row in rows:
        cell = Cell(*row)  # type: ignore[arg-type]
        latest[find_place(cell)] = cell
    return tuple(latest.values())


def iterate_means(
    connection: Connection, *, survey: str, kind: str, first: str, last: str, measures: Sequence[str]
) -> Iterator[tuple[tuple[str, str, str], tuple[float | None, ...], str | None, str | None]]:
    """Each area, measure and period of everybody; mean and interval; why hidden from the public, signed-in.

    In the order of revisions: of one place the last counts. Few columns, so that a whole country is quick.
    """
    c = published_cell.c
    query = (
        select(c.area, c.measure, c.period, c.mean, c.low, c.high, c.hidden_public, c.hidden_signed_in)
        .where(
            c.survey == survey,
            c.unit == "",
            c.kind == kind,
            c.group == "",
            c.period.between(first, last),
            c.measure.in_(measures),
        )
        .order_by(c.revision)
    )
    for row in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
        yield (row[0], row[1], row[2]), (row[3], row[4], row[5]), row[6], row[7]
