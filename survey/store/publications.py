"""What has been published: append-only cells, and the sums they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from survey.store.tables import closed_statistic, publication, published_cell


@dataclass(frozen=True)
class Cell:
    """One published number. `hidden_*` says why that audience may not see it, None when it may."""

    survey: str
    area: str
    kind: str
    measure: str
    group: str
    value: str
    period: str
    revision: int
    publication_id: int
    n: int
    mean: float | None
    sd: float | None
    low: float | None
    high: float | None
    hidden_public: str | None
    hidden_signed_in: str | None


@dataclass(frozen=True)
class Statistic:
    """The frozen sums of a month for one area, group value and measure."""

    area: str
    group: str
    value: str
    measure: str
    n: int
    total: float
    squares: float


@dataclass(frozen=True)
class Publication:
    """One closing. A correction of a month is a new revision beside the old one."""

    id: int
    survey: str
    month: str
    revision: int
    versions: str
    method: str
    threshold_public: int
    threshold_signed_in: int
    checksum: str
    published: datetime


def add_publication(
    connection: Connection,
    *,
    survey: str,
    month: str,
    revision: int,
    versions: str,
    method: str,
    thresholds: tuple[int, int],
    checksum: str,
    published: datetime,
) -> int:
    """Write that a month was published; the number of the publication."""
    result = connection.execute(
        insert(publication).values(
            survey=survey,
            month=month,
            revision=revision,
            versions=versions,
            method=method,
            threshold_public=thresholds[0],
            threshold_signed_in=thresholds[1],
            checksum=checksum,
            published=published,
        )
    )
    return int(result.inserted_primary_key[0])


def add_cells(connection: Connection, cells: Sequence[Cell]) -> None:
    if cells:
        connection.execute(insert(published_cell), [vars(cell) for cell in cells])


def add_statistics(connection: Connection, survey: str, month: str, rows: Sequence[Statistic]) -> None:
    if rows:
        connection.execute(
            insert(closed_statistic), [{"survey": survey, "month": month, **vars(row)} for row in rows]
        )


def list_statistics(connection: Connection, survey: str, months: Sequence[str]) -> tuple[Statistic, ...]:
    """The frozen sums of some months, added together per area, group value and measure."""
    c = closed_statistic.c
    keys = (c.area, c.group, c.value, c.measure)
    query = (
        select(*keys, func.sum(c.n), func.sum(c.total), func.sum(c.squares))
        .where(c.survey == survey, c.month.in_(months))
        .group_by(*keys)
    )
    return tuple(Statistic(*row) for row in connection.execute(query))


def find_publication(connection: Connection, survey: str, month: str) -> Publication | None:
    """The latest revision of a month, None when it is not published."""
    c = publication.c
    query = (
        select(publication).where(c.survey == survey, c.month == month).order_by(c.revision.desc()).limit(1)
    )
    row = connection.execute(query).first()
    return Publication(*row) if row else None


def list_publications(connection: Connection, survey: str | None = None) -> tuple[Publication, ...]:
    """Every publication, newest month first; of one survey when it is named."""
    query = select(publication).order_by(publication.c.month.desc(), publication.c.revision.desc())
    if survey is not None:
        query = query.where(publication.c.survey == survey)
    return tuple(Publication(*row) for row in connection.execute(query))


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
        c.survey == survey, c.area.in_(areas), c.kind == kind, c.group == "", c.period.between(first, last)
    )
    if measures:
        query = query.where(c.measure.in_(measures))
    query = query.order_by(c.area, c.measure, c.period, c.revision)
    latest = {(row.area, row.measure, row.period): row for row in connection.execute(query)}
    return tuple(Cell(*row) for row in latest.values())
