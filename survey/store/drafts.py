"""Drafts: sealed answers that a person has not sent yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.store.database import Database
from survey.store.prepared import Prepared
from survey.store.tables import draft

FIND = Prepared(select(draft.c.sealed).where(draft.c.id == bindparam("draft")))
DELETE = delete(draft).where(draft.c.id == bindparam("draft"))
CHANGED = ("sealed", "expires")


def make_upsert(dialect: type[sqlite.Insert] | type[postgresql.Insert]):  # type: ignore[no-untyped-def]
    """INSERT … ON CONFLICT DO UPDATE, which both engines have in their own words."""
    statement = dialect(draft)
    return statement.on_conflict_do_update(
        index_elements=["id"], set_={name: getattr(statement.excluded, name) for name in CHANGED}
    )


UPSERT = Prepared(make_upsert(sqlite.Insert), on_postgres=make_upsert(postgresql.Insert))


def find_draft(database: Database, draft_id: bytes) -> bytes | None:
    """The sealed draft, None when there is none."""
    row = database.look_up(FIND, {"draft": draft_id})
    return row[0] if row else None


def save_draft(
    connection: Connection, *, draft_id: bytes, round_id: str, sealed: bytes, expires: date
) -> None:
    """Keep a draft in place of the one that was there."""
    values = {"id": draft_id, "round_id": round_id, "sealed": sealed, "expires": expires}
    UPSERT.run(connection, values)


def delete_draft(connection: Connection, draft_id: bytes) -> None:
    connection.execute(DELETE, {"draft": draft_id})


def delete_expired_drafts(connection: Connection, today: date) -> int:
    """Remove drafts whose day has passed; how many there were."""
    return connection.execute(delete(draft).where(draft.c.expires < today)).rowcount


def delete_drafts_of_rounds(connection: Connection, round_ids: Sequence[str]) -> int:
    """Remove what was never sent of rounds that are over; how many there were."""
    return connection.execute(delete(draft).where(draft.c.round_id.in_(round_ids))).rowcount
