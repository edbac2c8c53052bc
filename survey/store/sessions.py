"""Who is signed in, and how often has somebody tried to be?"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, func, or_, select, update

from survey.store.database import claim_job, insert_once
from survey.store.tables import session, sign_in_begun, sign_in_try

S, T, B = session.c, sign_in_try.c, sign_in_begun.c


@dataclass(frozen=True)
class Session:
    """A session as stored; times are seconds since 1970."""

    key: bytes = field(repr=False)
    account: str
    acting: str | None
    stage: str
    way: str
    made: float
    seen: float
    ends: float
    revoked: float | None = None
    hint: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Tries:
    """Wrong tries at one door: how many, when the last was, and until when nothing is looked at."""

    wrong: int
    last: float
    until: float


NONE = Tries(0, 0.0, 0.0)


def add_session(connection: Connection, new: Session) -> None:
    connection.execute(session.insert().values(**vars(new)))


def find_session(connection: Connection, key: bytes) -> Session | None:
    row = connection.execute(select(session).where(S.key == key)).one_or_none()
    return None if row is None else Session(*row)


def list_sessions(connection: Connection, account_id: str) -> tuple[Session, ...]:
    """An account's sessions that have not been revoked, the newest first."""
    query = select(session).where(S.account == account_id, S.revoked.is_(None)).order_by(S.made.desc())
    return tuple(Session(*row) for row in connection.execute(query))


def count_alive(connection: Connection, *, idle: float, at: float) -> dict[str, int]:
    """How many sessions each account has that are neither revoked, over nor idle for too long (seconds)."""
    where = (S.revoked.is_(None), S.ends > at, S.seen > at - idle)
    query = select(S.account, func.count().label("number")).where(*where).group_by(S.account)
    return {row.account: row.number for row in connection.execute(query)}


def touch_session(connection: Connection, key: bytes, at: float) -> None:
    """Note that a session is used; one that has been revoked stays so."""
    connection.execute(update(session).where(S.key == key, S.revoked.is_(None)).values(seen=at))


def revoke_session(connection: Connection, key: bytes, at: float) -> bool:
    """End a session for good; False when it had ended."""
    where = (S.key == key, S.revoked.is_(None))
    return connection.execute(update(session).where(*where).values(revoked=at)).rowcount == 1


def revoke_sessions(connection: Connection, account_id: str, at: float, *, but: bytes = b"") -> int:
    """End an account's sessions but one; how many there were."""
    where = (S.account == account_id, S.revoked.is_(None), S.key != but)
    return connection.execute(update(session).where(*where).values(revoked=at)).rowcount


def revoke_all(connection: Connection, at: float) -> int:
    """End everybody's sessions; how many there were."""
    return connection.execute(update(session).where(S.revoked.is_(None)).values(revoked=at)).rowcount


def delete_ended(connection: Connection, *, before: float) -> int:
    """Forget sessions that ended or were revoked before a time, tries and begun sign-ins too; how many."""
    gone = connection.execute(delete(session).where(or_(S.ends < before, S.revoked < before))).rowcount
    connection.execute(delete(sign_in_try).where(T.last < before, T.until < before))
    connection.execute(delete(sign_in_begun).where(B.expires < before))
    return gone


def hold_door(connection: Connection, door: bytes) -> None:
    """Let nobody else count at a door before this transaction ends."""
    claim_job(connection, f"door {door.hex()}")


def find_tries(connection: Connection, door: bytes) -> Tries:
    """The wrong tries at a door."""
    row = connection.execute(select(T.wrong, T.last, T.until).where(T.door == door)).one_or_none()
    return NONE if row is None else Tries(*row)


def keep_tries(connection: Connection, door: bytes, tries: Tries) -> None:
    values = vars(tries)
    added = insert_once(connection, sign_in_try).values(door=door, **values).returning(T.door)
    if connection.execute(added).first() is None:
        connection.execute(update(sign_in_try).where(T.door == door).values(**values))


def forget_tries(connection: Connection, door: bytes) -> None:
    connection.execute(delete(sign_in_try).where(T.door == door))


def add_begun(connection: Connection, key: bytes, sealed: bytes, expires: float) -> None:
    """A sign-in that an identity provider is to answer."""
    connection.execute(sign_in_begun.insert().values(key=key, sealed=sealed, expires=expires))


def take_begun(connection: Connection, key: bytes, at: float) -> bytes | None:
    """What was begun, once; None when it was taken before, is too old or was never begun."""
    row = connection.execute(select(sign_in_begun).where(B.key == key, B.expires > at)).one_or_none()
    if row is None or connection.execute(delete(sign_in_begun).where(B.key == key)).rowcount != 1:
        return None
    return row.sealed
