"""Who asked for letters about what was published, and how far each has been told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from survey.store.database import insert_once
from survey.store.tables import digest_request, digest_subscription, publication

S, R = digest_subscription.c, digest_request.c


@dataclass(frozen=True)
class Request:
    """Somebody asked for letters and has not confirmed it. `letter` is None once the link has been sent."""

    id: bytes
    address_key: bytes
    sealed: bytes
    letter: bytes | None
    asked: date


@dataclass(frozen=True)
class Subscription:
    """An address that gets letters, and how it has gone. `told` is a publication's number."""

    address_key: bytes
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
    """How many requests of an address wait to be confirmed."""
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


def find_subscription(connection: Connection, address_key: bytes) -> Subscription | None:
    query = select(digest_subscription).where(S.address_key == address_key)
    row = connection.execute(query).one_or_none()
    return None if row is None else Subscription(*row)


def find_leaving(connection: Connection, leave_key: bytes) -> Subscription | None:
    """The subscription that a link ends."""
    query = select(digest_subscription).where(S.leave_key == leave_key)
    row = connection.execute(query).one_or_none()
    return None if row is None else Subscription(*row)


def keep_subscription(connection: Connection, kept: Subscription) -> None:
    """Put a subscription in the place of the one the address had; its requests are answered with that."""
    added = insert_once(connection, digest_subscription).values(**vars(kept))
    if connection.execute(added).rowcount != 1:
        values = {name: value for name, value in vars(kept).items() if name != "address_key"}
        changed = update(digest_subscription).where(S.address_key == kept.address_key)
        connection.execute(changed.values(**values))
    connection.execute(delete(digest_request).where(R.address_key == kept.address_key))


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


def list_due(connection: Connection, *, latest: int, now: float) -> tuple[Subscription, ...]:
    """The subscriptions that have not been told of the latest publication and may be tried now."""
    query = select(digest_subscription).where(
        S.told < latest, S.paused.is_(None), or_(S.retry_after.is_(None), S.retry_after <= now)
    )
    return tuple(Subscription(*row) for row in connection.execute(query))


def claim(connection: Connection, one: Subscription, *, latest: int) -> bool:
    """Note that a publication's letter is being sent. False when somebody else does, or it has ended."""
    taken = update(digest_subscription).where(S.address_key == one.address_key, S.told < latest)
    return connection.execute(taken.values(told=latest)).rowcount == 1


def settle(
    connection: Connection, one: Subscription, changes: Iterable[tuple[str, object]], *, told_now: int
) -> None:
    """Write how it went, unless another process has told the subscription more meanwhile."""
    where = (S.address_key == one.address_key, S.told == told_now)
    connection.execute(update(digest_subscription).where(*where).values(**dict(changes)))


def count_subscriptions(connection: Connection) -> tuple[int, int]:
    """How many addresses get letters, and how many are paused."""
    query = select(func.count(), func.count(S.paused)).select_from(digest_subscription)
    every, paused = connection.execute(query).one()
    return every - paused, paused
