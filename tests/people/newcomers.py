"""How does a test get people with accounts?"""

from __future__ import annotations

from dataclasses import dataclass, field

from survey.installation import Installation
from survey.people.accounts import Invitation, invite
from survey.people.assignments import NewAssignment
from survey.people.organisations import NewOrganisation, add_organisation
from survey.people.roles import Person, Role
from survey.people.sessions import SignedIn, find_signed_in
from survey.people.set_up import First, invite_administrator
from survey.people.signing_in import Typed, choose_password, sign_in
from survey.people.tries import Crowd
from survey.store import audits, organisations
from survey.store.accounts import Account
from survey.store.audits import Event

NOON = 1_789_000_000.0  # a moment, in seconds since 1970
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
GOOD = "rymdfärja på spåret 9"
OTHER = "igelkott utan paraply 4"
SOMEBODY = Person(Role.ADMINISTRATOR, "f00d")


@dataclass(frozen=True)
class Newcomer:
    """Somebody with an account, who has chosen a password."""

    address: str = field(repr=False)
    account: Account
    token: str = field(repr=False)
    device: str = field(repr=False)

    @property
    def id(self) -> str:
        return self.account.id


def find_top(installation: Installation) -> str:
    """The organisation that the others belong to; it is written down where there is none."""
    with installation.database.read(newest=True) as connection:
        known = organisations.list_organisations(connection)
    if known:
        return next(one.id for one in known if one.parent is None)
    return add_organisation(installation, NewOrganisation("Region Test", "region"), by=SOMEBODY).id


def let_in(
    installation: Installation,
    address: str = "mia@exempel.se",
    role: Role = Role.MANAGER,
    *,
    name: str = "Mia Prov",
    password: str = GOOD,
    at: float = NOON,
) -> Newcomer:
    """Somebody who was invited with a role and has chosen a password."""
    first = NewAssignment(role, find_top(installation))
    invited = invite(installation, Invitation(address, name, first), by=SOMEBODY, at=at)
    started = choose_password(installation, invited.token, password, at=at)
    return Newcomer(address, invited.account, started.token, started.device)


def let_administrator_in(installation: Installation, address: str = "ada@exempel.se") -> Newcomer:
    """The first administrator, by the command."""
    invited = invite_administrator(installation, First(address, "Ada Prov"), by="command line", at=NOON)
    started = choose_password(installation, invited.token, GOOD, at=NOON)
    return Newcomer(address, invited.account, started.token, started.device)


def try_door(
    installation: Installation,
    address: str,
    password: str = GOOD,
    *,
    device: str = "",
    at: float = NOON,
    crowd: Crowd | None = None,
) -> str:
    """Sign in; the session's secret."""
    typed = Typed(address, password, device)
    return sign_in(installation, typed, at=at, crowd=crowd or Crowd()).token


def look(installation: Installation, token: str, at: float = NOON) -> SignedIn:
    """Who holds a session, which must be alive."""
    found = find_signed_in(installation, token, at=at)
    assert found is not None
    return found


def list_done(installation: Installation) -> list[Event]:
    """What the audit log says, the oldest first."""
    with installation.database.read(newest=True) as connection:
        return list(audits.list_events(connection))[::-1]
