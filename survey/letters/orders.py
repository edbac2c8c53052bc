"""How are codes ordered, made in the background, and thrown away where nobody fetched them?

An order's codes all follow from its key file, so that whoever makes them can be killed and begin again, and
so that no list lies anywhere until it is handed out: survey/letters/fetching.py.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from survey.answering.drafts import hash_code, seal_area
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.letters.keys import derive_code
from survey.letters.states import Event, State, list_origins
from survey.logs import locate_fault
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.rounds import find_round_now
from survey.store import audits, letter_orders
from survey.store.database import claim_job
from survey.store.letter_orders import Order
from survey.store.rounds import Round

log = logging.getLogger(__name__)
MOST_CODES = 100_000  # in one order: more than any county has sent at once
CHUNK = 1_000  # codes kept in one transaction
LIFETIME = timedelta(hours=24)  # how long an order waits to be fetched
JOB = "letter orders"


def order_codes(
    installation: Installation,
    round_id: str,
    areas: Mapping[str, int],
    *,
    by: Person,
    at: datetime | None = None,
) -> Order:
    """Order so many codes for each municipality. make_ordered makes them; nothing is invited until then.

    Raises SurveyError: not_allowed, round_unknown, round_not_coded, round_over, area_unknown, codes_none,
    codes_too_many, key_unwritable and database_*.
    """
    check_can_do(Permission.INVITE, by=by)
    round_ = find_round_now(installation, round_id)
    check_takes_codes(installation, round_)
    wanted = tuple((installation.areas.find(area).code, n) for area, n in sorted(areas.items()) if n > 0)
    number = sum(n for _, n in wanted)
    if not wanted:
        raise SurveyError("codes_none")
    if number > MOST_CODES:
        raise SurveyError("codes_too_many", number=number, most=MOST_CODES)
    expires = (at or datetime.now(UTC)) + LIFETIME
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        first = letter_orders.find_next_reference(connection, round_id)
        state, name = State.MAKING.value, by.name
        found = Order(secrets.token_hex(8), round_id, wanted, number, first, 0, state, 0, name, expires, None)
        installation.keys.create_order_key(found.id)
        letter_orders.add_order(connection, found)
        audits.add_event(connection, "codes ordered", round_id, by=by.name, order=found.id, number=number)
    return found


def check_takes_codes(installation: Installation, round_: Round) -> None:
    """Raises SurveyError round_not_coded, and round_over when its last day has passed."""
    if round_.door != "coded":
        raise SurveyError("round_not_coded", round=round_.id)
    if round_.closes < installation.today():
        raise SurveyError("round_over", closes=round_.closes.isoformat())


def list_orders(installation: Installation, *, round_id: str = "") -> tuple[Order, ...]:
    """The orders of a round, or of all, the newest first."""
    with installation.database.read(newest=True) as connection:
        return letter_orders.list_orders(connection, round_id=round_id)


def find_order(installation: Installation, order_id: str) -> Order:
    """An order as it is stored now. Raises SurveyError order_unknown."""
    with installation.database.read(newest=True) as connection:
        found = letter_orders.find_order(connection, order_id)
    if found is None:
        raise SurveyError("order_unknown")
    return found


def list_codes(
    installation: Installation, order: Order, *, start: int = 0, stop: int | None = None
) -> Iterator[tuple[int, str, str]]:
    """Place, municipality and code of an order's codes, in order. Raises SurveyError key_missing."""
    key = installation.keys.read_order_key(order.id)
    place = 0
    for area, number in order.areas:
        for at in range(max(place, start), min(place + number, order.number if stop is None else stop)):
            yield at, area, derive_code(key, at, demo=installation.is_demo)
        place += number


def make_ordered(installation: Installation, order_id: str) -> Order:
    """Keep the hashes of an order's codes, from where it was left; the order as it is then.

    Two that make the same order at once stand in each other's way only once: the second stops. Raises
    SurveyError order_unknown, key_missing and database_*; what was kept before that stays.
    """
    order = find_order(installation, order_id)
    round_ = find_round_now(installation, order.round_id)
    while order.state == State.MAKING.value:
        if round_.closes < installation.today():
            throw_away(installation, order, by=SYSTEM)
        elif not make_chunk(installation, round_, order):
            break
        order = find_order(installation, order_id)
    return order


