"""Who is let in to which page, and is nobody let in by typing an address?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from pages.shared.menu_table import MENU, Entry, is_in_menu
from survey.installation import Installation, open_installation
from survey.language import speak
from survey.people.permissions import can_do
from survey.people.roles import ROLES, Permission, Person, Role
from survey.settings import Settings

# Each page, and who sees it; `everybody` is every role, `signed-in` everybody but residents.
WHO_SEES = """
(start)       everybody
week                   panel_member manager coordinator strategy_owner
answer        everybody
withdraw      everybody
digest                              manager coordinator strategy_owner
account       signed-in
trends        everybody
groups        everybody
municipalities everybody
follow-up     everybody
indicators    everybody
strategy      everybody
reports                panel_member manager coordinator strategy_owner
metod         everybody
files         everybody
comments               panel_member manager coordinator strategy_owner
coding                 panel_member
agreement              panel_member
answers                                     coordinator
learning                                    coordinator
panel                  panel_member
panel-rounds           panel_member manager coordinator strategy_owner
missions               panel_member manager coordinator
proposals              panel_member manager coordinator strategy_owner
action-plan   everybody
rounds                                      coordinator
definitions                                 coordinator
keying                                      coordinator keyer
monitoring                                  coordinator
publications                        manager coordinator strategy_owner
research                                                   administrator data_protection_officer researcher
translations                                coordinator                translator
accounts                                                   administrator
organisations                                              administrator
programs                                                   administrator
data-protection                                            data_protection_officer
audit-log                                                  data_protection_officer
accessibility everybody
set-up        everybody
"""
SHORT = {"everybody": set(Role), "signed-in": set(Role) - {Role.RESIDENT}}
ROWS = {
    row.split()[0].replace("(start)", ""): {
        role for word in row.split()[1:] for role in SHORT.get(word, {word})
    }
    for row in WHO_SEES.strip().splitlines()
}
MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
REFUSED = speak("sv").say("error.not_allowed")


def test_every_page_needs_a_permission_that_some_role_has() -> None:
    given = frozenset[Permission]().union(*ROLES.values())
    assert {entry.address for entry in MENU if entry.permission not in given} == set()


def test_the_table_above_names_every_page() -> None:
    assert [entry.address for entry in MENU] == list(ROWS)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.address or "start")
def test_a_role_sees_the_pages_of_its_row(entry: Entry, role: Role) -> None:
    assert can_do(entry.permission, by=Person(role)) == (role in ROWS[entry.address])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.address or "start")
def test_the_menu_lists_what_a_role_sees_but_never_the_set_up(entry: Entry, role: Role) -> None:
    assert is_in_menu(entry, viewer=Person(role)) == (
        role in ROWS[entry.address] and entry.address != "set-up"
    )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A demonstration without rounds."""
    settings = Settings(VAR_DIR=tmp_path_factory.mktemp("var"), DEMO=True)  # type: ignore[call-arg]
    opened = open_installation(settings, today=lambda: date(2026, 11, 21))
    yield opened
    opened.database.close()


def draw_as(installation: Installation, role: Role, address: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of an address as it is drawn for a role that typed it."""
    frame = Frame(installation, Person(role), "sv")
    monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
    monkeypatch.setattr(menu_table, "HOME", address)
    return AppTest.from_file(MENU_SCRIPT, default_timeout=30).run()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.address or "start")
def test_an_address_that_is_typed_shows_the_page_or_says_why_not(
    installation: Installation, entry: Entry, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draw_as(installation, role, entry.address, monkeypatch)
    assert not page.exception
    refused = REFUSED in [told.value for told in page.error]
    assert refused == (role not in ROWS[entry.address])
