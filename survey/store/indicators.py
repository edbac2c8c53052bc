"""Which indicators and values were loaded from elsewhere: each change is a new revision, none is removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select

from survey.store.populations import as_utc
from survey.store.tables import indicator, indicator_value


@dataclass(frozen=True)
class StoredIndicator:
    """The newest that is known of an indicator. `direction` is higher, lower or neither."""

    id: str
    name_sv: str
    name_en: str
    unit: str
    direction: str
    source: str
    note: str
    dimension: str
    revision: int
    loaded: datetime


@dataclass(frozen=True)
class StoredValue:
    """The newest value of a place; None when it is known that there is none. Revisions count from 1."""

    indicator: str
    area: str
    period: str
    revision: int
    value: float | None
    loaded: datetime


def select_newest(table: Table, *keys: str) -> Select[Any]:
    """The rows of a table with the highest revision for their keys."""
    columns = [table.c[key] for key in keys]
    newest = select(*columns, func.max(table.c.revision).label("revision")).group_by(*columns).subquery()
    return select(table).join(newest, _match(table, newest.c, (*keys, "revision")))


def _match(table: Table, other: Mapping[str, Any] | Any, keys: Sequence[str]) -> Any:
    first, *rest = [table.c[key] == other[key] for key in keys]
    for one in rest:
        first &= one
    return first


def list_indicators(connection: Connection) -> tuple[StoredIndicator, ...]:
    """Every indicator as it is known now, in the order of their ids."""
    query = select_newest(indicator, "id").order_by(indicator.c.id)
    rows = [row._asdict() for row in connection.execute(query)]
    return tuple(StoredIndicator(**{**row, "loaded": as_utc(row["loaded"])}) for row in rows)


def list_values(connection: Connection, areas: Sequence[str] | None = None) -> tuple[StoredValue, ...]:
    """The values as they are known now, of some areas or of all, by indicator, area and period."""
    c = indicator_value.c
    query = select_newest(indicator_value, "indicator", "area", "period")
    if areas is not None:
        query = query.where(c.area.in_(areas))
    return read_values(connection.execute(query.order_by(c.indicator, c.area, c.period)))


def list_revisions(connection: Connection, indicator_id: str) -> tuple[StoredValue, ...]:
    """Every revision of every value of an indicator, by area, period and revision."""
    c = indicator_value.c
    query = select(indicator_value).where(c.indicator == indicator_id)
    return read_values(connection.execute(query.order_by(c.area, c.period, c.revision)))


def read_values(rows: Iterable[Any]) -> tuple[StoredValue, ...]:
    return tuple(
        StoredValue(row.indicator, row.area, row.period, row.revision, row.value, as_utc(row.loaded))
        for row in rows
    )


def add_indicators(connection: Connection, rows: Sequence[StoredIndicator]) -> None:
    if rows:
        connection.execute(insert(indicator), [vars(row) for row in rows])


def add_values(connection: Connection, rows: Sequence[StoredValue]) -> None:
    if rows:
        connection.execute(insert(indicator_value), [vars(row) for row in rows])
