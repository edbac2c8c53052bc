"""How does somebody get an address that their calendar program follows, and take it back?

The address is worked out from a random value and a key outside the database; the database holds that value
and a keyed hash of the address, neither of which gives it away. It names nobody.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode

from survey.answering.keys import hash_keyed
from survey.calendar.booked import list_booked
from survey.calendar.file import write_all
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE, WHOLE_LANGUAGES, speak
from survey.panel.members import find_self, has_left
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person, Role
from survey.store import audits, calendars
from survey.store.calendars import Kept

PATH = "/kalender"
ENDING = ".ics"
SEED_BYTES = 16
TOKEN_BYTES = 24  # 192 bits in an address: nobody finds one by trying


def make_token(installation: Installation, kept_seed: bytes, owner: str) -> str:
    """The secret in an address, the same each time."""
    told = hash_keyed(installation.pepper, "calendar token", kept_seed, owner.encode())
    return urlsafe_b64encode(told[:TOKEN_BYTES]).decode()


def hash_token(installation: Installation, token: str) -> bytes:
    """What an address is found by."""
    return hash_keyed(installation.pepper, "calendar address", token.encode(errors="replace"))


def make_address(installation: Installation, token: str) -> str:
    """The whole address; where no public address is set, the one it is served at."""
    return f"{installation.settings.address}{PATH}/{token}{ENDING}"


def start_subscription(installation: Installation, *, language: str, by: Person) -> str:
    """Make an address of one's calendar, in the place of one there was; the address.

    Raises SurveyError not_allowed, and member_unknown for a member who is not known or has left.
    """
    check_can_do(Permission.FOLLOW_MISSIONS, by=by)
    if can_do(Permission.DO_MISSIONS, by=by):
        find_self(installation, by=by)
    seed = secrets.token_bytes(SEED_BYTES)
    token = make_token(installation, seed, by.name)
    code = language if language in WHOLE_LANGUAGES else DEFAULT_LANGUAGE
    kept = Kept(by.role, by.id, seed, hash_token(installation, token), code, installation.today())
    with installation.database.write() as connection:
        calendars.keep_address(connection, kept)
        audits.add_event(connection, "calendar address made", "calendar", by=by.name)
    return make_address(installation, token)


def find_address(installation: Installation, *, by: Person) -> str:
    """The address of one's calendar; empty where there is none. Raises SurveyError not_allowed."""
    check_can_do(Permission.FOLLOW_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        kept = calendars.find_own(connection, by.role, by.id)
    return make_address(installation, make_token(installation, kept.seed, by.name)) if kept else ""


def end_subscription(installation: Installation, *, by: Person) -> None:
    """Take the address of one's calendar back: it leads nowhere any more. Raises SurveyError not_allowed."""
    check_can_do(Permission.FOLLOW_MISSIONS, by=by)
    with installation.database.write() as connection:
        if calendars.delete_address(connection, by.role, by.id):
            audits.add_event(connection, "calendar address taken back", "calendar", by=by.name)


def read_subscription(installation: Installation, token: str) -> str:
    """The calendar file of an address.

    Raises SurveyError calendar_unknown for an address that never was, was taken back, or is of somebody who
    has left: after the same look-up, so that they cannot be told apart.
    """
    with installation.database.read(newest=True) as connection:
        kept = calendars.find_by_token(connection, hash_token(installation, token))
    if kept is None:
        raise SurveyError("calendar_unknown")
    owner = Person(Role(kept.role), kept.person)
    if can_do(Permission.DO_MISSIONS, by=owner) and has_left(installation, by=owner):
        raise SurveyError("calendar_unknown")
    booked = list_booked(installation, viewer=owner)
    return write_all(installation, booked, speak(kept.language), owner=owner.name)
