"""The audit log: what was done, by whom, in the same transaction as the deed; its search and its seals."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from survey.store.tables import audit, audit_seal
from survey.store.times import restore_zone

A, S = audit.c, audit_seal.c
ERASED = "answers erased"  # what is written when somebody takes their answers back
BATCH = 1_000  # rows that are read from the database at a time


@dataclass(frozen=True)
class Event:
    """Something that was done. `facts` never hold a resident's data."""

    at: datetime
    actor: str
    action: str
    subject: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Search:
    """Which events: of an actor whose name begins so, an action, about something, from a day through another.

    Days are in UTC, as events are. Empty is any.
    """

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Written:
    """An event as it lies in the database, with its facts as they were written."""

    id: bytes
    at: datetime
    actor: str
    action: str
    subject: str
    facts: str


@dataclass(frozen=True)
class Seal:
    """A link of the chain; `event` is None when the event it was made of is gone."""

    number: int
    event_id: bytes
    hash: bytes
    event: Written | None


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
    query = select(func.count()).select_from(audit).where(A.action == action)
    return connection.execute(query).scalar_one()


def find_last(connection: Connection, action: str) -> datetime | None:
    """When something was done last."""
    found = connection.execute(select(func.max(A.at)).where(A.action == action)).scalar()
    return restore_zone(found) if found is not None else None


def list_events(
    connection: Connection, limit: int = 200, *, search: Search | None = None, offset: int = 0
) -> tuple[Event, ...]:
    """The newest events first."""
    query = select(audit).where(*list_conditions(search)).order_by(A.at.desc(), A.id).offset(offset)
    return tuple(read_event(row) for row in connection.execute(query.limit(limit)))


def iterate_events(connection: Connection, search: Search) -> Iterator[Event]:
    """Every event that is looked for, the oldest first, read piece by piece."""
    query = select(audit).where(*list_conditions(search)).order_by(A.at, A.id)
    for row in connection.execution_options(yield_per=BATCH).execute(query):
        yield read_event(row)


def count_found(connection: Connection, search: Search) -> int:
    """How many events there are of those that are looked for."""
    query = select(func.count()).select_from(audit).where(*list_conditions(search))
    return connection.execute(query).scalar_one()


def list_actions(connection: Connection) -> tuple[str, ...]:
    """Everything that has been done some time, in the order of the alphabet."""
    return tuple(connection.scalars(select(A.action).distinct().order_by(A.action)))


def list_conditions(search: Search | None) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search is None:
        return found
    if search.actor:
        found.append(A.actor.startswith(search.actor, autoescape=True))
    if search.action:
        found.append(A.action == search.action)
    if search.subject:
        found.append(A.subject.contains(search.subject, autoescape=True))
    if search.since is not None:
        found.append(A.at >= begin(search.since))
    if search.until is not None:
        found.append(A.at < begin(search.until + timedelta(days=1)))
    return found


def begin(day: date) -> datetime:
    """The moment when a day begins, in UTC."""
    return datetime.combine(day, time(), UTC)


def read_event(row) -> Event:  # type: ignore[no-untyped-def]
    return Event(restore_zone(row.at), row.actor, row.action, row.subject, json.loads(row.facts))


def has_event(connection: Connection, action: str, subject: str, *, by: str, since: datetime) -> bool:
    """Whether somebody has done something to something since a moment."""
    same = (A.action == action, A.subject == subject, A.actor == by, A.at >= since)
    return connection.execute(select(A.id).where(*same).limit(1)).first() is not None


def find_last_seal(connection: Connection) -> tuple[int, bytes]:
    """The number and the hash of the newest link; 0 and nothing before the first."""
    row = connection.execute(select(S.number, S.hash).order_by(S.number.desc()).limit(1)).first()
    return (row.number, bytes(row.hash)) if row else (0, b"")


def find_first_number(connection: Connection) -> int:
    """The number of the oldest link there is; 0 when there is none."""
    return connection.execute(select(func.min(S.number))).scalar_one() or 0


def find_seal(connection: Connection, number: int) -> bytes | None:
    """The hash of a link; None when there is none of that number."""
    found = connection.execute(select(S.hash).where(S.number == number)).scalar_one_or_none()
    return None if found is None else bytes(found)


def list_unsealed(connection: Connection, limit: int) -> tuple[Written, ...]:
    """The events that no link has been made of, the oldest first."""
    joined = audit.outerjoin(audit_seal, A.id == S.event_id)
    query = select(audit).select_from(joined).where(S.number.is_(None)).order_by(A.at, A.id).limit(limit)
    return tuple(read_written(row) for row in connection.execute(query))


def count_unsealed(connection: Connection) -> int:
    joined = audit.outerjoin(audit_seal, A.id == S.event_id)
    query = select(func.count()).select_from(joined).where(S.number.is_(None))
    return connection.execute(query).scalar_one()


def add_seals(connection: Connection, seals: Sequence[tuple[int, bytes, bytes]]) -> None:
    """Keep links: number, event, hash."""
    rows = [{"number": number, "event_id": event, "hash": made} for number, event, made in seals]
    connection.execute(insert(audit_seal), rows)


def iterate_seals(connection: Connection) -> Iterator[Seal]:
    """The chain from its beginning, each link with its event."""
    joined = audit_seal.outerjoin(audit, A.id == S.event_id)
    query = select(S.number, S.event_id, S.hash, *audit.c).select_from(joined).order_by(S.number)
    for row in connection.execution_options(yield_per=BATCH).execute(query):
        event = read_written(row) if row.id is not None else None
        yield Seal(row.number, bytes(row.event_id), bytes(row.hash), event)


def read_written(row) -> Written:  # type: ignore[no-untyped-def]
    return Written(bytes(row.id), restore_zone(row.at), row.actor, row.action, row.subject, row.facts)


def count_older(connection: Connection, before: date) -> int:
    """How many sealed events are older than a day: those that can be removed."""
    return connection.execute(select(func.count()).select_from(select_older(before).subquery())).scalar_one()


def select_older(before: date):  # type: ignore[no-untyped-def]
    """The links that every older one may be removed with: up to the last whose event is older than a day.

    The newest link always stays, so that the chain goes on from it.
    """
    newest = select(func.max(S.number)).scalar_subquery()
    young = select(func.min(S.number)).join(audit, A.id == S.event_id).where(A.at >= begin(before))
    first_kept = func.coalesce(young.scalar_subquery(), newest)
    return select(S.number, S.event_id).where(S.number < first_kept, S.number < newest)


def delete_older(connection: Connection, before: date) -> int:
    """Remove what is older than a day from the beginning of the chain; how many events."""
    found = [(row.number, bytes(row.event_id)) for row in connection.execute(select_older(before))]
    if not found:
        return 0
    for start in range(0, len(found), BATCH):
        ids = [event for _, event in found[start : start + BATCH]]
        connection.execute(delete(audit).where(A.id.in_(ids)))
    connection.execute(delete(audit_seal).where(S.number <= found[-1][0]))
    return len(found)
