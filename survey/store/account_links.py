"""Which links let somebody choose a password, and which of their letters wait to be sent?"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, func, or_, select, update

from survey.store.tables import account_link

L = account_link.c
WAITING = "waiting"


@dataclass(frozen=True)
class AccountLink:
    """A link as stored; times are seconds since 1970. `letter` is None once it has been handed over."""

    key: bytes = field(repr=False)
    account: str
    kind: str
    expires: float
    used: float | None = None
    letter: bytes | None = field(default=None, repr=False)
    tries: int = 0
    retry_after: float | None = None
    outcome: str = WAITING


def add_link(connection: Connection, new: AccountLink) -> None:
    connection.execute(account_link.insert().values(**vars(new)))


def find_link(connection: Connection, key: bytes) -> AccountLink | None:
    row = connection.execute(select(account_link).where(L.key == key)).one_or_none()
    return None if row is None else AccountLink(*row)


def use_link(connection: Connection, key: bytes, at: float) -> bool:
    """Note that a link is used; False when it has been, or is too old."""
    where = (L.key == key, L.used.is_(None), L.expires > at)
    return connection.execute(update(account_link).where(*where).values(used=at, letter=None)).rowcount == 1


def end_all(connection: Connection, at: float) -> None:
    """Let no link work any more, nor be sent."""
    connection.execute(update(account_link).where(L.used.is_(None)).values(used=at, letter=None))


def end_links(connection: Connection, account_id: str, at: float) -> None:
    """Let no link of an account work any more, nor be sent."""
    where = (L.account == account_id, L.used.is_(None))
    connection.execute(update(account_link).where(*where).values(used=at, letter=None))


def count_links(connection: Connection, account_id: str, kind: str, at: float) -> int:
    """How many links of a kind an account has that work."""
    where = (L.account == account_id, L.kind == kind, L.used.is_(None), L.expires > at)
    return connection.execute(select(func.count()).select_from(account_link).where(*where)).scalar_one()


def list_newest(connection: Connection, kind: str) -> dict[str, str]:
    """How the letter of each account's newest link of a kind went, by account."""
    query = select(L.account, L.outcome).where(L.kind == kind, L.used.is_(None)).order_by(L.expires)
    return {row.account: row.outcome for row in connection.execute(query)}


def list_waiting(connection: Connection, at: float) -> tuple[AccountLink, ...]:
    """The links whose letter is to be sent now."""
    query = select(account_link).where(
        L.letter.is_not(None), L.expires > at, or_(L.retry_after.is_(None), L.retry_after <= at)
    )
    return tuple(AccountLink(*row) for row in connection.execute(query))


def take_letter(connection: Connection, key: bytes) -> bool:
    """Note that a link's letter is being sent. False when somebody else does, or it has ended."""
    where = (L.key == key, L.letter.is_not(None))
    return (
        connection.execute(update(account_link).where(*where).values(letter=None, outcome="sent")).rowcount
        == 1
    )


def settle_letter(connection: Connection, key: bytes, **changes: object) -> None:
    """Write how a letter went, unless its link has been used or ended meanwhile."""
    connection.execute(update(account_link).where(L.key == key, L.used.is_(None)).values(**changes))


def delete_links(connection: Connection, *, before: float) -> int:
    """Forget links that expired before a time; how many."""
    return connection.execute(delete(account_link).where(L.expires < before)).rowcount
