"""Receivers of notices, and the outbox that a publication writes them into, as they are stored."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, Row, delete, insert, select, update

from survey.store.publications import Publication, read_publication
from survey.store.tables import notice, publication, receiver

N, R = notice.c, receiver.c
ID_BYTES = 16


class ReceiverState(StrEnum):
    """ACTIVE is told; STOPPED was stopped by a person; GONE answered 410 and asked not to be told."""

    ACTIVE = "active"
    STOPPED = "stopped"
    GONE = "gone"


class NoticeState(StrEnum):
    """WAITING is tried until it is DELIVERED, GIVEN_UP after three days, or DROPPED with its receiver."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Receiver:
    """A program that is told. `sealed` holds its address and secrets."""

    id: str
    version: int
    name: str
    sealed: bytes
    state: str
    added: date


@dataclass(frozen=True)
class Notice:
    """Something to tell one receiver; `publication_id` is None for a trial. Times are seconds since 1970."""

    id: str
    receiver: str
    publication_id: int | None
    state: str
    queued: float
    tries: int
    next_try: float
    last_try: float | None
    status: int | None
    trouble: str | None

    @property
    def is_delivered(self) -> bool:
        return self.state == NoticeState.DELIVERED


def add_receiver(connection: Connection, new: Receiver) -> None:
    connection.execute(insert(receiver).values(**vars(new)))


def change_receiver(
    connection: Connection, receiver_id: str, changes: Mapping[str, object], *, based_on: int
) -> bool:
    """Write a receiver anew; False when it is gone or another change came first."""
    same = (R.id == receiver_id, R.version == based_on)
    written = update(receiver).where(*same).values(**changes, version=based_on + 1)
    return connection.execute(written).rowcount == 1


def delete_receiver(connection: Connection, receiver_id: str, *, based_on: int) -> bool:
    """Take a receiver and its notices away; False when it is gone or another change came first."""
    same = (R.id == receiver_id, R.version == based_on)
    if connection.execute(select(R.id).where(*same)).first() is None:
        return False
    connection.execute(delete(notice).where(N.receiver == receiver_id))
    connection.execute(delete(receiver).where(*same))
    return True


def find_receiver(connection: Connection, receiver_id: str) -> Receiver | None:
    row = connection.execute(select(receiver).where(R.id == receiver_id)).first()
    return read_receiver(row) if row else None


def list_receivers(connection: Connection) -> tuple[Receiver, ...]:
    """Every receiver, in the order of their names."""
    return tuple(map(read_receiver, connection.execute(select(receiver).order_by(R.name, R.id))))


def read_receiver(row: Row[tuple[object, ...]]) -> Receiver:
    found = Receiver(*row)  # type: ignore[arg-type]
    return Receiver(**{**vars(found), "sealed": bytes(found.sealed)})


def queue_publication(connection: Connection, publication_id: int, *, at: float) -> int:
    """Write a notice of a publication for each active receiver; how many.

    Call it with the connection that writes the publication: one is never without the other.
    """
    active = select(R.id).where(R.state == ReceiverState.ACTIVE)
    found = [make_notice(one, publication_id, at=at) for one in connection.scalars(active)]
    if found:
        connection.execute(insert(notice), [vars(one) for one in found])
    return len(found)


def queue_trial(connection: Connection, receiver_id: str, *, at: float, next_try: float) -> Notice:
    """Write a notice that tells of nothing; until `next_try` it is its writer's to send."""
    new = replace(make_notice(receiver_id, None, at=at), next_try=next_try)
    connection.execute(insert(notice).values(**vars(new)))
    return new


def make_notice(receiver_id: str, publication_id: int | None, *, at: float) -> Notice:
    number = f"msg_{secrets.token_hex(ID_BYTES)}"
    return Notice(number, receiver_id, publication_id, NoticeState.WAITING, at, 0, at, None, None, None)


def list_due(connection: Connection, *, now: float) -> tuple[Notice, ...]:
    """The notices that may be tried at a time, the oldest first."""
    due = (N.state == NoticeState.WAITING, N.next_try <= now)
    rows = connection.execute(select(notice).where(*due).order_by(N.queued, N.id))
    return tuple(Notice(*row) for row in rows)


def claim_notice(connection: Connection, one: Notice, *, until: float) -> bool:
    """Keep a notice from other processes for a while; False when one of them was first."""
    same = (N.id == one.id, N.state == NoticeState.WAITING, N.next_try == one.next_try)
    claimed = update(notice).where(*same).values(next_try=until)
    return connection.execute(claimed).rowcount == 1


def settle_notice(connection: Connection, notice_id: str, changes: Mapping[str, object]) -> None:
    """Write how a try went; nothing where the notice was dropped meanwhile or went with its receiver."""
    waiting = (N.id == notice_id, N.state == NoticeState.WAITING)
    connection.execute(update(notice).where(*waiting).values(**changes))


def drop_waiting(connection: Connection, receiver_id: str) -> None:
    """Tell a receiver nothing of what waits."""
    waiting = (N.receiver == receiver_id, N.state == NoticeState.WAITING)
    connection.execute(update(notice).where(*waiting).values(state=NoticeState.DROPPED))


def list_log(connection: Connection, receiver_id: str, *, limit: int) -> tuple[Notice, ...]:
    """A receiver's last notices, the newest first."""
    query = select(notice).where(N.receiver == receiver_id).order_by(N.queued.desc(), N.id).limit(limit)
    return tuple(Notice(*row) for row in connection.execute(query))


def delete_settled(connection: Connection, *, before: float) -> int:
    """Remove what was settled and queued before a time; how many."""
    old = (N.state != NoticeState.WAITING, N.queued < before)
    return connection.execute(delete(notice).where(*old)).rowcount


def find_told(connection: Connection, publication_id: int) -> Publication | None:
    """The publication that a notice tells of."""
    row = connection.execute(select(publication).where(publication.c.id == publication_id)).first()
    return read_publication(row) if row else None