def make_chunk(installation: Installation, round_: Round, order: Order) -> bool:
    """Keep the next codes in one transaction; False when another process was first."""
    until = min(order.made + CHUNK, order.number)
    rows = [
        (
            hash_code(installation, code),
            seal_area(installation, code, area),
            order.first_reference + place if round_.is_confidential else None,
        )
        for place, area, code in list_codes(installation, order, start=order.made, stop=until)
    ]
    with installation.database.write() as connection:
        if not letter_orders.count_made(
            connection, order.id, was=order.made, now=until, state=State.MAKING.value
        ):
            return False
        letter_orders.add_order_codes(connection, round_.id, rows)
        if until == order.number:
            state = State.READY.value
            letter_orders.change_order(connection, order.id, was=list_origins(Event.MADE), state=state)
            audits.add_event(
                connection, "codes made", round_.id, by=order.made_by, order=order.id, number=order.number
            )
    return True


def throw_away_order(installation: Installation, order_id: str, *, by: Person) -> None:
    """Take back an order that nobody fetched. Raises SurveyError not_allowed, order_unknown, order_gone."""
    check_can_do(Permission.INVITE, by=by)
    if not throw_away(installation, find_order(installation, order_id), by=by.name):
        raise SurveyError("order_gone")


def throw_away(installation: Installation, order: Order, *, by: str) -> bool:
    """Delete the codes of an order and its key; False when it was fetched or thrown away before."""
    try:
        made = list_codes(installation, order)
        hashes = sorted(hash_code(installation, code) for _, _, code in made)
    except SurveyError as wrong:
        if wrong.code != "key_missing":
            raise
        hashes = []  # the key is gone: what was made of it cannot be found, nor used by anybody
    with installation.database.write() as connection:
        gone = State.GONE.value
        if not letter_orders.change_order(
            connection, order.id, was=list_origins(Event.THROW_AWAY), state=gone
        ):
            return False
        letter_orders.delete_codes(connection, hashes)
        audits.add_event(connection, "codes thrown away", order.round_id, by=by, order=order.id)
    drop_order_key(installation, order.id)
    return True


def drop_order_key(installation: Installation, order_id: str) -> None:
    """Destroy an order's key; where the second place cannot be reached the sweep does it when it can."""
    try:
        installation.keys.destroy_order_key(order_id)
    except SurveyError as wrong:
        log.error("an order's key is not destroyed yet: %s", wrong)


def start_making(installation: Installation, order_id: str) -> threading.Thread:
    """Make an order beside everything else; what goes wrong is logged, and the chores go on from there."""

    def make() -> None:
        try:
            make_ordered(installation, order_id)
        except SurveyError as wrong:
            log.error("codes put off: %s", wrong)
        except Exception as fault:
            log.error("codes failed: %s", locate_fault(fault))

    thread = threading.Thread(target=make, daemon=True)
    thread.start()
    return thread


def tend_orders(installation: Installation, *, at: datetime | None = None) -> None:
    """Go on with orders that were left half made, and throw away what nobody fetched in time. Idempotent."""
    now = at or datetime.now(UTC)
    for order in list_orders(installation):
        if order.state == State.FETCHING.value and order.expires < now and order.claimed is not None:
            free_stale(installation, order, before=now - LIFETIME)
        if order.state in list_origins(Event.THROW_AWAY) and order.expires < now:
            throw_away(installation, order, by=SYSTEM)
        elif order.state == State.MAKING.value:
            make_ordered(installation, order.id)
    sweep_order_keys(installation)


def free_stale(installation: Installation, order: Order, *, before: datetime) -> None:
    """A download that was begun before a whole lifetime never ended: its order is thrown away next time."""
    if order.claimed is not None and order.claimed < before:
        with installation.database.write() as connection:
            origins = list_origins(Event.BREAK_OFF)
            letter_orders.change_order(connection, order.id, was=origins, state=State.READY.value)


def sweep_order_keys(installation: Installation) -> None:
    """Destroy key files of orders that are gone: a kill can come between the database and the file."""
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        living = {o.id for o in letter_orders.list_orders(connection) if o.state != State.GONE.value}
        for order_id in installation.keys.list_order_keys():
            if order_id not in living:
                installation.keys.destroy_order_key(order_id)
