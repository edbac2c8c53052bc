"""What has been published of an area's groups, of one measure over time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from survey.store.publications import Cell, keep_latest
from survey.store.tables import published_cell

EVERYBODY = ""  # the group of a cell that is about all of an area


def list_measure_cells(
    connection: Connection, *, survey: str, area: str, measure: str, periods: Sequence[str]
) -> tuple[Cell, ...]:
    """The cells of an area in some periods, of everybody and of every group, in their latest revisions.

    In the order of period, group and value.
    """
    c = published_cell.c
    query = select(published_cell).where(
        c.survey == survey,
        c.area == area,
        c.unit == "",
        c.measure == measure,
        c.period.in_(periods),
    )
    return keep_latest(connection.execute(query.order_by(c.period, c.group, c.value, c.revision)))
