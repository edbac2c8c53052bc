"""Does a proposal go from the panel to an answer, an activity and the page that everybody reads?"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.watched_page import wait_until_drawn

PageAt = Callable[..., Page]
PUBLIC = "/vad-hande-sen/0880"  # Kalmar, whose own proposals are only this story's
TITLE = "Ring innan hembesöket"


def sign_in(page: Page, server: str, role: str, address: str, person: str = "") -> None:
    page.goto(f"{server}/roll/{role}?person={person}&to=/")
    page.goto(server + address)
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def open_form(page: Page, label: str) -> None:
    page.locator("summary", has_text=label).click()
    wait_until_drawn(page)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    wait_until_drawn(page)


def test_a_proposal_is_written_answered_carried_out_and_told(server: str, desktop: Page) -> None:
    page = desktop
    sign_in(page, server, "panel_member", "/proposals?area=0880", "anka")
    open_form(page, "Skriv ett nytt förslag")
    page.get_by_label(re.compile("^Rubrik")).fill(TITLE)
    press(page, "Spara utkastet")

    # What is missing is said, and nothing that was typed is lost.
    expect(page.get_by_text("Skriv vad ni föreslår.")).to_be_visible()
    expect(page.get_by_label(re.compile("^Rubrik"))).to_have_value(TITLE)
    page.get_by_label(re.compile("^Vad föreslår ni")).fill("Då hinner man svara i telefonen först.")
    press(page, "Spara utkastet")
    expect(page.get_by_text("Utkastet är sparat")).to_be_visible()

    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    wait_until_drawn(page)
    open_form(page, "Lämna förslaget")
    press(page, "Lämna förslaget")
    expect(page.get_by_text("Förslaget är lämnat.")).to_be_visible()
    press(page, "Stöd förslaget")
    expect(page.get_by_text("En medlem stödjer förslaget")).to_be_visible()
    here = page.url.removeprefix(server)

    # The public reads nothing of it yet.
    page.goto(server + PUBLIC)
    expect(page.get_by_text(TITLE)).to_have_count(0)

    sign_in(page, server, "manager", here)
    open_form(page, "Svara ja")
    page.get_by_label(re.compile("^Skäl som alla kan läsa")).first.fill("Det kostar inget.")
    press(page, "Svara ja")
    expect(page.get_by_text("Svaret är sparat och offentligt.")).to_be_visible()

    page.goto(f"{server}/action-plan?area=0880")
    wait_until_drawn(page)
    open_form(page, "Planera en aktivitet")
    page.get_by_label(re.compile("^Kort rubrik")).fill("Ny rutin för hembesök")
    page.get_by_label(re.compile("^Vilken funktion ansvarar")).fill("områdeschef hemtjänst")
    press(page, "Spara")
    expect(page.get_by_text("Aktiviteten är sparad")).to_be_visible()

    page.goto(server + PUBLIC)
    story = page.locator("article", has_text=TITLE)
    expect(story).to_contain_text("Ja, det ska göras.")
    expect(story).to_contain_text("Det kostar inget.")
    expect(story).to_contain_text("Ny rutin för hembesök")


def test_the_plan_says_that_the_planted_line_moved(server: str, desktop: Page) -> None:
    sign_in(desktop, server, "manager", "/action-plan?area=0781")
    expect(
        desktop.get_by_text("Kontinuitet: ja, resultatet har blivit bättre sedan starten.")
    ).to_be_visible()
    expect(desktop.get_by_text("visar inte att aktiviteten är orsaken")).to_be_visible()
