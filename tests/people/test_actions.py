"""Who may do what about people, on which page? One line for each; every other role is told no."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pages.shared.menu_table import MENU
from survey.audit.find import find_events
from survey.data_protection.facts import find_facts
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.members import list_register
from survey.people.accounts import Invitation, invite, invite_again
from survey.people.assignments import NewAssignment, assign_role, end_assignment
from survey.people.ending import close_account, forget_account, sign_out_everywhere, take_second_step
from survey.people.organisations import (
    NewOrganisation,
    add_organisation,
    change_organisation,
    list_organisations,
    remove_organisation,
)
from survey.people.people import find_own, list_people
from survey.people.permissions import can_do
from survey.people.roles import Person, Role
from survey.store.audits import Search
from tests.walks import opened

ADMINISTRATOR, OFFICER, COORDINATOR = Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER, Role.COORDINATOR
SIGNED_IN = set(Role) - {Role.RESIDENT}
NEW, NOTHING = NewAssignment("manager", "x"), NewOrganisation("", "")
Deed = Callable[[Installation, Person], object]

# page, action, who may, and the action itself.
LINES: list[tuple[str, str, set[Role], Deed]] = [
    ("accounts", "see", {ADMINISTRATOR}, lambda i, by: list_people(i, viewer=by)),
    ("accounts", "invite", {ADMINISTRATOR}, lambda i, by: invite(i, Invitation("", "", NEW), by=by)),
    ("accounts", "invite again", {ADMINISTRATOR}, lambda i, by: invite_again(i, "x", by=by)),
    ("accounts", "forget", {ADMINISTRATOR}, lambda i, by: forget_account(i, "x", based_on=1, by=by)),
    ("accounts", "close", {ADMINISTRATOR}, lambda i, by: close_account(i, "x", based_on=1, by=by)),
    ("accounts", "give a role", {ADMINISTRATOR}, lambda i, by: assign_role(i, "x", NEW, by=by)),
    ("accounts", "take a role back", {ADMINISTRATOR}, lambda i, by: end_assignment(i, "x", by=by)),
    ("accounts", "sign out", {ADMINISTRATOR}, lambda i, by: sign_out_everywhere(i, "x", by=by)),
    ("accounts", "second step", {ADMINISTRATOR}, lambda i, by: take_second_step(i, "x", based_on=1, by=by)),
    ("organisations", "see", {ADMINISTRATOR}, lambda i, by: list_organisations(i, viewer=by)),
    ("organisations", "add", {ADMINISTRATOR}, lambda i, by: add_organisation(i, NOTHING, by=by)),
    (
        "organisations",
        "change",
        {ADMINISTRATOR},
        lambda i, by: change_organisation(i, "x", NOTHING, based_on=1, by=by),
    ),
    (
        "organisations",
        "remove",
        {ADMINISTRATOR},
        lambda i, by: remove_organisation(i, "x", based_on=1, by=by),
    ),
    ("audit-log", "see", {OFFICER}, lambda i, by: find_events(i, Search(), page=1, viewer=by)),
    ("data-protection", "see", {OFFICER}, lambda i, by: find_facts(i, viewer=by)),
    ("account", "see", SIGNED_IN, lambda i, by: find_own(i, viewer=by, account="x")),
    ("missions", "see the register", {COORDINATOR}, lambda i, by: list_register(i, by=by)),
]  # fmt: skip


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder: Path = tmp_path_factory.mktemp("var")
    with opened(f"sqlite:///{folder / 'actions.db'}", folder) as found:
        yield found


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("page", "action", "who", "deed"), LINES, ids=[f"{a}: {b}" for a, b, _, _ in LINES])
def test_an_action_is_for_its_roles_alone(
    page: str, action: str, who: set[Role], deed: Deed, role: Role, installation: Installation
) -> None:
    told = ""
    try:
        deed(installation, Person(role, "f00d"))
    except SurveyError as wrong:
        told = wrong.code
    assert (told != "not_allowed") == (role in who)
    entry = next(one for one in MENU if one.address == page)
    assert role not in who or can_do(entry.permission, by=Person(role))


@pytest.mark.parametrize("role", [ADMINISTRATOR, OFFICER])
def test_who_looks_after_people_or_data_reads_no_comment_and_sees_what_the_public_sees(role: Role) -> None:
    may = Person(role).permissions
    assert not {one for one in may if "comment" in one or "theme" in one or "signed_in" in one}
    shared = {one for one in may if one.startswith("see_")} - {"see_audit"}
    assert shared == {"see_public_figures"}
