"""Goals, actions and new limits: every change is a new version of the same id, and none is ever changed."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection, Row, Table, select

from survey.store.database import insert_once
from survey.store.tables import goal, measure_action, rebase


@dataclass(frozen=True)
class Goal:
    """A mean (0-100) that a dimension in an area is to reach by the month `due`, as it is from `since` on.

    `state` is stands or ended; `reason` is the decision behind the version.
    """

    id: str
    version: int
    survey: str
    area: str
    dimension: str
    target: float
    due: str
    since: str
    state: str
    reason: str
    made: datetime
    made_by: str


@dataclass(frozen=True)
class Action:
    """Something that is done, or that happens, which may move some dimensions; all when none is named.

    Its kinds, states and directions are told in survey/following/actions.py. `note` says why it was changed.
    """

    id: str
    version: int
    survey: str
    area: str
    kind: str
    title: str
    dimensions: tuple[str, ...]
    starts: str
    ends: str | None
    direction: str
    owner: str
    state: str
    note: str
    made: datetime
    made_by: str

    def concerns(self, dimension: str) -> bool:
        """Whether it may move a dimension."""
        return not self.dimensions or dimension in self.dimensions


@dataclass(frozen=True)
class Rebase:
    """That the limits of a dimension in an area begin anew in a month; `state` is stands or withdrawn."""

    id: str
    version: int
    survey: str
    area: str
    dimension: str
    month: str
    state: str
    reason: str
    made: datetime
    made_by: str


Kept = TypeVar("Kept", Goal, Action, Rebase)
TABLES: dict[type[object], Table] = {Goal: goal, Action: measure_action, Rebase: rebase}


def add_version(connection: Connection, version: Goal | Action | Rebase) -> bool:
    """Write a version; False when another process has written that number already."""
    values = vars(version)
    if isinstance(version, Action):
        values = values | {"dimensions": json.dumps(version.dimensions)}
    table = TABLES[type(version)]
    once = insert_once(connection, table).values(**values).returning(table.c.id)
    return connection.execute(once).first() is not None


def list_versions(
    connection: Connection, kind: type[Kept], survey: str, areas: Collection[str] | None = None
) -> tuple[Kept, ...]:
    """Every version of a kind in some areas, or in all, the versions of an id after each other."""
    table = TABLES[kind]
    query = select(table).where(table.c.survey == survey).order_by(table.c.id, table.c.version)
    if areas is not None:
        query = query.where(table.c.area.in_(areas))
    return tuple(read_version(kind, row) for row in connection.execute(query))


def list_versions_of(connection: Connection, kind: type[Kept], version_id: str) -> tuple[Kept, ...]:
    """Every version of an id, the oldest first; none when there is no such id."""
    table = TABLES[kind]
    query = select(table).where(table.c.id == version_id).order_by(table.c.version)
    return tuple(read_version(kind, row) for row in connection.execute(query))


def read_version(kind: type[Kept], row: Row) -> Kept:
    values = dict(row._mapping)
    made: datetime = values["made"]
    values["made"] = made.replace(tzinfo=UTC) if made.tzinfo is None else made.astimezone(UTC)
    if kind is Action:
        values["dimensions"] = tuple(json.loads(values["dimensions"]))
    return kind(**values)
