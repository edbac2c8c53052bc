"""Which members want a letter each week, as it is stored."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, select

from survey.store.database import insert_once
from survey.store.tables import weekly_letter

W = weekly_letter.c


def add_reader(connection: Connection, member: str, since: date) -> bool:
    """Note that a member wants the letter; False when they did already."""
    once = insert_once(connection, weekly_letter).values(member=member, since=since).returning(W.member)
    return connection.execute(once).first() is not None


def delete_reader(connection: Connection, member: str) -> bool:
    """Note that a member does not want the letter; False when they did not."""
    return connection.execute(delete(weekly_letter).where(W.member == member)).rowcount == 1


def is_reader(connection: Connection, member: str) -> bool:
    return connection.execute(select(W.member).where(W.member == member)).first() is not None


def list_readers(connection: Connection) -> tuple[str, ...]:
    """The members who want the letter, by id."""
    return tuple(connection.scalars(select(W.member).order_by(W.member)))
