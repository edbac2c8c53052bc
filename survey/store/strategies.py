"""The versions of the strategy map: each a whole document, and none is ever changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, select

from survey.store.database import insert_once
from survey.store.tables import definition, strategy_version

Changed = tuple[tuple[str, str, str], ...]  # framework, item, field


@dataclass(frozen=True)
class StoredVersion:
    """One version without its document: who made it in which role, when, what was changed, and why."""

    number: int
    made: datetime
    made_by: str
    changed: Changed
    note: str


def add_version(connection: Connection, version: StoredVersion, document: str) -> bool:
    """Write a version; False when another process has written that number already."""
    written = connection.execute(
        insert_once(connection, strategy_version)
        .values(
            number=version.number,
            document=document,
            made=version.made,
            made_by=version.made_by,
            changed=json.dumps(version.changed),
            note=version.note,
        )
        .returning(strategy_version.c.number)
    )
    return written.first() is not None


C = strategy_version.c
VERSIONS = select(C.number, C.made, C.made_by, C.changed, C.note)
WHOLE = VERSIONS.add_columns(C.document)


def find_newest(connection: Connection) -> tuple[StoredVersion, str] | None:
    """The newest version and its document, None before the first."""
    row = connection.execute(WHOLE.order_by(C.number.desc()).limit(1)).first()
    return (read_version(row), row.document) if row else None


def find_version(connection: Connection, number: int) -> tuple[StoredVersion, str] | None:
    """A version and its document, None when there is none of that number."""
    row = connection.execute(WHOLE.where(C.number == number)).first()
    return (read_version(row), row.document) if row else None


def list_versions(connection: Connection) -> tuple[StoredVersion, ...]:
    """Every version, the newest first."""
    return tuple(read_version(row) for row in connection.execute(VERSIONS.order_by(C.number.desc())))


def read_version(row: Row) -> StoredVersion:
    made = row.made.replace(tzinfo=UTC) if row.made.tzinfo is None else row.made.astimezone(UTC)
    changed = tuple((framework, item, field) for framework, item, field in json.loads(row.changed))
    return StoredVersion(row.number, made, row.made_by, changed, row.note)


def list_definitions(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """Survey, version and document of every stored definition."""
    c = definition.c
    return tuple(tuple(row) for row in connection.execute(select(c.survey, c.version, c.document)))
