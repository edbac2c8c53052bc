"""Who has an account, and who invites them?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from survey.digest.addresses import read_address
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE
from survey.people.assignments import NewAssignment, check_assignment, put_assignment
from survey.people.faults import check_faults, clean_name, list_holder_faults, tell_time
from survey.people.links import LinkKind, make_link
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person, Role
from survey.people.sealing import Holder, hash_address, hash_secret, make_id, seal_holder
from survey.people.states import Event, State, find_step
from survey.store import account_links, accounts, audits, organisations
from survey.store.accounts import Account
from survey.store.database import Connection


@dataclass(frozen=True)
class Invitation:
    """Whom somebody invites: the address as typed, a name, the first role and where."""

    typed: str = field(repr=False)
    name: str = field(repr=False)
    first: NewAssignment
    language: str = DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Invited:
    """A new account and its link's secret, which is shown only where no letter is sent."""

    account: Account
    token: str = field(repr=False)


def invite(installation: Installation, wanted: Invitation, *, by: Person, at: float | None = None) -> Invited:
    """Make an account that its holder opens with a link.

    Raises SurveyError not_allowed, not_for_demonstration, account_exists, and PeopleError with everything
    that is wrong.
    """
    check_can_do(Permission.MANAGE_PEOPLE, by=by)
    if installation.is_demo:
        raise SurveyError("not_for_demonstration")
    with installation.database.write() as connection:
        return put_invited(installation, connection, wanted, by=by.name, at=tell_time(at))


def put_invited(
    installation: Installation, connection: Connection, wanted: Invitation, *, by: str, at: float
) -> Invited:
    """Make an account in somebody's transaction. Raises as invite."""
    check_faults(list_holder_faults(wanted.typed, wanted.name, wanted.language))
    check_assignment(connection, wanted.first)
    holder = Holder(read_address(wanted.typed), clean_name(wanted.name), wanted.language)
    account = add_account(installation, connection, holder, State.INVITED)
    audits.add_event(connection, "account invited", account.id, by=by)
    put_assignment(installation, connection, account, wanted.first, by=by)
    return Invited(account, make_link(installation, connection, account, LinkKind.INVITE, at=at))


def add_account(
    installation: Installation,
    connection: Connection,
    holder: Holder,
    state: State,
    *,
    subject_key: bytes | None = None,
) -> Account:
    """A new account without a password. Raises SurveyError account_exists for an address that has one."""
    account_id = make_id()
    account = Account(
        account_id,
        1,
        hash_holder(installation, holder, account_id),
        subject_key,
        seal_holder(installation, holder),
        None,
        None,
        state,
        None,
        datetime.now(UTC),
    )
    if not accounts.add_account(connection, account):
        raise SurveyError("account_exists")
    return account


def hash_holder(installation: Installation, holder: Holder, account: str) -> bytes:
    """What an account is found by; without an address by none that anybody types."""
    if holder.address:
        return hash_address(installation, holder.address)
    return hash_secret(installation, "no address of", account)


def invite_again(installation: Installation, account: str, *, by: Person, at: float | None = None) -> Invited:
    """A new link: for an account that waits or was closed an invitation, for an active one a way back in.

    Earlier links end. Raises SurveyError not_allowed, account_unknown and people_changed_meanwhile.
    """
    check_can_do(Permission.MANAGE_PEOPLE, by=by)
    with installation.database.write() as connection:
        known = find_account(connection, account)
        if known.state == State.FORGOTTEN:
            raise SurveyError("account_unknown")
        if find_step(known.state, Event.INVITE_AGAIN) is None:
            account_links.end_links(connection, account, tell_time(at))
            audits.add_event(connection, "account link made", account, by=by.name)
            token = make_link(installation, connection, known, LinkKind.RESET, at=tell_time(at))
            return Invited(known, token)
        changed = change(connection, known, state=State.INVITED)
        audits.add_event(connection, "account invited again", account, by=by.name)
        return Invited(
            changed, make_link(installation, connection, changed, LinkKind.INVITE, at=tell_time(at))
        )


def find_account(connection: Connection, account: str) -> Account:
    """An account. Raises SurveyError account_unknown."""
    known = accounts.find_account(connection, account)
    if known is None:
        raise SurveyError("account_unknown")
    return known


def change(connection: Connection, known: Account, **changes: object) -> Account:
    """Raises SurveyError people_changed_meanwhile when somebody else has changed the account."""
    changed = accounts.change_account(connection, known, **changes)
    if changed is None:
        raise SurveyError("people_changed_meanwhile")
    return changed


def has_administrator(installation: Installation) -> bool:
    """Whether anybody can sign in and let others in."""
    with installation.database.read(newest=True) as connection:
        return bool(organisations.list_holders(connection, Role.ADMINISTRATOR, state=State.ACTIVE))
