"""Drafts: sealed answers that a person has not sent yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.store.tables import draft

FIND = select(draft.c.sealed).where(draft.c.id == bindparam("draft"))
DELETE = delete(draft).where(draft.c.id == bindparam("draft"))
CHANGED = ("sealed", "expires")


def make_upsert(dialect: type[sqlite.Insert] | type[postgresql.Insert]):  # type: ignore[no-untyped-def]
    """INSERT … ON CONFLICT DO UPDATE, which both engines have in their own words."""
    statement = dialect(draft)
    return statement.on_conflict_do_update(
        index_elements=["id"], set_={name: getattr(statement.excluded, name) for name in CHANGED}
    )


UPSERT = {"sqlite": make_upsert(sqlite.Insert), "postgresql": make_upsert(postgresql.Insert)}


def find_draft(connection: Connection, draft_id: bytes) -> bytes | None:
    """The sealed draft, None when there is none."""
    return connection.execute(FIND, {"draft": draft_id}).scalar()


def save_draft(
    connection: Connection, *, draft_id: bytes, round_id: str, sealed: bytes, expires: date
) -> None:
    """Keep a draft in place of the one that was there."""
    values = {"id": draft_id, "round_id": round_id, "sealed": sealed, "expires": expires}
    connection.execute(UPSERT[connection.dialect.name], values)


def delete_draft(connection: Connection, draft_id: bytes) -> None:
    connection.execute(DELETE, {"draft": draft_id})


def delete_expired_drafts(connection: Connection, today: date) -> int:
    """Remove drafts whose day has passed; how many there were."""
    return connection.execute(delete(draft).where(draft.c.expires < today)).rowcount


def delete_drafts_of_rounds(connection: Connection, round_ids: Sequence[str]) -> int:
    """Remove what was never sent of rounds that are over; how many there were."""
    return connection.execute(delete(draft).where(draft.c.round_id.in_(round_ids))).rowcount
