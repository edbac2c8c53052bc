"""Does an address and a password let somebody in, and what if they have forgotten it?

An address that has no account is answered like a wrong password: with the same words, after the same work.
"""

from __future__ import annotations

import hmac
import threading
from dataclasses import dataclass, field

from survey.digest.addresses import read_address
from survey.errors import SurveyError
from survey.installation import Installation
from survey.mail.parcels import run_soon
from survey.people.faults import check_faults, tell_time
from survey.people.links import MOST_RESETS, LinkKind, find_account_of, make_link
from survey.people.password_rules import list_password_faults
from survey.people.passwords import hash_password, is_right, needs_new_hash
from survey.people.sealing import hash_address, hash_secret, make_token, open_holder
from survey.people.sending import send_links
from survey.people.sessions import CODE, FULL, SignedIn, name_holder, renew, start_session
from survey.people.states import Event, State, find_step
from survey.people.tries import Crowd, clear_tries, take_turn
from survey.store import account_links, accounts, audits, sessions
from survey.store.accounts import Account
from survey.store.database import Connection

SEPARATOR = "."
crowd = Crowd()


@dataclass(frozen=True)
class Typed:
    """What somebody typed at the door, and what their browser is known by."""

    address: str = field(repr=False)
    password: str = field(repr=False)
    device: str = field(default="", repr=False)


@dataclass(frozen=True)
class Started:
    """A session that has begun: its secret, what is still asked for, and what the browser is known by."""

    token: str = field(repr=False)
    stage: str
    device: str = field(repr=False)


def sign_in(
    installation: Installation, typed: Typed, *, at: float | None = None, crowd: Crowd = crowd
) -> Started:
    """Let somebody in with address and password, as far as the second step where they have one.

    Raises SurveyError sign_in_wrong, sign_in_wait (too many wrong ones for this address) and
    sign_in_crowded (too many in the whole service).
    """
    now, key = tell_time(at), find_key(installation, typed.address)
    is_known = is_device_of(installation, typed.device, key)
    if not is_known:
        crowd.check()
    door = (
        hash_secret(installation, "device door", typed.device) if is_known else find_door(installation, key)
    )
    take_turn(installation, door, at=now)
    with installation.database.read(newest=True) as connection:
        account = accounts.find_by_address(connection, key)
    may = account is not None and find_step(account.state, Event.SIGN_IN) is not None
    if not is_right(account.password if account and may else None, typed.password) or account is None:
        if not is_known:
            crowd.note_wrong()
        raise SurveyError("sign_in_wrong")
    clear_tries(installation, door)
    device = typed.device if is_known else make_device(installation, key)
    return Started(*begin(installation, account, typed.password, at=now), device)


def begin(installation: Installation, account: Account, password: str, *, at: float) -> tuple[str, str]:
    """The secret and the stage of a new session. The hash is made anew if its parameters are of yesterday."""
    stage = CODE if account.second is not None else FULL
    fresh = hash_password(password) if needs_new_hash(account.password or "") else None
    with installation.database.write() as connection:
        now = accounts.find_account(connection, account.id)
        if now is None or now.password != account.password:  # changed while this one was looked at
            raise SurveyError("sign_in_wrong")
        if fresh is not None and accounts.change_account(connection, account, password=fresh) is not None:
            audits.add_event(connection, "password hashed anew", account.id, by=name_holder(account))
        return start_session(installation, connection, account, at=at, stage=stage), stage


def find_key(installation: Installation, typed: str) -> bytes:
    """What an address that was typed is looked for by, also one that can be nobody's."""
    try:
        return hash_address(installation, read_address(typed))
    except SurveyError:
        return hash_secret(installation, "no address", typed.strip().lower())


def find_door(installation: Installation, address_key: bytes) -> bytes:
    """Where wrong passwords for an address are counted."""
    return hash_secret(installation, "address door", address_key.hex())


def make_device(installation: Installation, address_key: bytes) -> str:
    """What a browser is known by in which somebody has signed in with an address."""
    secret = make_token()
    return f"{secret}{SEPARATOR}{sign_device(installation, secret, address_key)}"


