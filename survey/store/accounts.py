"""Which accounts are there, as they are stored: address, name and second step sealed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, select, update

from survey.store.database import claim_job, insert_once
from survey.store.tables import account
from survey.store.times import restore_zone

A = account.c


@dataclass(frozen=True)
class Account:
    """An account as stored. `password` is None where none is chosen, `second` without a second step."""

    id: str
    version: int
    address_key: bytes = field(repr=False)
    subject_key: bytes | None = field(repr=False)
    sealed: bytes = field(repr=False)
    password: str | None = field(repr=False)
    second: bytes | None = field(repr=False)
    state: str
    member: str | None
    created: datetime


def add_account(connection: Connection, new: Account) -> bool:
    """Keep a new account; False when the address or the id is taken."""
    added = insert_once(connection, account).values(**vars(new)).returning(A.id)
    return connection.execute(added).first() is not None


def change_account(connection: Connection, known: Account, **changes: object) -> Account | None:
    """The account with what is changed; None when somebody else has changed it since it was read."""
    changed = replace(known, version=known.version + 1, **changes)
    where = (A.id == known.id, A.version == known.version)
    done = connection.execute(update(account).where(*where).values(**vars(changed)))
    return changed if done.rowcount == 1 else None


def find_account(connection: Connection, account_id: str) -> Account | None:
    return find_one(connection, A.id == account_id)


def find_by_address(connection: Connection, address_key: bytes) -> Account | None:
    return find_one(connection, A.address_key == address_key)


def find_by_subject(connection: Connection, subject_key: bytes) -> Account | None:
    """The account of who an identity provider says it is."""
    return find_one(connection, A.subject_key == subject_key)


def find_by_member(connection: Connection, member: str) -> Account | None:
    """The account that a member of the panel has."""
    return find_one(connection, A.member == member)


def find_one(connection: Connection, which: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(account).where(which)).one_or_none()
    return None if row is None else read_row(row)


def list_accounts(connection: Connection) -> tuple[Account, ...]:
    """Every account, the newest last."""
    return tuple(map(read_row, connection.execute(select(account).order_by(A.created, A.id))))


def hold_administrators(connection: Connection) -> None:
    """Let nobody else change who is an administrator before this transaction ends."""
    claim_job(connection, "administrators")


def read_row(row: Row) -> Account:
    values = dict(row._mapping)
    return Account(**values | {"created": restore_zone(values["created"])})
