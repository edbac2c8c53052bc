"""Who asked for letters about what, and how far each has been told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from survey.store.database import insert_once
from survey.store.tables import digest_request, digest_subscription, publication

S, R = digest_subscription.c, digest_request.c


@dataclass(frozen=True)
class Request:
    """Somebody asked for letters and has not confirmed it. `letter` is None once the link has been sent."""

    id: bytes
    address_key: bytes
    about: str
    sealed: bytes
    letter: bytes | None
    asked: date


@dataclass(frozen=True)
class Subscription:
    """An address that gets letters about something, and how it has gone.

    `told` is how far, in the numbers of what they are about: survey/digest/abouts.py.
    """

    address_key: bytes
    about: str
    leave_key: bytes
    sealed: bytes
    told: int
    tries: int = 0
    retry_after: float | None = None
    failures: int = 0
    paused: date | None = None


def add_request(connection: Connection, new: Request) -> None:
    connection.execute(insert(digest_request).values(**vars(new)))


def count_requests(connection: Connection, address_key: bytes) -> int:
    """How many requests of an address wait to be confirmed, whatever they are about."""
    query = select(func.count()).select_from(digest_request).where(R.address_key == address_key)
    return connection.execute(query).scalar_one()


def find_request(connection: Connection, request_id: bytes) -> Request | None:
    row = connection.execute(select(digest_request).where(R.id == request_id)).one_or_none()
    return None if row is None else Request(*row)


def list_letters(connection: Connection, *, since: date) -> tuple[Request, ...]:
    """The requests from a day on whose link has not been sent."""
    query = select(digest_request).where(R.letter.is_not(None), R.asked >= since)
    return tuple(Request(*row) for row in connection.execute(query))


def take_letter(connection: Connection, request_id: bytes) -> bool:
    """Note that a request's link is being sent. False when somebody else does, or it is gone."""
    taken = update(digest_request).where(R.id == request_id, R.letter.is_not(None)).values(letter=None)
    return connection.execute(taken).rowcount == 1


def put_letter_back(connection: Connection, request: Request) -> None:
    """The server did not take a request's link after all."""
    connection.execute(update(digest_request).where(R.id == request.id).values(letter=request.letter))


def delete_request(connection: Connection, request_id: bytes) -> None:
    connection.execute(delete(digest_request).where(R.id == request_id))


def delete_requests_before(connection: Connection, day: date) -> int:
    """Remove what was never confirmed; how many there were."""
    return connection.execute(delete(digest_request).where(R.asked < day)).rowcount


def find_subscription(connection: Connection, address_key: bytes, about: str) -> Subscription | None:
    query = select(digest_subscription).where(S.address_key == address_key, S.about == about)
    row = connection.execute(query).one_or_none()
    return None if row is None else Subscription(*row)


def list_subscriptions(connection: Connection) -> tuple[Subscription, ...]:
    """Every subscription."""
    return tuple(Subscription(*row) for row in connection.execute(select(digest_subscription)))


def find_leaving(connection: Connection, leave_key: bytes) -> Subscription | None:
    """The subscription that a link ends."""
    query = select(digest_subscription).where(S.leave_key == leave_key)
    row = connection.execute(query).one_or_none()
    return None if row is None else Subscription(*row)


def keep_subscription(connection: Connection, kept: Subscription) -> None:
    """Put a subscription in the place of the one the address had; its requests are answered with that."""
    added = insert_once(connection, digest_subscription).values(**vars(kept)).returning(S.address_key)
    if connection.execute(added).first() is None:
        values = {name: value for name, value in vars(kept).items() if name not in ("address_key", "about")}
        connection.execute(update(digest_subscription).where(*find_row(kept)).values(**values))
    delete_requests(connection, kept)


def find_row(one: Subscription) -> tuple[ColumnElement[bool], ...]:
    """What tells a subscription from every other."""
    return S.address_key == one.address_key, S.about == one.about


def delete_requests(connection: Connection, one: Subscription) -> None:
    """Remove what an address has asked for and not confirmed, about the same thing."""
    about = (R.address_key == one.address_key, R.about == one.about)
    connection.execute(delete(digest_request).where(*about))


def delete_subscription(connection: Connection, one: Subscription) -> None:
    """End letters about one thing, with what waits to be confirmed about it."""
    connection.execute(delete(digest_subscription).where(*find_row(one)))
    delete_requests(connection, one)


def delete_address(connection: Connection, address_key: bytes) -> bool:
    """Forget an address and everything it asked for; whether anything was known of it."""
    found = (
        connection.execute(delete(digest_subscription).where(S.address_key == address_key)).rowcount
        + connection.execute(delete(digest_request).where(R.address_key == address_key)).rowcount
    )
    return found > 0


def delete_paused_before(connection: Connection, day: date) -> int:
    """Remove the addresses that have been paused since before a day; how many there were."""
    return connection.execute(delete(digest_subscription).where(S.paused < day)).rowcount


def find_newest_publication(connection: Connection) -> int:
    """The number of the publication that was made last, 0 when there is none."""
    return connection.execute(select(func.max(publication.c.id))).scalar_one() or 0


def list_due(connection: Connection, *, about: str, told_until: int, now: float) -> tuple[Subscription, ...]:
    """The subscriptions about something that have been told no further than this and may be tried now."""
    query = select(digest_subscription).where(
        S.about == about,
        S.told <= told_until,
        S.paused.is_(None),
        or_(S.retry_after.is_(None), S.retry_after <= now),
    )
    return tuple(Subscription(*row) for row in connection.execute(query))


def claim(connection: Connection, one: Subscription, *, latest: int) -> bool:
    """Note that the letter of a subscription as it was read is being sent.

    False when somebody else does, has told it more meanwhile, or it has ended.
    """
    taken = update(digest_subscription).where(*find_row(one), S.told == one.told)
    return connection.execute(taken.values(told=latest)).rowcount == 1


def settle(
    connection: Connection, one: Subscription, changes: Iterable[tuple[str, object]], *, told_now: int
) -> None:
    """Write how it went, unless another process has told the subscription more meanwhile."""
    where = (*find_row(one), S.told == told_now)
    connection.execute(update(digest_subscription).where(*where).values(**dict(changes)))


def count_subscriptions(connection: Connection, about: str) -> tuple[int, int]:
    """How many addresses get letters about something, and how many are paused."""
    query = select(func.count(), func.count(S.paused)).select_from(digest_subscription)
    every, paused = connection.execute(query.where(S.about == about)).one()
    return every - paused, paused
