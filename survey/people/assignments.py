"""Who has which role where, who gives and ends roles, and which account is which member of the panel?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.contacts import open_contact
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person, Role
from survey.people.sealing import make_id, open_holder
from survey.people.states import State
from survey.store import accounts, audits, members, organisations
from survey.store.accounts import Account
from survey.store.database import Connection
from survey.store.organisations import Assignment


@dataclass(frozen=True)
class NewAssignment:
    """A role in an organisation."""

    role: str
    organisation: str


def assign_role(installation: Installation, account: str, new: NewAssignment, *, by: Person) -> Assignment:
    """Give somebody a role in an organisation.

    Raises SurveyError not_allowed, account_unknown, role_unknown, organisation_unknown, assignment_exists,
    and for the panel member_no_match and member_has_account.
    """
    check_can_do(Permission.MANAGE_PEOPLE, by=by)
    with installation.database.write() as connection:
        known = accounts.find_account(connection, account)
        if known is None:
            raise SurveyError("account_unknown")
        check_assignment(connection, new)
        return put_assignment(installation, connection, known, new, by=by.name)


def end_assignment(installation: Installation, assignment: str, *, by: Person) -> None:
    """Take a role back. Raises SurveyError not_allowed, people_changed_meanwhile and last_administrator."""
    check_can_do(Permission.MANAGE_PEOPLE, by=by)
    with installation.database.write() as connection:
        accounts.hold_administrators(connection)
        known = organisations.find_assignment(connection, assignment)
        if known is None or not organisations.delete_assignment(connection, assignment):
            raise SurveyError("people_changed_meanwhile")
        if known.role == Role.ADMINISTRATOR:
            check_administrators_left(connection)
        where = {"role": known.role, "organisation": known.organisation}
        audits.add_event(connection, "role taken back", known.account, by=by.name, **where)


def check_assignment(connection: Connection, new: NewAssignment) -> None:
    """Raises SurveyError role_unknown and organisation_unknown. Nobody is assigned to be a resident."""
    if new.role not in set(Role) - {Role.RESIDENT}:
        raise SurveyError("role_unknown")
    if organisations.find_organisation(connection, new.organisation) is None:
        raise SurveyError("organisation_unknown")


def check_administrators_left(connection: Connection, *, but: str = "") -> None:
    """Raises SurveyError last_administrator when no active account, but one, would be an administrator.

    An installation where nobody has been one yet has none to lose.
    """
    holders = organisations.list_holders(connection, Role.ADMINISTRATOR, state=State.ACTIVE)
    if not holders - {but} and (not but or but in holders):
        raise SurveyError("last_administrator")


def put_assignment(
    installation: Installation,
    connection: Connection,
    account: Account,
    new: NewAssignment,
    *,
    by: str,
    provided: bool = False,
) -> Assignment:
    """Give a role in somebody's transaction. Raises assignment_exists and what link_member raises."""
    if new.role == Role.PANEL_MEMBER:
        link_member(installation, connection, account, by=by)
    made = Assignment(make_id(), account.id, new.role, new.organisation, provided, datetime.now(UTC))
    if not organisations.add_assignment(connection, made):
        raise SurveyError("assignment_exists")
    where = {"role": new.role, "organisation": new.organisation, "provided": provided}
    audits.add_event(connection, "role given", account.id, by=by, **where)
    return made


def link_member(installation: Installation, connection: Connection, account: Account, *, by: str) -> None:
    """Let an account be the member of the panel that has the same address, so that it acts as that member.

    The register is the coordinator's: whoever gives the role is shown nothing of it. Raises SurveyError
    member_no_match and member_has_account.
    """
    address = open_holder(installation, account.sealed).address.lower()
    active = (one for one in members.list_members(connection) if one.left_on is None)
    found = next(
        (one for one in active if open_contact(installation, one.sealed).address.lower() == address), None
    )
    if found is None:
        raise SurveyError("member_no_match")
    holder = accounts.find_by_member(connection, found.id)
    if holder is not None and holder.id != account.id:
        raise SurveyError("member_has_account")
    if account.member == found.id:
        return
    if accounts.change_account(connection, account, member=found.id) is None:
        raise SurveyError("people_changed_meanwhile")
    audits.add_event(connection, "account joined with member", account.id, by=by)
