"""Who is it that an identity provider sends, which roles have they, and how are they signed in?"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from survey.digest.addresses import read_address
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.accounts import add_account
from survey.people.faults import MOST_IN_NAME, clean_name, tell_time
from survey.people.group_roles import GroupRole, list_given, read_group_roles
from survey.people.provider import ask_provider, take_answer
from survey.people.sealing import (
    Holder,
    hash_address,
    hash_secret,
    make_id,
    make_token,
    open_sealed,
    seal,
)
from survey.people.sessions import PROVIDER, name_holder, start_session
from survey.people.states import Event, State, find_step
from survey.store import accounts, audits, organisations, sessions
from survey.store.accounts import Account
from survey.store.database import Connection
from survey.store.organisations import Assignment, Organisation

log = logging.getLogger(__name__)
BEGUN_SECONDS = 600.0  # that somebody may take at the provider
BEGUN, HINT = "sign-in begun", "provider hint"  # what is sealed
PROVIDER_NAME = "identity provider"  # who gave a role, in the audit log


@dataclass(frozen=True)
class Sent:
    """Where a browser is sent, and the secret that it must bring back beside the answer."""

    address: str = field(repr=False)
    browser: str = field(repr=False)


@dataclass(frozen=True)
class Claimed:
    """What the provider says of somebody. `address` is empty where it does not vouch for one."""

    subject: bytes = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    groups: tuple[str, ...] = field(repr=False)


def begin_with_provider(installation: Installation, to: str, *, at: float | None = None) -> Sent:
    """Send a browser to the provider. What its answer is judged by is kept once, sealed, for ten minutes.

    Raises as find_provider.
    """
    asking, browser = ask_provider(installation), make_token()
    document = {"nonce": asking.nonce, "verifier": asking.verifier, "to": to}
    key = find_begun(installation, asking.state, browser)
    with installation.database.write() as connection:
        sealed = seal(installation, BEGUN, document)
        sessions.add_begun(connection, key, sealed, tell_time(at) + BEGUN_SECONDS)
    return Sent(asking.address, browser)


def find_begun(installation: Installation, state: str, browser: str) -> bytes:
    return hash_secret(installation, "begun", f"{state} {browser}")


def end_with_provider(
    installation: Installation, state: str, browser: str, code: str, *, at: float | None = None
) -> tuple[str, str]:
    """Let in whom the provider says it is: the session's secret, and where they were going.

    Raises SurveyError provider_again for an answer to no question of this browser, or a second one; as
    take_answer; and provider_no_role, provider_address_taken, provider_closed, groups_wrong.
    """
    now = tell_time(at)
    with installation.database.write() as connection:
        sealed = sessions.take_begun(connection, find_begun(installation, state, browser), now)
    if sealed is None:
        raise SurveyError("provider_again")
    begun = open_sealed(installation, BEGUN, sealed)
    token, claims = take_answer(installation, code, nonce=begun["nonce"], verifier=begun["verifier"])
    claimed = read_claims(installation, claims)
    with installation.database.write() as connection:
        account = let_in(installation, connection, claimed)
        hint = seal(installation, HINT, {"token": token})
        started = start_session(installation, connection, account, at=now, way=PROVIDER, hint=hint)
    return started, str(begun["to"])


def read_claims(installation: Installation, claims: Mapping[str, Any]) -> Claimed:
    """What is needed of an ID token; what it says wrongly of groups counts as none."""
    said = claims.get(installation.settings.oidc_groups_claim)
    groups = [said] if isinstance(said, str) else cast(list[object], said) if isinstance(said, list) else []
    address = str(claims.get("email", "")) if claims.get("email_verified") is True else ""
    try:
        address = read_address(address) if address else ""
    except SurveyError:
        address = ""
    name = clean_name(str(claims.get("name") or claims.get("preferred_username") or ""))[:MOST_IN_NAME]
    subject = hash_secret(installation, "subject", f"{claims['iss']} {claims['sub']}")
    return Claimed(subject, address, name, tuple(one for one in groups if isinstance(one, str)))


def let_in(installation: Installation, connection: Connection, claimed: Claimed) -> Account:
    """The account of somebody, made or opened where that is needed, with the roles of their groups."""
    known = organisations.list_organisations(connection)
    given = list_given(read_rules(installation, known), claimed.groups, known)
    account = find_or_make(installation, connection, claimed, may_make=bool(given))
    give_roles(connection, account, given)
    if not organisations.list_assignments(connection, account.id):
        raise SurveyError("provider_no_role")
    return account


def read_rules(installation: Installation, known: Sequence[Organisation]) -> tuple[GroupRole, ...]:
    """The file's lines. What is wrong in it is in the log, and told whoever checks it."""
    file = installation.settings.oidc_roles_file
    if file is None:
        return ()
    try:
        return read_group_roles(file, known)
    except SurveyError:
        log.error("OIDC_ROLES_FILE has mistakes: python -m survey check-groups tells all of them")
        raise


def find_or_make(
    installation: Installation, connection: Connection, claimed: Claimed, *, may_make: bool
) -> Account:
    """The account with the provider's subject, else with an address it vouches for, else a new one."""
    account = accounts.find_by_subject(connection, claimed.subject)
    if account is None and claimed.address:
        account = accounts.find_by_address(connection, hash_address(installation, claimed.address))
        if account is not None and account.subject_key is not None:
            raise SurveyError("provider_address_taken")
    if account is None:
        if not may_make:
            raise SurveyError("provider_no_role")
        return make_account(installation, connection, claimed)
    if find_step(account.state, Event.LET_IN) is None:
        raise SurveyError("provider_closed")
    if account.subject_key is not None and account.state == State.ACTIVE:
        return account
    changed = accounts.change_account(connection, account, subject_key=claimed.subject, state=State.ACTIVE)
    if changed is None:
        raise SurveyError("people_changed_meanwhile")
    audits.add_event(connection, "account joined with provider", account.id, by=name_holder(account))
    return changed


def make_account(installation: Installation, connection: Connection, claimed: Claimed) -> Account:
    """A new account. Without an address that is vouched for it is found by its subject alone."""
    holder = Holder(claimed.address, claimed.name or claimed.address or "?")
    account = add_account(installation, connection, holder, State.ACTIVE, subject_key=claimed.subject)
    audits.add_event(connection, "account made", account.id, by=PROVIDER_NAME)
    return account


def give_roles(connection: Connection, account: Account, given: Sequence[tuple[str, str]]) -> None:
    """Give the roles of somebody's groups, and take back those that their groups gave before."""
    held = organisations.list_assignments(connection, account.id)
    for one in held:
        if one.provided and (one.role, one.organisation) not in given:
            organisations.delete_assignment(connection, one.id)
            where = {"role": one.role, "organisation": one.organisation}
            audits.add_event(connection, "role taken back", account.id, by=PROVIDER_NAME, **where)
    there = {(one.role, one.organisation) for one in held}
    for role, organisation in given:
        if (role, organisation) not in there:
            made = Assignment(make_id(), account.id, role, organisation, True, datetime.now(UTC))
            organisations.add_assignment(connection, made)
            where = {"role": role, "organisation": organisation, "provided": True}
            audits.add_event(connection, "role given", account.id, by=PROVIDER_NAME, **where)


def open_hint(installation: Installation, sealed: bytes) -> str:
    """The ID token that a session was begun with, which the provider wants back at the end."""
    return str(open_sealed(installation, HINT, sealed)["token"])
