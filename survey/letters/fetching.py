"""How is an order's list handed out, once?

Whoever claims the order gets the bytes; when the last of them is handed over the key file is destroyed,
and only keyed hashes are left. When the line breaks before that, the order is ready again, and that is
written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from survey.errors import SurveyError
from survey.installation import Installation
from survey.letters.files import SHAPES, Wish, write_file
from survey.letters.orders import check_takes_codes, drop_order_key, find_order
from survey.letters.states import Event, State, list_origins
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.rounds import find_round_now
from survey.store import audits, invitations, letter_orders
from survey.store.letter_orders import Order
from survey.store.rounds import Round

CLAIM = timedelta(minutes=30)  # how long a download may take before another may take its place
MOST_TRIES = 5  # downloads that may be begun: somebody could take all but the end again and again


def check_can_fetch(installation: Installation, order_id: str, *, by: Person) -> tuple[Round, Order]:
    """The round and the order that can be fetched now.

    Raises SurveyError: not_allowed, order_unknown, order_making, order_fetching, order_gone, order_tries,
    and round_over.
    """
    check_can_do(Permission.INVITE, by=by)
    order = find_order(installation, order_id)
    round_ = find_round_now(installation, order.round_id)
    if order.state == State.GONE.value:
        raise SurveyError("order_gone")
    check_takes_codes(installation, round_)
    if order.state == State.MAKING.value:
        raise SurveyError("order_making", made=order.made, number=order.number)
    if order.tries >= MOST_TRIES:
        raise SurveyError("order_tries")
    return round_, order


def fetch_order(
    installation: Installation, order_id: str, wish: Wish, *, by: Person, at: datetime | None = None
) -> Iterator[bytes]:
    """Claim an order and give its file. Nothing is claimed unless the file can be begun.

    Raises what check_can_fetch raises, shape_unknown, and order_fetching when somebody else was first.
    """
    if wish.shape not in SHAPES:
        raise SurveyError("shape_unknown")
    round_, order = check_can_fetch(installation, order_id, by=by)
    claim(installation, order, wish, by=by, at=at or datetime.now(UTC))
    return hand_over(installation, round_, order, wish, by=by)


def claim(installation: Installation, order: Order, wish: Wish, *, by: Person, at: datetime) -> None:
    """Make the order this one's. Raises SurveyError order_fetching, and order_gone after another's end."""
    fetching = State.FETCHING.value
    with installation.database.write() as connection:
        values = {"state": fetching, "claimed": at, "tries": order.tries + 1}
        won = letter_orders.change_order(
            connection, order.id, was=list_origins(Event.FETCH), **values
        ) or letter_orders.claim_again(connection, order.id, state=fetching, before=at - CLAIM, now=at)
        if not won:
            now = letter_orders.find_order(connection, order.id)
            is_gone = now is None or now.state == State.GONE.value
            raise SurveyError("order_gone" if is_gone else "order_fetching")
        facts = {"order": order.id, "shape": wish.shape, "number": order.number}
        audits.add_event(connection, "codes fetch begun", order.round_id, by=by.name, **facts)


def hand_over(
    installation: Installation, round_: Round, order: Order, wish: Wish, *, by: Person
) -> Iterator[bytes]:
    """The bytes. What follows the last one is done only when the last was taken."""
    is_whole = False
    try:
        yield from write_file(installation, round_, order, wish)
        is_whole = True
    finally:
        (finish if is_whole else break_off)(installation, order, by=by)


def finish(installation: Installation, order: Order, *, by: Person) -> None:
    """The list has been handed out: so many are invited now, and nobody can write it again."""
    with installation.database.write() as connection:
        if letter_orders.change_order(
            connection, order.id, was=list_origins(Event.FETCHED), state=State.GONE.value
        ):
            for area, number in order.areas:
                invitations.add_invited(connection, order.round_id, area, number)
            audits.add_event(
                connection, "codes fetched", order.round_id, by=by.name, order=order.id, number=order.number
            )
    drop_order_key(installation, order.id)


def break_off(installation: Installation, order: Order, *, by: Person) -> None:
    """The line broke: the order can be fetched again, for as long as it lasts."""
    with installation.database.write() as connection:
        if letter_orders.change_order(
            connection, order.id, was=list_origins(Event.BREAK_OFF), state=State.READY.value
        ):
            audits.add_event(connection, "codes fetch broken off", order.round_id, by=by.name, order=order.id)
