"""Who is signed in now, as whom do they act, and when does it end?

A session is found by the keyed hash of what the browser's cookie holds. It is looked up on every run, so that
one that is revoked, idle or too old opens nothing, whoever kept its cookie.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.faults import tell_time
from survey.people.roles import VISITOR, Person, Role
from survey.people.sealing import hash_secret, make_token
from survey.people.states import State
from survey.store import accounts, audits, members, organisations, sessions
from survey.store.accounts import Account
from survey.store.database import Connection
from survey.store.organisations import Assignment
from survey.store.sessions import Session

CODE, FULL = "code", "full"  # what is still asked for, or that nothing is
PASSWORD, PROVIDER = "password", "provider"
CODE_SECONDS = 600.0  # that a password alone is remembered while the second step is asked for
TOUCH_SECONDS = 60.0  # how exactly it is known when somebody was here last


@dataclass(frozen=True)
class SignedIn:
    """A session with its account and the roles that can be acted in now."""

    session: Session
    account: Account
    assignments: tuple[Assignment, ...]
    needs_second_step: bool = False

    @property
    def is_full(self) -> bool:
        """Whether everything that was asked for has been given."""
        return self.session.stage == FULL

    @property
    def acting(self) -> Assignment | None:
        """The assignment that is acted in: the chosen one, else the first; None for somebody without any."""
        chosen = (one for one in self.assignments if one.id == self.session.acting)
        return next(chosen, next(iter(self.assignments), None))

    @property
    def person(self) -> Person:
        """Who this is to the service; a visitor before the second step, and without a role."""
        acting = self.acting
        if acting is None or not self.is_full or self.needs_second_step:
            return VISITOR
        is_member = acting.role == Role.PANEL_MEMBER and self.account.member is not None
        person_id = self.account.member if is_member else self.account.id
        return Person(Role(acting.role), person_id or "", acting.organisation)

    @property
    def holder(self) -> str:
        """What is written of who did something to their own account."""
        return name_holder(self.account)


def name_holder(account: Account) -> str:
    """What is written of an account's holder in the audit log: never an address or a name."""
    return f"account {account.id}"


def start_session(
    installation: Installation,
    connection: Connection,
    account: Account,
    *,
    at: float,
    way: str = PASSWORD,
    stage: str = FULL,
    hint: bytes | None = None,
) -> str:
    """A new session's secret, for the browser alone."""
    token = make_token()
    length = CODE_SECONDS if stage == CODE else installation.settings.session_length
    key = hash_secret(installation, "session", token)
    sessions.add_session(
        connection, Session(key, account.id, None, stage, way, at, at, at + length, hint=hint)
    )
    audits.add_event(connection, "signed in", account.id, by=name_holder(account), way=way, stage=stage)
    return token


def find_signed_in(
    installation: Installation, token: str | None, *, at: float | None = None
) -> SignedIn | None:
    """Who holds a session's secret; None when it is forged, revoked, idle or over, or the account is closed.

    That they were here is noted once a minute.
    """
    if not token:
        return None
    now, key = tell_time(at), hash_secret(installation, "session", token)
    with installation.database.read(newest=True) as connection:
        session = sessions.find_session(connection, key)
        if session is None or not is_alive(session, idle=installation.settings.session_idle, at=now):
            return None
        account = accounts.find_account(connection, session.account)
        if account is None or account.state != State.ACTIVE:
            return None
        usable = list_usable(connection, account)
    if now - session.seen > TOUCH_SECONDS:
        with installation.database.write() as connection:
            sessions.touch_session(connection, key, now)
    found = SignedIn(session, account, usable)
    return replace(found, needs_second_step=needs_second_step(installation, found))


def is_alive(session: Session, *, idle: float, at: float) -> bool:
    """Whether a session is neither revoked, over nor idle for too long (seconds).

    One that was seen in what is now the future, because a clock had gone ahead, would live for too long.
    """
    return session.revoked is None and at < session.ends and abs(at - session.seen) < idle


def list_usable(connection: Connection, account: Account) -> tuple[Assignment, ...]:
    """The assignments that can be acted in: one in the panel only while its member has not left."""
    return tuple(
        one
        for one in organisations.list_assignments(connection, account.id)
        if one.role in set(Role) and (one.role != Role.PANEL_MEMBER or is_in_panel(connection, account))
    )


def is_in_panel(connection: Connection, account: Account) -> bool:
    known = None if account.member is None else members.find_member(connection, account.member)
    return known is not None and known.left_on is None


def needs_second_step(installation: Installation, found: SignedIn) -> bool:
    """Whether the acting role asks for a second step that its holder has not set up. A provider's sign-in has
    the provider's own."""
    acting = found.acting
    if acting is None or found.session.way == PROVIDER or found.account.second is not None:
        return False
    return acting.role in installation.settings.second_step_roles


def act_as(installation: Installation, found: SignedIn, assignment: str, *, at: float | None = None) -> str:
    """Act in another of one's assignments from now on; the new secret of a session that ends with the old.

    Raises SurveyError assignment_unknown, and signed_out when the session has ended meanwhile.
    """
    if assignment not in {one.id for one in found.assignments}:
        raise SurveyError("assignment_unknown")
    return renew(installation, found, "acting changed", acting=assignment, at=at)


def renew(
    installation: Installation, found: SignedIn, action: str, *, at: float | None = None, **changes: object
) -> str:
    """A session with something changed in the place of the one that was, with a secret of its own."""
    token, now = make_token(), tell_time(at)
    key = hash_secret(installation, "session", token)
    with installation.database.write() as connection:
        if not sessions.revoke_session(connection, found.session.key, now):
            raise SurveyError("signed_out")
        fresh = replace(found.session, key=key, seen=now, **changes)
        sessions.add_session(connection, fresh)
        audits.add_event(connection, action, found.account.id, by=found.holder)
    return token


def sign_out(
    installation: Installation, found: SignedIn, *, everywhere: bool = False, at: float | None = None
) -> None:
    """End a session, or all of its account's."""
    now = tell_time(at)
    with installation.database.write() as connection:
        sessions.revoke_session(connection, found.session.key, now)
        if everywhere:
            sessions.revoke_sessions(connection, found.account.id, now)
        action = "signed out everywhere" if everywhere else "signed out"
        audits.add_event(connection, action, found.account.id, by=found.holder)
