"""The audit log: what was done, by whom, in the same transaction as the deed."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from survey.store.tables import audit
from survey.store.times import restore_zone

ERASED = "answers erased"  # what is written when somebody takes their answers back


@dataclass(frozen=True)
class Event:
    """Something that was done. `facts` never hold a resident's data."""

    at: datetime
    actor: str
    action: str
    subject: str
    facts: dict[str, object]


def add_event(connection: Connection, action: str, subject: str, *, by: str, **facts: object) -> None:
    """Write what was done. Call it with the connection of the write it tells of."""
    connection.execute(
        insert(audit).values(
            id=secrets.token_bytes(16),
            at=datetime.now(UTC),
            actor=by,
            action=action,
            subject=subject,
            facts=json.dumps(facts, sort_keys=True, default=str),
        )
    )


def count_events(connection: Connection, action: str) -> int:
    """How often something was done."""
    query = select(func.count()).select_from(audit).where(audit.c.action == action)
    return connection.execute(query).scalar_one()


def find_last(connection: Connection, action: str) -> datetime | None:
    """When something was done last."""
    found = connection.execute(select(func.max(audit.c.at)).where(audit.c.action == action)).scalar()
    return restore_zone(found) if found is not None else None


def list_events(connection: Connection, limit: int = 200) -> tuple[Event, ...]:
    """The newest events first."""
    query = select(audit).order_by(audit.c.at.desc()).limit(limit)
    return tuple(
        Event(row.at, row.actor, row.action, row.subject, json.loads(row.facts))
        for row in connection.execute(query)
    )
