"""How does an account end, and how is somebody shut out of it or let back?"""

from __future__ import annotations

from collections.abc import Callable

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.accounts import change, find_account, hash_holder
from survey.people.assignments import check_administrators_left
from survey.people.faults import tell_time
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.people.sealing import Holder, seal_holder
from survey.people.states import Event, State, find_step
from survey.store import account_links, accounts, audits, organisations, sessions
from survey.store.accounts import Account
from survey.store.database import Connection

NOBODY = Holder("", "")  # who an account that is forgotten belongs to


def close_account(
    installation: Installation, account: str, *, based_on: int, by: Person, at: float | None = None
) -> None:
    """End an account: its sessions and links, its password and second step. Its roles wait for a next time.

    Raises SurveyError not_allowed, account_unknown, people_changed_meanwhile and last_administrator.
    """
    check_can_do(Permission.MANAGE_PEOPLE, by=by)

    def end(connection: Connection, known: Account) -> None:
        if find_step(known.state, Event.CLOSE) is None:
            raise SurveyError("people_changed_meanwhile")
        accounts.hold_administrators(connection)
        check_administrators_left(connection, but=account)
        change(connection, known, state=State.CLOSED, password=None, second=None)
        account_links.end_links(connection, account, tell_time(at))
        sessions.revoke_sessions(connection, account, tell_time(at))
        audits.add_event(connection, "account closed", account, by=by.name)

    with_account(installation, account, end, based_on=based_on)


def forget_account(installation: Installation, account: str, *, based_on: int, by: Person) -> None:
    """Forget who had a closed account, and its roles: only its random id is left, for the audit log.

    Raises SurveyError not_allowed, account_unknown and people_changed_meanwhile.
    """
    check_can_do(Permission.MANAGE_PEOPLE, by=by)

    def forget(connection: Connection, known: Account) -> None:
        if find_step(known.state, Event.FORGET) is None:
            raise SurveyError("people_changed_meanwhile")
        change(
            connection,
            known,
            state=State.FORGOTTEN,
            sealed=seal_holder(installation, NOBODY),
            address_key=hash_holder(installation, NOBODY, account),
            subject_key=None,
            member=None,
        )
        organisations.delete_assignments(connection, account)
        audits.add_event(connection, "account forgotten", account, by=by.name)

    with_account(installation, account, forget, based_on=based_on)


def take_second_step(
    installation: Installation, account: str, *, based_on: int, by: Person, at: float | None = None
) -> None:
    """Take away the second step of somebody who has lost it, and sign them out everywhere.

    Raises SurveyError not_allowed, account_unknown and people_changed_meanwhile.
    """
    check_can_do(Permission.MANAGE_PEOPLE, by=by)

    def take(connection: Connection, known: Account) -> None:
        change(connection, known, second=None)
        sessions.revoke_sessions(connection, account, tell_time(at))
        audits.add_event(connection, "second step taken away", account, by=by.name)

    with_account(installation, account, take, based_on=based_on)


def sign_out_everywhere(
    installation: Installation, account: str, *, by: Person, at: float | None = None
) -> int:
    """End an account's sessions; how many there were.

    Raises SurveyError not_allowed and account_unknown.
    """
    check_can_do(Permission.MANAGE_PEOPLE, by=by)
    with installation.database.write() as connection:
        find_account(connection, account)
        ended = sessions.revoke_sessions(connection, account, tell_time(at))
        audits.add_event(connection, "signed out everywhere", account, by=by.name, sessions=ended)
    return ended


def with_account(
    installation: Installation,
    account: str,
    deed: Callable[[Connection, Account], None],
    *,
    based_on: int,
) -> None:
    """Do something to an account as it was when somebody looked at it. Raises people_changed_meanwhile."""
    with installation.database.write() as connection:
        known = find_account(connection, account)
        if known.version != based_on:
            raise SurveyError("people_changed_meanwhile")
        deed(connection, known)
