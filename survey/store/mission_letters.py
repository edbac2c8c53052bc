"""Letters about missions that wait to be sent, as they are stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select, update

from survey.store.database import insert_once
from survey.store.tables import mission_invitation, mission_letter

L = mission_letter.c


@dataclass(frozen=True)
class Queued:
    """A letter in the outbox: waiting, sent, refused or dropped. `sealed` is None once it is on its way."""

    id: bytes
    kind: str
    mission: str
    invitation: str | None
    sealed: bytes | None
    queued: date
    outcome: str
    tries: int = 0
    retry_after: float | None = None


def add_letter(connection: Connection, new: Queued) -> bool:
    """Put a letter in the outbox; False when the same has been put there before."""
    added = insert_once(connection, mission_letter).values(**vars(new)).returning(L.id)
    return connection.execute(added).first() is not None


def is_known(connection: Connection, letter_id: bytes) -> bool:
    """Whether a letter has been put in the outbox, whatever became of it."""
    return connection.execute(select(L.id).where(L.id == letter_id)).first() is not None


def list_waiting(connection: Connection, *, now: float) -> tuple[Queued, ...]:
    """The letters that may be tried at a time, in seconds since 1970."""
    due = or_(L.retry_after.is_(None), L.retry_after <= now)
    query = select(mission_letter).where(L.outcome == "waiting", L.sealed.is_not(None), due)
    return tuple(Queued(**row._mapping) for row in connection.execute(query.order_by(L.queued, L.id)))


def drop_unwanted(connection: Connection, *, asking: Collection[str]) -> int:
    """Forget the letters that ask for what waits for no answer any more; how many."""
    waits = select(mission_invitation.c.id).where(mission_invitation.c.state == "waiting")
    where = (L.outcome == "waiting", L.kind.in_(asking), L.invitation.not_in(waits))
    dropped = update(mission_letter).where(*where).values(sealed=None, outcome="dropped")
    return connection.execute(dropped).rowcount


def drop_letter(connection: Connection, letter_id: bytes) -> bool:
    """Forget a letter that waits; False when it does not."""
    where = (L.id == letter_id, L.outcome == "waiting")
    dropped = update(mission_letter).where(*where).values(sealed=None, outcome="dropped")
    return connection.execute(dropped).rowcount == 1


def drop_old(connection: Connection, *, kind: str, before: date) -> int:
    """Forget the letters of a kind that were put in the outbox before a day and still wait; how many."""
    where = (L.outcome == "waiting", L.kind == kind, L.queued < before)
    dropped = update(mission_letter).where(*where).values(sealed=None, outcome="dropped")
    return connection.execute(dropped).rowcount


def take_letter(connection: Connection, letter: Queued, *, asks: bool) -> bool:
    """Note that a letter is on its way. False when somebody else sends it.

    One that `asks` goes only while its invitation waits for an answer.
    """
    where = [L.id == letter.id, L.outcome == "waiting", L.sealed.is_not(None)]
    if asks:
        waits = select(mission_invitation.c.id).where(mission_invitation.c.state == "waiting")
        where.append(L.invitation.in_(waits))
    taken = update(mission_letter).where(*where).values(sealed=None, outcome="sent")
    return connection.execute(taken).rowcount == 1


def settle_letter(connection: Connection, letter: Queued, changes: Mapping[str, object]) -> None:
    """Write how it went with a letter."""
    connection.execute(update(mission_letter).where(L.id == letter.id).values(**changes))


def find_outcomes(connection: Connection, mission: str) -> dict[str, str]:
    """How it went with the letters that ask, by invitation."""
    query = select(L.invitation, L.outcome).where(L.mission == mission, L.kind.in_(("invite", "invite_anew")))
    return {row.invitation: row.outcome for row in connection.execute(query)}
