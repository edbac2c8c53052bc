"""Who is in the panel, who adds them, and what do members say of themselves?"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from survey.digest.addresses import read_address
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.language import WHOLE_LANGUAGES
from survey.panel.availability import TIMES
from survey.panel.contacts import Contact, open_contact, seal_contact
from survey.panel.faults import MOST_IN_LINE, check_faults, join_lines
from survey.panel.tags import load_tags
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.people.sign_in import PERSON_ID
from survey.store import audits, members
from survey.store.database import Connection
from survey.store.members import Kept

ID_BYTES = 4
MOST_TAGS = 8  # so that a choice tells something
NAME_DAYS = 365  # a name is kept so long after a member has left, for what is to be paid and declared
NOBODY = Contact()


@dataclass(frozen=True)
class NewMember:
    """What a coordinator writes about a new member; `typed` is an address, or empty."""

    name: str = field(repr=False)
    typed: str = field(repr=False)
    language: str = "sv"


@dataclass(frozen=True)
class OwnPage:
    """What members say of themselves: tags, times of the week, and the last day of a pause."""

    tags: Sequence[str]
    times: Sequence[str]
    paused_until: date | None


def list_member_faults(new: NewMember) -> Iterator[SurveyError]:
    """Everything that is wrong with what was written; nothing of it is repeated."""
    if not join_lines(new.name):
        yield SurveyError("member_name_missing")
    if len(new.name) > MOST_IN_LINE:
        yield SurveyError("panel_text_long", limit=MOST_IN_LINE, length=len(new.name))
    if new.typed.strip():
        try:
            read_address(new.typed)
        except SurveyError as wrong:
            yield wrong
    if new.language not in WHOLE_LANGUAGES:
        yield SurveyError("language_unknown")


def add_member(installation: Installation, new: NewMember, *, by: Person, member: str = "") -> Kept:
    """Add a member, under an id where one is given.

    Raises SurveyError not_allowed, PanelError with everything that is wrong, and member_exists for an id
    that is taken.
    """
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    check_faults(list_member_faults(new))
    if not PERSON_ID.fullmatch(member):
        raise SurveyError("member_unknown")
    address = read_address(new.typed) if new.typed.strip() else ""
    sealed = seal_contact(installation, Contact(join_lines(new.name), address))
    found = member or secrets.token_hex(ID_BYTES)
    kept = Kept(found, 1, sealed, new.language, (), (), None, installation.today(), None)
    with installation.database.write() as connection:
        if not members.add_member(connection, kept):
            raise SurveyError("member_exists")
        audits.add_event(connection, "member added", kept.id, by=by.name)
    return kept


def list_own_faults(installation: Installation, own: OwnPage) -> Iterator[SurveyError]:
    """Everything that is wrong with what a member says of themselves."""
    if set(own.tags) - set(load_tags(installation.settings)):
        yield SurveyError("member_tag_unknown")
    if len(own.tags) > MOST_TAGS:
        yield SurveyError("member_tags_many", most=MOST_TAGS)
    if set(own.times) - set(TIMES):
        yield SurveyError("member_time_unknown")
    if own.paused_until is not None and own.paused_until < installation.today():
        yield SurveyError("member_pause_past")


def change_own_page(installation: Installation, own: OwnPage, *, based_on: int, by: Person) -> Kept:
    """Write what a member says of themselves anew. The audit log tells that, and never what.

    Raises SurveyError not_allowed, member_unknown, PanelError with everything that is wrong, and
    panel_changed_meanwhile.
    """
    check_can_do(Permission.DO_MISSIONS, by=by)
    check_faults(list_own_faults(installation, own))
    with installation.database.write() as connection:
        known = find_active(connection, by.id)
        tags, times = tuple(dict.fromkeys(own.tags)), tuple(dict.fromkeys(own.times))
        changed = replace(
            known, version=known.version + 1, tags=tags, times=times, paused_until=own.paused_until
        )
        keep(connection, changed, based_on=based_on)
        audits.add_event(connection, "member's own page changed", by.id, by=by.name)
    return changed


def find_self(installation: Installation, *, by: Person) -> Kept:
    """The member that a person is. Raises SurveyError not_allowed and member_unknown."""
    check_can_do(Permission.DO_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        return find_active(connection, by.id)


def is_member(installation: Installation, *, by: Person) -> bool:
    """Whether a person is a member who has not left. Raises SurveyError not_allowed."""
    try:
        find_self(installation, by=by)
    except SurveyError as wrong:
        if wrong.code == "member_unknown":
            return False
        raise
    return True


def has_left(installation: Installation, *, by: Person) -> bool:
    """Whether a person was a member and is one no more. Raises SurveyError not_allowed."""
    check_can_do(Permission.DO_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        known = members.find_member(connection, by.id)
    return known is not None and known.left_on is not None


def find_active(connection: Connection, member: str) -> Kept:
    """A member who has not left. Raises SurveyError member_unknown."""
    known = members.find_member(connection, member)
    if known is None or known.left_on is not None:
        raise SurveyError("member_unknown")
    return known


def list_active(connection: Connection) -> tuple[Kept, ...]:
    """Every member who has not left."""
    return tuple(one for one in members.list_members(connection) if one.left_on is None)


def list_register(installation: Installation, *, by: Person) -> tuple[tuple[Kept, Contact], ...]:
    """The members who have not left, by name, for a coordinator. Raises SurveyError not_allowed."""
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        known = list_active(connection)
    opened = ((one, open_contact(installation, one.sealed)) for one in known)
    return tuple(sorted(opened, key=lambda pair: (pair[1].name.lower(), pair[0].id)))


def list_to_try(installation: Installation) -> dict[str, str]:
    """The names of the made-up members of a demonstration by id, for whoever tries to be one of them.

    Raises SurveyError not_a_demonstration.
    """
    if not installation.is_demo:
        raise SurveyError("not_a_demonstration")
    with installation.database.read(newest=True) as connection:
        return {one.id: open_contact(installation, one.sealed).name for one in list_active(connection)}


def open_names(installation: Installation, connection: Connection) -> dict[str, Contact]:
    """Everybody's contact by id, also of those who have left while their name is kept."""
    return {one.id: open_contact(installation, one.sealed) for one in members.list_members(connection)}


def keep(connection: Connection, changed: Kept, *, based_on: int) -> None:
    """Raises SurveyError panel_changed_meanwhile when somebody else has changed the member."""
    if not members.change_member(connection, changed, based_on=based_on):
        raise SurveyError("panel_changed_meanwhile")


def forget_left(installation: Installation) -> int:
    """Forget the names of those who left long ago; how many. The rows stay without a person in them."""
    limit = installation.today() - timedelta(days=NAME_DAYS)
    gone = 0
    with installation.database.write() as connection:
        for one in members.list_members(connection):
            if one.left_on is None or one.left_on >= limit:
                continue
            if open_contact(installation, one.sealed) != NOBODY:
                sealed = seal_contact(installation, NOBODY)
                keep(connection, replace(one, sealed=sealed, version=one.version + 1), based_on=one.version)
                gone += 1
        if gone:
            audits.add_event(connection, "members' names forgotten", "panel", by=SYSTEM, number=gone)
    return gone
