"""Which orders of codes are stored, how far each has come, and which references are unused."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from survey.store.database import insert_once
from survey.store.tables import invitation_code, invited, letter_order, reminder
from survey.store.times import restore_zone

AT_ONCE = 500  # hashes that one statement names


@dataclass(frozen=True)
class Order:
    """So many codes for each municipality of `areas`. `made` are kept already, `tries` downloads begun."""

    id: str
    round_id: str
    areas: tuple[tuple[str, int], ...]
    number: int
    first_reference: int
    made: int
    state: str
    tries: int
    made_by: str
    expires: datetime
    claimed: datetime | None


def add_order(connection: Connection, found: Order) -> None:
    connection.execute(insert(letter_order).values(**{**vars(found), "areas": json.dumps(found.areas)}))


def read_order(row: Row[Any]) -> Order:
    fields = row._asdict()
    areas = tuple((str(area), int(number)) for area, number in json.loads(fields["areas"]))
    claimed = restore_zone(fields["claimed"]) if fields["claimed"] else None
    return Order(**{**fields, "areas": areas, "expires": restore_zone(fields["expires"]), "claimed": claimed})


def find_order(connection: Connection, order_id: str) -> Order | None:
    row = connection.execute(select(letter_order).where(letter_order.c.id == order_id)).first()
    return read_order(row) if row else None


def list_orders(connection: Connection, *, round_id: str = "") -> tuple[Order, ...]:
    """The orders of a round, or of all, those that last longest first."""
    query = select(letter_order).order_by(letter_order.c.expires.desc(), letter_order.c.id)
    if round_id:
        query = query.where(letter_order.c.round_id == round_id)
    return tuple(read_order(row) for row in connection.execute(query))


def find_next_reference(connection: Connection, round_id: str) -> int:
    """The first reference that no order of a round has taken."""
    c = letter_order.c
    query = select(func.max(c.first_reference + c.number)).where(c.round_id == round_id)
    return connection.execute(query).scalar() or 1


def change_order(connection: Connection, order_id: str, *, was: Collection[str], **values: object) -> bool:
    """Change an order that is in one of some states; False when it was in another."""
    changed = update(letter_order).where(letter_order.c.id == order_id, letter_order.c.state.in_(was))
    return connection.execute(changed.values(**values)).rowcount == 1


def count_made(connection: Connection, order_id: str, *, was: int, now: int, state: str) -> bool:
    """Note how many codes of an order are kept; False when another process was first."""
    c = letter_order.c
    changed = update(letter_order).where(c.id == order_id, c.made == was, c.state == state)
    return connection.execute(changed.values(made=now)).rowcount == 1


def claim_again(
    connection: Connection, order_id: str, *, state: str, before: datetime, now: datetime
) -> bool:
    """Claim a download that was begun so long ago that whoever did it is gone."""
    c = letter_order.c
    stale = update(letter_order).where(c.id == order_id, c.state == state, c.claimed < before)
    return connection.execute(stale.values(claimed=now, tries=c.tries + 1)).rowcount == 1


def add_order_codes(
    connection: Connection, round_id: str, rows: Iterable[tuple[bytes, bytes, int | None]]
) -> None:
    """Keep hashes with sealed areas and references, in the order of the hashes; what is there stays."""
    values = [
        {"hash": code, "round_id": round_id, "area": area, "reference": reference}
        for code, area, reference in sorted(rows, key=lambda row: row[0])
    ]
    if values:
        connection.execute(insert_once(connection, invitation_code), values)


def delete_codes(connection: Connection, hashes: Sequence[bytes]) -> None:
    """Take back codes that nobody has been given."""
    for start in range(0, len(hashes), AT_ONCE):
        chosen = invitation_code.c.hash.in_(hashes[start : start + AT_ONCE])
        connection.execute(delete(invitation_code).where(chosen))


def count_unused(connection: Connection, round_id: str) -> int:
    query = select(func.count()).select_from(invitation_code).where(invitation_code.c.round_id == round_id)
    return connection.execute(query).scalar_one()


def count_invited(connection: Connection, round_id: str) -> int:
    """How many people were invited to a round."""
    query = select(func.coalesce(func.sum(invited.c.people), 0)).where(invited.c.round_id == round_id)
    return int(connection.execute(query).scalar_one())


def list_unused_references(connection: Connection, round_id: str, *, orders: Iterable[Order]) -> list[int]:
    """The references of codes that are unused, of orders that were handed out; in their order."""
    c = invitation_code.c
    query = select(c.reference).where(c.round_id == round_id, c.reference.is_not(None)).order_by(c.reference)
    spans = [range(one.first_reference, one.first_reference + one.number) for one in orders]
    return [number for number in connection.scalars(query) if any(number in span for span in spans)]


def find_last_reminder(connection: Connection, round_id: str) -> date | None:
    return connection.execute(
        select(func.max(reminder.c.day)).where(reminder.c.round_id == round_id)
    ).scalar()


def add_reminder(connection: Connection, round_id: str, day: date) -> None:
    connection.execute(insert(reminder).values(round_id=round_id, day=day))
