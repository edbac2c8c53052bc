"""How does a member begin and end the weekly letter, on their own page or by the link of a letter?"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

import orjson
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from survey.answering.keys import hash_keyed
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.contacts import open_contact
from survey.panel.members import find_active
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, calendars, mission_letters, weekly_letters
from survey.store.database import Connection
from survey.week.days import name_week

STOP_PATH = "/e/u/vecka"
PADDING, MOST_PADDING = "=", 2  # of base64; more than is needed does no harm
BY_LINK = "reader of a weekly letter"  # who did it, in the audit log: whoever holds the link


def can_get_letter(installation: Installation, *, by: Person) -> bool:
    """Whether a weekly letter can reach a member: there is a mail server, and they have an address.

    Raises SurveyError not_allowed and member_unknown.
    """
    check_can_do(Permission.DO_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        known = find_active(connection, by.id)
    return installation.settings.sends_mail and bool(open_contact(installation, known.sealed).address)


def gets_letter(installation: Installation, *, by: Person) -> bool:
    """Whether a member has asked for the weekly letter. Raises SurveyError not_allowed."""
    check_can_do(Permission.DO_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        return weekly_letters.is_reader(connection, by.id)


def start_letter(installation: Installation, *, by: Person) -> None:
    """Ask for the weekly letter; nothing happens to who gets it already.

    Raises SurveyError not_allowed, member_unknown, and weekly_no_address where no letter can reach them.
    """
    if not can_get_letter(installation, by=by):
        raise SurveyError("weekly_no_address")
    with installation.database.write() as connection:
        find_active(connection, by.id)
        if weekly_letters.add_reader(connection, by.id, installation.today()):
            audits.add_event(connection, "weekly letter asked for", by.id, by=by.name)


def stop_letter(installation: Installation, *, by: Person) -> None:
    """End the weekly letter; nothing happens to who does not get it. Raises SurveyError not_allowed."""
    check_can_do(Permission.DO_MISSIONS, by=by)
    with installation.database.write() as connection:
        end_letter(installation, connection, by.id, by=by.name)


def stop_by_link(installation: Installation, token: str) -> None:
    """End the weekly letter by the link of one, also when it has been ended before.

    Raises SurveyError weekly_link_wrong for a link that is none of ours.
    """
    member = read_stop_token(installation, token)
    if member is None:
        raise SurveyError("weekly_link_wrong")
    with installation.database.write() as connection:
        end_letter(installation, connection, member, by=BY_LINK)


def end_letter(installation: Installation, connection: Connection, member: str, *, by: str) -> None:
    """No letter any more, nor the one that waits in the outbox."""
    mission_letters.drop_letter(connection, name_letter(installation, member))
    if weekly_letters.delete_reader(connection, member):
        audits.add_event(connection, "weekly letter ended", member, by=by)


def end_everything(installation: Installation, connection: Connection, member: Person, *, by: str) -> None:
    """End the weekly letter and the calendar address of a member who leaves the panel."""
    end_letter(installation, connection, member.id, by=by)
    if calendars.delete_address(connection, member.role, member.id):
        audits.add_event(connection, "calendar address taken back", "calendar", by=by)


def name_letter(installation: Installation, member: str) -> bytes:
    """What a member's letter of this week is found by, so that it is written once."""
    told = f"weekly {member} {name_week(installation.today())}"
    return hash_keyed(installation.pepper, "mission letter", told.encode())


def make_box(installation: Installation) -> SecretBox:
    return SecretBox(hash_keyed(installation.pepper, "weekly stop"))


def make_stop_token(installation: Installation, member: str) -> str:
    """The secret of the link that ends a member's letters; nobody can read in it whose it is."""
    sealed = bytes(make_box(installation).encrypt(orjson.dumps(member)))
    return urlsafe_b64encode(sealed).decode().rstrip(PADDING)  # letters' readers cut what ends in signs


def read_stop_token(installation: Installation, token: str) -> str | None:
    """The member of a link; None when it is none of ours."""
    try:
        sealed = urlsafe_b64decode(token.encode() + PADDING.encode() * MOST_PADDING)
        return str(orjson.loads(make_box(installation).decrypt(sealed)))
    except (CryptoError, ValueError):  # not sealed by us, or not base64
        return None
