"""Which pages does the app have, for whom, and how does a test come to one?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from pages.shared.menu_table import MENU, is_in_menu
from survey.people.roles import Person, Role
from tests.browser.accessibility import wait_until_settled
from tests.browser.watched_page import wait_until_drawn

SLOW = 60_000  # milliseconds: a page of figures on a busy machine
MOST_FOLDS = 4
QUICK = "/vad-hande-sen"
FOLDS = '[data-testid="stExpander"] details:not([open]) > summary'


@dataclass(frozen=True)
class AppPage:
    """An address of the app as a role sees it, or one of the demonstration's people in that role."""

    role: Role
    address: str
    person: str = ""

    @property
    def name(self) -> str:
        return f"{self.address} ({self.role})"


# What a page of the menu shows when it is asked for something, and to another role than the first.
VIEWS = (
    AppPage(Role.RESIDENT, "/"),
    AppPage(Role.RESIDENT, "/answer"),
    AppPage(Role.RESIDENT, "/withdraw"),
    AppPage(Role.MANAGER, "/"),
    AppPage(Role.PANEL_MEMBER, "/", "a1"),
    AppPage(Role.MANAGER, "/trends?area=0781"),
    AppPage(Role.MANAGER, "/trends?area=0760"),
    AppPage(Role.MANAGER, "/trends?area=07&by=quarter&details=1&line=shrunk"),
    AppPage(Role.RESIDENT, "/trends?area=07"),
    AppPage(Role.MANAGER, "/municipalities?by=year&county=07"),
    AppPage(Role.MANAGER, "/comments?area=07"),
    AppPage(Role.PANEL_MEMBER, "/comments?area=08", "a1"),
    AppPage(Role.MANAGER, "/follow-up?area=0781"),
    AppPage(Role.COORDINATOR, "/indicators"),
    AppPage(Role.STRATEGY_OWNER, "/strategy"),
    AppPage(Role.STRATEGY_OWNER, "/week"),
    AppPage(Role.MANAGER, "/week"),
    AppPage(Role.PANEL_MEMBER, "/week", "m10"),
    AppPage(Role.PANEL_MEMBER, "/panel", "m10"),
    AppPage(Role.PANEL_MEMBER, "/coding", "b2"),
    AppPage(Role.MANAGER, "/proposals?area=0881"),
    AppPage(Role.PANEL_MEMBER, "/proposals?area=0781", "a1"),
    AppPage(Role.MANAGER, "/action-plan?area=0781"),
    AppPage(Role.MANAGER, "/missions"),
    AppPage(Role.MANAGER, "/missions?view=request"),
    AppPage(Role.COORDINATOR, "/missions?view=members"),
    AppPage(Role.COORDINATOR, "/missions?view=statistics"),
    AppPage(Role.COORDINATOR, "/missions?view=calendar&month=2026-12"),
    AppPage(Role.PANEL_MEMBER, "/missions", "m10"),
    AppPage(Role.PANEL_MEMBER, "/missions?view=me", "m05"),
    AppPage(Role.PANEL_MEMBER, "/missions?view=calendar", "m10"),
    AppPage(Role.RESEARCHER, "/research"),
    AppPage(Role.RESIDENT, "/rounds"),  # not for residents, and says so
)


def list_menu() -> Iterator[AppPage]:
    """Every page of the menu once, for the first role that it lists it for."""
    order = sorted(Role, key=lambda role: (role is Role.RESIDENT, role is not Role.COORDINATOR))
    for entry in MENU:
        found = next((one for one in order if is_in_menu(entry, viewer=Person(one))), None)
        if found is not None:
            yield AppPage(found, f"/{entry.address}")


def list_app_pages() -> list[AppPage]:
    """The menu and its views, those of one person after each other."""
    return sorted(dict.fromkeys((*list_menu(), *VIEWS)), key=lambda one: (one.role, one.person))


def be(page: Page, server: str, role: Role, person: str = "") -> None:
    """Take a role of the demonstration, and one of its people where one is named; on a page that is quick."""
    page.goto(f"{server}/roll/{role}?person={person}&to={QUICK}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=SLOW)


def speak_in(page: Page, server: str, language: str) -> None:
    """Take a language of the whole service."""
    page.goto(f"{server}/sprak/{language}?to={QUICK}")


def open_in_app(page: Page, address: str) -> None:
    """Open a page of the app and wait until it is as its reader has it."""
    page.goto(address)
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=SLOW)
    wait_until_settled(page)


def unfold(page: Page) -> None:
    """Open what lies folded on a page, the first of them where there are many."""
    for _ in range(MOST_FOLDS):
        folded = page.locator(FOLDS)
        if not folded.count():
            break
        folded.first.click()
        wait_until_drawn(page)
    wait_until_settled(page)