def is_device_of(installation: Installation, device: str, address_key: bytes) -> bool:
    """Whether somebody has signed in with an address in this browser."""
    secret, _, signature = device.partition(SEPARATOR)
    right = sign_device(installation, secret, address_key)
    return bool(secret) and hmac.compare_digest(signature.encode(errors="replace"), right.encode())


def sign_device(installation: Installation, secret: str, address_key: bytes) -> str:
    return hash_secret(installation, "device", f"{secret} {address_key.hex()}").hex()


def ask_for_reset(installation: Installation, typed: str, *, at: float | None = None) -> threading.Thread:
    """Send a link to whoever has an account with an address. Nothing tells whether anybody has.

    All of it is done in a thread of its own, so that not even the time tells.
    """

    def work() -> None:
        make_reset(installation, typed, at=tell_time(at))
        send_links(installation, at=at)

    return run_soon(work, "forgotten password")


def make_reset(installation: Installation, typed: str, *, at: float) -> None:
    """A link to choose another password, unless three wait already."""
    with installation.database.write() as connection:
        account = accounts.find_by_address(connection, find_key(installation, typed))
        if account is None or find_step(account.state, Event.ASK_FOR_RESET) is None:
            return
        if account_links.count_links(connection, account.id, LinkKind.RESET, at) >= MOST_RESETS:
            return
        make_link(installation, connection, account, LinkKind.RESET, at=at)
        audits.add_event(connection, "password link asked for", account.id, by="somebody at the door")


def check_link(installation: Installation, token: str, *, at: float | None = None) -> None:
    """Raises SurveyError link_old for a link that lets nobody choose a password."""
    with installation.database.read(newest=True) as connection:
        find_account_of(installation, connection, token, at=tell_time(at))


def choose_password(
    installation: Installation, token: str, password: str, *, at: float | None = None
) -> Started:
    """Choose a password with a link, which works once, and be signed in as far as the second step.

    Every other session of the account ends. Raises SurveyError link_old and PeopleError with everything
    that is wrong with the password, after which the link still works.
    """
    now = tell_time(at)
    with installation.database.read(newest=True) as connection:
        _, account = find_account_of(installation, connection, token, at=now)
    check_password(installation, account, password)
    hashed = hash_password(password)
    with installation.database.write() as connection:
        link, account = find_account_of(installation, connection, token, at=now)
        if not account_links.use_link(connection, link.key, now):
            raise SurveyError("link_old")
        changed = put_password(connection, account, hashed, at=now)
        account_links.end_links(connection, account.id, now)
        stage = CODE if changed.second is not None else FULL
        started = start_session(installation, connection, changed, at=now, stage=stage)
    clear_tries(installation, find_door(installation, account.address_key))
    return Started(started, stage, make_device(installation, account.address_key))


def change_password(
    installation: Installation, found: SignedIn, old: str, new: str, *, at: float | None = None
) -> str:
    """Change one's own password; the new secret of this session, while all others end.

    Raises SurveyError password_old_wrong, sign_in_wait, signed_out, people_changed_meanwhile and PeopleError.
    """
    now, account = tell_time(at), found.account
    door = hash_secret(installation, "change door", account.id)
    take_turn(installation, door, at=now)
    if not is_right(account.password, old):
        raise SurveyError("password_old_wrong")
    clear_tries(installation, door)
    check_password(installation, account, new)
    hashed = hash_password(new)
    with installation.database.write() as connection:
        put_password(connection, account, hashed, at=now, but=found.session.key)
    return renew(installation, found, "session renewed", at=now)


def put_password(
    connection: Connection, account: Account, hashed: str, *, at: float, but: bytes = b""
) -> Account:
    """Keep a password and end the account's sessions but one. Raises people_changed_meanwhile."""
    changed = accounts.change_account(connection, account, password=hashed, state=State.ACTIVE)
    if changed is None:
        raise SurveyError("people_changed_meanwhile")
    ended = sessions.revoke_sessions(connection, account.id, at, but=but)
    audits.add_event(connection, "password chosen", account.id, by=name_holder(account), sessions=ended)
    return changed


def check_password(installation: Installation, account: Account, password: str) -> None:
    """Raises PeopleError with everything that is wrong with a new password."""
    address = open_holder(installation, account.sealed).address
    name = installation.settings.installation_name
    check_faults(list_password_faults(password, address=address, name=name))
