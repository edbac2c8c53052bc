"""Who the panel's members are, as they are stored: name and address sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, select, update

from survey.store.database import insert_once
from survey.store.tables import panel_member

M = panel_member.c


@dataclass(frozen=True)
class Kept:
    """A member as stored. `left_on` is the day they left; then tags and times are empty."""

    id: str
    version: int
    sealed: bytes
    language: str
    tags: tuple[str, ...]
    times: tuple[str, ...]
    paused_until: date | None
    joined: date
    left_on: date | None


def add_member(connection: Connection, new: Kept) -> bool:
    """Keep a new member; False when the id is taken."""
    added = insert_once(connection, panel_member).values(**list_values(new)).returning(M.id)
    return connection.execute(added).first() is not None


def change_member(connection: Connection, changed: Kept, *, based_on: int) -> bool:
    """Put a member in the place of the version that was read; False when another has changed it."""
    where = (M.id == changed.id, M.version == based_on)
    return connection.execute(update(panel_member).where(*where).values(**list_values(changed))).rowcount == 1


def find_member(connection: Connection, member: str) -> Kept | None:
    row = connection.execute(select(panel_member).where(M.id == member)).one_or_none()
    return None if row is None else read_row(row)


def list_members(connection: Connection) -> tuple[Kept, ...]:
    """Every member, also those who have left."""
    return tuple(read_row(row) for row in connection.execute(select(panel_member).order_by(M.id)))


def list_values(kept: Kept) -> dict[str, object]:
    return vars(kept) | {"tags": json.dumps(kept.tags), "times": json.dumps(kept.times)}


def read_row(row: Row) -> Kept:
    values = dict(row._mapping)
    for name in ("tags", "times"):
        values[name] = tuple(json.loads(values[name]))
    return Kept(**values)
