"""Permits of other programs, as they are stored: found by the keyed hash of their token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from survey.store.database import Database
from survey.store.prepared import Prepared
from survey.store.tables import permit

C = permit.c
FIND = Prepared(
    select(C.id, C.figures, C.expires, C.last_month).where(C.token_hash == bindparam("token_hash"))
)


@dataclass(frozen=True)
class Permit:
    """A permit. It holds through the day `expires`; `last_month` is None for one that was never used."""

    id: str
    name: str
    figures: str
    made: date
    expires: date
    last_month: str | None


@dataclass(frozen=True)
class Found:
    """What a request is told of its permit. `expires` is YYYY-MM-DD."""

    id: str
    figures: str
    expires: str
    last_month: str | None


def add_permit(connection: Connection, new: Permit, *, token_hash: bytes) -> None:
    connection.execute(insert(permit).values(**vars(new), token_hash=token_hash))


def delete_permit(connection: Connection, permit_id: str) -> bool:
    """Take a permit away; False when there was none."""
    return connection.execute(delete(permit).where(C.id == permit_id)).rowcount == 1


def list_permits(connection: Connection) -> tuple[Permit, ...]:
    """Every permit, the one that was made last first."""
    columns = (C.id, C.name, C.figures, C.made, C.expires, C.last_month)
    rows = connection.execute(select(*columns).order_by(C.made.desc(), C.id))
    return tuple(Permit(*row) for row in rows)


def find_by_token(database: Database, token_hash: bytes) -> Found | None:
    """The permit of a token, as it is now."""
    row: Sequence[Any] | None = database.look_up(FIND, {"token_hash": token_hash})
    return None if row is None else Found(row[0], row[1], str(row[2]), row[3])


def note_month(connection: Connection, permit_id: str, month: str) -> None:
    """Write that a permit was used in a month; once for each."""
    unwritten = or_(C.last_month.is_(None), C.last_month < month)
    connection.execute(update(permit).where(C.id == permit_id, unwritten).values(last_month=month))
