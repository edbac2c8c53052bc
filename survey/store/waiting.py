"""How much waits: sealed answers, letters, sessions. For whoever watches, so nothing of whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from survey.store.tables import account_link, digest_request, inbox, letter_order, mission_letter, session

WAITING = "waiting"


@dataclass(frozen=True)
class Outbox:
    """Letters that wait to be sent, and the day of the oldest where one is known."""

    name: str
    letters: int
    oldest: date | None


def count_inbox(connection: Connection) -> int:
    """Sealed answers that wait to be mixed, of every period."""
    return connection.execute(select(func.count()).select_from(inbox)).scalar_one()


def count_sessions(connection: Connection, *, idle: float, at: float) -> int:
    """Sessions that are neither revoked, over nor idle for too long (seconds)."""
    s = session.c
    where = (s.revoked.is_(None), s.ends > at, s.seen > at - idle)
    return connection.execute(select(func.count()).select_from(session).where(*where)).scalar_one()


def list_outboxes(connection: Connection) -> tuple[Outbox, ...]:
    """The outboxes: links to accounts, confirmations of letters, letters about missions and the week."""
    link, request, letter = account_link.c, digest_request.c, mission_letter.c
    links = select(func.count()).where(link.letter.is_not(None), link.outcome == WAITING)
    requests = select(func.count(), func.min(request.asked)).where(request.letter.is_not(None))
    letters = select(func.count(), func.min(letter.queued)).where(
        letter.outcome == WAITING, letter.sealed.is_not(None)
    )
    return (
        Outbox("accounts", connection.execute(links).scalar_one(), None),
        Outbox("confirmations", *connection.execute(requests).one()),
        Outbox("missions", *connection.execute(letters).one()),
    )


def count_orders(connection: Connection, state: str) -> int:
    """Orders of codes in a state, as those that nobody has fetched."""
    where = letter_order.c.state == state
    return connection.execute(select(func.count()).select_from(letter_order).where(where)).scalar_one()
