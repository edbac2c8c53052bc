"""How a new installation is taken into use, once, by whoever can read what it printed at its start."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.language import DEFAULT_LANGUAGE
from survey.people.accounts import Invitation, Invited, has_administrator, put_invited
from survey.people.assignments import NewAssignment
from survey.people.faults import check_faults, list_holder_faults, tell_time
from survey.people.organisations import NewOrganisation, OrganisationKind, put_organisation
from survey.people.roles import Role
from survey.rounds import NewRound, open_round
from survey.store import audits, installations, organisations, rounds
from survey.store.database import Connection
from survey.store.rounds import Round

BY_SET_UP = "set-up"


@dataclass(frozen=True)
class First:
    """Who is to be the first administrator, and the language of their letters."""

    typed: str = field(repr=False)
    name: str = field(repr=False)
    language: str = DEFAULT_LANGUAGE


def offer_set_up(installation: Installation) -> str | None:
    """A new key for the one-time set-up address, None in a demonstration or when there is a round.

    Only its hash is stored; an address that was printed before stops working.
    """
    if installation.is_demo:
        return None
    with installation.database.write() as connection:
        if rounds.list_rounds(connection):
            return None
        key = secrets.token_urlsafe(24)
        installations.set_set_up_key(connection, hash_key(key))
    return key


def check_set_up_key(installation: Installation, key: str) -> None:
    """Raises SurveyError set_up_wrong when the address is not the one that was printed last, or was used."""
    with installation.database.read(newest=True) as connection:
        known = installations.find_installation(connection)
    kept = known.set_up_key if known is not None else None
    if kept is None or not hmac.compare_digest(kept, hash_key(key)):
        raise SurveyError("set_up_wrong")


def set_up(
    installation: Installation, key: str, new: NewRound, first: First, *, at: float | None = None
) -> tuple[Round, Invited]:
    """Open the first round, make the first administrator's account and close the set-up address for good.

    Of two who press at once one gets the account. Raises SurveyError set_up_wrong, PeopleError, and what
    open_round raises.
    """
    check_set_up_key(installation, key)
    check_faults(list_holder_faults(first.typed, first.name, first.language))
    opened = open_round(installation, new, by=BY_SET_UP)
    with installation.database.write() as connection:
        if not installations.take_set_up_key(connection, hash_key(key)):
            raise SurveyError("set_up_wrong")
        invited = put_first(installation, connection, first, by=BY_SET_UP, at=tell_time(at))
        audits.add_event(connection, "set-up done", opened.id, by=SYSTEM)
    return opened, invited


def invite_administrator(
    installation: Installation, first: First, *, by: str, at: float | None = None
) -> Invited:
    """Make an administrator's account for whoever can run commands on the machine.

    Raises SurveyError not_for_demonstration, PeopleError and account_exists.
    """
    if installation.is_demo:
        raise SurveyError("not_for_demonstration")
    with installation.database.write() as connection:
        return put_first(installation, connection, first, by=by, at=tell_time(at))


def put_first(
    installation: Installation, connection: Connection, first: First, *, by: str, at: float
) -> Invited:
    """An administrator's account, in the organisation that the others belong to; it is made where there is
    none."""
    known = organisations.list_organisations(connection)
    top = next((one for one in known if one.parent is None), None)
    if top is None:
        name = installation.settings.installation_name
        new = NewOrganisation(name, OrganisationKind.REGION)
        top = put_organisation(installation, connection, new, by=by)
    wanted = Invitation(first.typed, first.name, NewAssignment(Role.ADMINISTRATOR, top.id), first.language)
    return put_invited(installation, connection, wanted, by=by, at=at)


def needs_administrator(installation: Installation) -> bool:
    """Whether nobody could sign in and let others in."""
    return not installation.is_demo and not has_administrator(installation)


def hash_key(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
