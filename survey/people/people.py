"""Who may come in, as those see it who look after them, and as each sees themselves?"""

from __future__ import annotations

from dataclasses import dataclass, field

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.accounts import find_account
from survey.people.faults import tell_time
from survey.people.links import LinkKind
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person
from survey.people.sealing import Holder, open_holder
from survey.people.second_step import count_recovery_codes
from survey.people.sessions import is_alive
from survey.people.states import State
from survey.store import account_links, accounts, organisations, sessions
from survey.store.accounts import Account
from survey.store.organisations import Assignment, Organisation
from survey.store.sessions import Session


@dataclass(frozen=True)
class Held:
    """A role with the organisation it is held in."""

    assignment: Assignment
    organisation: Organisation


@dataclass(frozen=True)
class Seen:
    """An account as an administrator sees it. `letter` says how its link's letter went, empty for none."""

    account: Account
    holder: Holder = field(repr=False)
    held: tuple[Held, ...]
    letter: str
    sessions: int


@dataclass(frozen=True)
class Own:
    """What somebody sees of their own account."""

    account: Account
    holder: Holder = field(repr=False)
    held: tuple[Held, ...]
    sessions: tuple[Session, ...]
    recovery_codes: int


def list_people(installation: Installation, *, viewer: Person, at: float | None = None) -> tuple[Seen, ...]:
    """Every account by its holder's name, those that are closed last. Raises SurveyError not_allowed."""
    check_can_do(Permission.MANAGE_PEOPLE, by=viewer)
    now, idle = tell_time(at), installation.settings.session_idle
    with installation.database.read(newest=True) as connection:
        known = {one.id: one for one in organisations.list_organisations(connection)}
        given = organisations.list_assignments(connection)
        letters = account_links.list_newest(connection, LinkKind.INVITE)
        alive = sessions.count_alive(connection, idle=idle, at=now)
        found = [
            Seen(
                one,
                open_holder(installation, one.sealed),
                tuple(Held(a, known[a.organisation]) for a in given if a.account == one.id),
                letters.get(one.id, ""),
                alive.get(one.id, 0),
            )
            for one in accounts.list_accounts(connection)
            if one.state != State.FORGOTTEN
        ]
    return tuple(
        sorted(found, key=lambda one: (one.account.state == State.CLOSED, one.holder.name.casefold()))
    )


def find_own(installation: Installation, *, viewer: Person, account: str, at: float | None = None) -> Own:
    """Somebody's own account. Raises SurveyError not_allowed and account_unknown."""
    check_can_do(Permission.HAVE_ACCOUNT, by=viewer)
    now, idle = tell_time(at), installation.settings.session_idle
    with installation.database.read(newest=True) as connection:
        known = find_account(connection, account)
        places = {one.id: one for one in organisations.list_organisations(connection)}
        given = organisations.list_assignments(connection, account)
        alive = tuple(
            one for one in sessions.list_sessions(connection, account) if is_alive(one, idle=idle, at=now)
        )
    held = tuple(Held(one, places[one.organisation]) for one in given)
    holder = open_holder(installation, known.sealed)
    return Own(known, holder, held, alive, count_recovery_codes(installation, known))


def find_display_name(installation: Installation, actor: str, *, viewer: Person) -> str | None:
    """The name behind what an audit says of who did something ("manager 3f2a…", "account 3f2a…").

    None where no account is meant or it is forgotten, and for those who may not know: only administrators
    see names.
    """
    account_id = actor.rpartition(" ")[2]
    if not can_do(Permission.MANAGE_PEOPLE, by=viewer):
        return None
    with installation.database.read() as connection:
        known = accounts.find_account(connection, account_id)
    return None if known is None else open_holder(installation, known.sealed).name or None


def find_place(installation: Installation, organisation: str) -> str:
    """The name of the organisation that somebody acts in. Raises SurveyError organisation_unknown."""
    with installation.database.read(newest=True) as connection:
        known = organisations.find_organisation(connection, organisation)
    if known is None:
        raise SurveyError("organisation_unknown")
    return known.name
