"""Which organisations and units are there, and who writes them down?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.faults import MOST_IN_NAME, check_faults, clean_name
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.people.sealing import make_id
from survey.store import audits, organisations
from survey.store.database import Connection
from survey.store.organisations import Organisation


class OrganisationKind(StrEnum):
    """What an organisation is; a unit is the smallest that anybody has a role in."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    ADMINISTRATION = "administration"
    UNIT = "unit"


@dataclass(frozen=True)
class NewOrganisation:
    """What somebody wrote of an organisation. `parent` is an id, `area` a code; both may be empty."""

    name: str
    kind: str
    parent: str = ""
    area: str = ""


def add_organisation(installation: Installation, new: NewOrganisation, *, by: Person) -> Organisation:
    """Write down an organisation.

    Raises SurveyError not_allowed, and PeopleError with everything that `list_organisation_faults` finds.
    """
    check_can_do(Permission.MANAGE_ORGANISATIONS, by=by)
    with installation.database.write() as connection:
        return put_organisation(installation, connection, new, by=by.name)


def put_organisation(
    installation: Installation, connection: Connection, new: NewOrganisation, *, by: str
) -> Organisation:
    """Add an organisation in somebody's transaction. Raises PeopleError."""
    organisations.hold_tree(connection)
    known = organisations.list_organisations(connection)
    check_faults(list_organisation_faults(installation, new, known))
    added = Organisation(make_id(), 1, new.kind, new.parent or None, new.area, clean_name(new.name))
    organisations.add_organisation(connection, added)
    audits.add_event(connection, "organisation added", added.id, by=by, kind=added.kind)
    return added


def change_organisation(
    installation: Installation, organisation: str, new: NewOrganisation, *, based_on: int, by: Person
) -> Organisation:
    """Write an organisation anew.

    Raises as add_organisation, organisation_unknown, organisation_in_itself and people_changed_meanwhile.
    """
    check_can_do(Permission.MANAGE_ORGANISATIONS, by=by)
    with installation.database.write() as connection:
        organisations.hold_tree(connection)
        known = organisations.list_organisations(connection)
        if organisation not in {one.id for one in known}:
            raise SurveyError("organisation_unknown")
        check_faults(list_organisation_faults(installation, new, known, itself=organisation))
        changed = Organisation(
            organisation, based_on + 1, new.kind, new.parent or None, new.area, clean_name(new.name)
        )
        if not organisations.change_organisation(connection, changed, based_on=based_on):
            raise SurveyError("people_changed_meanwhile")
        audits.add_event(connection, "organisation changed", organisation, by=by.name, kind=changed.kind)
    return changed


def remove_organisation(installation: Installation, organisation: str, *, based_on: int, by: Person) -> None:
    """Take away an organisation that nobody has a role in and that no other belongs to.

    Raises SurveyError not_allowed, organisation_used and people_changed_meanwhile.
    """
    check_can_do(Permission.MANAGE_ORGANISATIONS, by=by)
    with installation.database.write() as connection:
        organisations.hold_tree(connection)
        if organisations.is_used(connection, organisation):
            raise SurveyError("organisation_used")
        if not organisations.delete_organisation(connection, organisation, based_on=based_on):
            raise SurveyError("people_changed_meanwhile")
        audits.add_event(connection, "organisation removed", organisation, by=by.name)


def list_organisation_faults(
    installation: Installation,
    new: NewOrganisation,
    known: tuple[Organisation, ...],
    *,
    itself: str = "",
) -> Iterator[SurveyError]:
    """Everything that is wrong: organisation_name_missing, name_long, organisation_exists,
    organisation_kind_unknown, organisation_unknown, organisation_in_itself, area_unknown."""
    name = clean_name(new.name)
    if not name:
        yield SurveyError("organisation_name_missing")
    if len(new.name) > MOST_IN_NAME:
        yield SurveyError("name_long", most=MOST_IN_NAME)
    beside = (one for one in known if (one.parent or "") == new.parent and one.id != itself)
    if name.casefold() in {one.name.casefold() for one in beside}:
        yield SurveyError("organisation_exists")
    if new.kind not in set(OrganisationKind):
        yield SurveyError("organisation_kind_unknown")
    parents = {one.id: one.parent for one in known}
    if new.parent and new.parent not in parents:
        yield SurveyError("organisation_unknown")
    if itself and itself in list_above(parents, new.parent):
        yield SurveyError("organisation_in_itself")
    if new.area and not installation.areas.has(new.area):
        yield SurveyError("area_unknown", area=new.area[:20])


def list_above(parents: dict[str, str | None], start: str) -> tuple[str, ...]:
    """An organisation and all that it belongs to, nearest first."""
    found: list[str] = []
    at: str | None = start or None
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return tuple(found)


def list_organisations(installation: Installation, *, viewer: Person) -> tuple[Organisation, ...]:
    """The organisations as a tree, each under what it belongs to. Raises SurveyError not_allowed."""
    check_can_do(Permission.MANAGE_ORGANISATIONS, by=viewer)
    with installation.database.read(newest=True) as connection:
        return arrange(organisations.list_organisations(connection))


def arrange(known: tuple[Organisation, ...], parent: str | None = None) -> tuple[Organisation, ...]:
    """Organisations in the order of their tree."""
    found: list[Organisation] = []
    for one in known:
        if one.parent == parent:
            found += [one, *arrange(known, one.id)]
    return tuple(found)
