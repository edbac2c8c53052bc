"""Which programs are told of publications, where, and with which secret?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from survey.errors import SurveyError
from survey.installation import Installation
from survey.notices.reaching import check_address
from survey.notices.write import make_secret
from survey.people.faults import MOST_IN_NAME, check_faults, clean_name
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.people.sealing import make_id, open_sealed, seal
from survey.store import audits, notices
from survey.store.database import Connection
from survey.store.notices import Notice, Receiver, ReceiverState

SEALED_AS = "receiver"
BOTH_SECONDS = 24 * 3600.0  # that notices are signed with the old secret too
LOG_LENGTH = 20  # notices of a receiver that are shown


@dataclass(frozen=True)
class Where:
    """Where a receiver is and what it is signed to with; `old` is an earlier secret that holds `until`."""

    address: str = field(repr=False)
    secret: str = field(repr=False)
    old: str = field(default="", repr=False)
    until: float = 0.0

    @property
    def host(self) -> str:
        """The machine's name, which is all of an address that is shown or logged."""
        return urlsplit(self.address).netloc

    def list_secrets(self, now: float) -> tuple[str, ...]:
        """The secrets that hold at a time, the new one first."""
        return (self.secret, self.old) if self.old and now < self.until else (self.secret,)


@dataclass(frozen=True)
class Seen:
    """A receiver as its administrator sees it, with its last notices."""

    receiver: Receiver
    host: str
    log: tuple[Notice, ...]

    @property
    def is_active(self) -> bool:
        """Whether it is told."""
        return self.receiver.state == ReceiverState.ACTIVE


@dataclass(frozen=True)
class Added:
    """A receiver and its secret, which is shown once."""

    receiver: str
    secret: str = field(repr=False)


def add_receiver(installation: Installation, name: str, address: str, *, by: Person) -> Added:
    """Let a program be told from the next publication on.

    Raises SurveyError not_allowed, and PeopleError with everything that is wrong: receiver_name_missing,
    name_long, receiver_address_wrong.
    """
    check_can_do(Permission.MANAGE_PROGRAMS, by=by)
    check_faults(list_receiver_faults(installation, name, address))
    where = Where(address.strip(), make_secret())
    new = Receiver(
        make_id(),
        1,
        clean_name(name),
        seal_where(installation, where),
        ReceiverState.ACTIVE,
        installation.today(),
    )
    with installation.database.write() as connection:
        notices.add_receiver(connection, new)
        audits.add_event(connection, "receiver added", new.id, by=by.name, host=where.host)
    return Added(new.id, where.secret)


def list_receiver_faults(installation: Installation, name: str, address: str) -> Iterator[SurveyError]:
    if not clean_name(name):
        yield SurveyError("receiver_name_missing")
    if len(name) > MOST_IN_NAME:
        yield SurveyError("name_long", most=MOST_IN_NAME)
    try:
        check_address(address, installation.settings.receiver_networks)
    except SurveyError as wrong:
        yield wrong


def change_secret(
    installation: Installation, receiver: str, *, based_on: int, by: Person, at: float | None = None
) -> Added:
    """Give a receiver a new secret; for a day notices are signed with both, so that none is lost.

    Raises SurveyError not_allowed, receiver_unknown and people_changed_meanwhile.
    """
    check_can_do(Permission.MANAGE_PROGRAMS, by=by)
    now = time.time() if at is None else at
    with installation.database.write() as connection:
        where = open_where(installation, find_receiver(connection, receiver))
        new = replace(where, secret=make_secret(), old=where.secret, until=now + BOTH_SECONDS)
        keep(connection, receiver, {"sealed": seal_where(installation, new)}, based_on=based_on)
        audits.add_event(connection, "receiver secret changed", receiver, by=by.name)
    return Added(receiver, new.secret)


def stop_receiver(installation: Installation, receiver: str, *, based_on: int, by: Person) -> None:
    """Tell a receiver nothing more; what waits is dropped. Raises as change_secret."""
    check_can_do(Permission.MANAGE_PROGRAMS, by=by)
    with installation.database.write() as connection:
        find_receiver(connection, receiver)
        keep(connection, receiver, {"state": ReceiverState.STOPPED}, based_on=based_on)
        notices.drop_waiting(connection, receiver)
        audits.add_event(connection, "receiver stopped", receiver, by=by.name)


def start_receiver(installation: Installation, receiver: str, *, based_on: int, by: Person) -> None:
    """Tell a receiver again, from the next publication on. Raises as change_secret."""
    check_can_do(Permission.MANAGE_PROGRAMS, by=by)
    with installation.database.write() as connection:
        find_receiver(connection, receiver)
        keep(connection, receiver, {"state": ReceiverState.ACTIVE}, based_on=based_on)
        audits.add_event(connection, "receiver started", receiver, by=by.name)


def remove_receiver(installation: Installation, receiver: str, *, based_on: int, by: Person) -> None:
    """Forget a receiver with its address, secrets and log. Raises as change_secret."""
    check_can_do(Permission.MANAGE_PROGRAMS, by=by)
    with installation.database.write() as connection:
        find_receiver(connection, receiver)
        if not notices.delete_receiver(connection, receiver, based_on=based_on):
            raise SurveyError("people_changed_meanwhile")
        audits.add_event(connection, "receiver removed", receiver, by=by.name)


def list_receivers(installation: Installation, *, viewer: Person) -> tuple[Seen, ...]:
    """Every receiver by name, with what became of its last notices. Raises SurveyError not_allowed."""
    check_can_do(Permission.MANAGE_PROGRAMS, by=viewer)
    with installation.database.read(newest=True) as connection:
        return tuple(
            Seen(
                one,
                open_where(installation, one).host,
                notices.list_log(connection, one.id, limit=LOG_LENGTH),
            )
            for one in notices.list_receivers(connection)
        )


def find_receiver(connection: Connection, receiver: str) -> Receiver:
    """A receiver as it is stored. Raises SurveyError receiver_unknown."""
    found = notices.find_receiver(connection, receiver)
    if found is None:
        raise SurveyError("receiver_unknown")
    return found


def keep(connection: Connection, receiver: str, changes: dict[str, object], *, based_on: int) -> None:
    """Write a receiver anew. Raises SurveyError people_changed_meanwhile."""
    if not notices.change_receiver(connection, receiver, changes, based_on=based_on):
        raise SurveyError("people_changed_meanwhile")


def seal_where(installation: Installation, where: Where) -> bytes:
    return seal(installation, SEALED_AS, vars(where))


def open_where(installation: Installation, receiver: Receiver) -> Where:
    return Where(**open_sealed(installation, SEALED_AS, receiver.sealed))
