"""Addresses of calendars that programs follow, as they are stored: one at most for a person in a role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, select, update

from survey.store.database import insert_once
from survey.store.tables import calendar_address

C = calendar_address.c


@dataclass(frozen=True)
class Kept:
    """An address: `seed` and a key outside the database make its secret, `token_hash` is what it is found
    by. `person` is empty for a role alone."""

    role: str
    person: str
    seed: bytes
    token_hash: bytes
    language: str
    made: date


def keep_address(connection: Connection, kept: Kept) -> None:
    """Keep an address in the place of what the person had."""
    new = insert_once(connection, calendar_address).values(**vars(kept)).returning(C.role)
    if connection.execute(new).first() is None:
        where = (C.role == kept.role, C.person == kept.person)
        connection.execute(update(calendar_address).where(*where).values(**vars(kept)))


def delete_address(connection: Connection, role: str, person: str) -> bool:
    """Take a person's address away; False when there was none."""
    gone = delete(calendar_address).where(C.role == role, C.person == person)
    return connection.execute(gone).rowcount == 1


def find_own(connection: Connection, role: str, person: str) -> Kept | None:
    query = select(calendar_address).where(C.role == role, C.person == person)
    return read_one(connection.execute(query).first())


def find_by_token(connection: Connection, token_hash: bytes) -> Kept | None:
    query = select(calendar_address).where(C.token_hash == token_hash)
    return read_one(connection.execute(query).first())


def read_one(row) -> Kept | None:  # type: ignore[no-untyped-def]
    if row is None:
        return None
    found = dict(row._mapping)
    return Kept(**{**found, "seed": bytes(found["seed"]), "token_hash": bytes(found["token_hash"])})
