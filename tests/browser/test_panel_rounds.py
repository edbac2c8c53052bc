"""Does a member rate, pause and send without a mouse, and does a coordinator close what they sent to?"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.by_keyboard import press_on, tab_to
from tests.browser.watched_page import wait_until_drawn

TITLE = "Förslag att ta ställning till"
GROUP = re.compile("Gruppen förra gången: ")


def open_as(page: Page, server: str, role: str, person: str = "") -> None:
    """The demonstration's round, as one of a role."""
    page.goto(f"{server}/roll/{role}?person={person}&to=/panel-rounds")
    wait_until_drawn(page)
    card = page.locator("[class*=st-key-panel-round-]", has_text=TITLE)
    card.get_by_role("button").click()
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    wait_until_drawn(page)


def turn_by_keyboard(page: Page, name: str) -> None:
    """Press a button that leads to another page, whose heading then has the focus."""
    heading = page.get_by_role("heading", level=1)
    before = heading.inner_text()
    press_on(page, page.get_by_role("button", name=name, exact=True))
    expect(heading).not_to_have_text(before)
    wait_until_drawn(page)
    expect(heading).to_be_focused()


def test_a_member_rates_again_pauses_and_sends_and_the_coordinator_closes(
    server: str, phone: Page, desktop: Page, axe: Callable[..., None]
) -> None:
    page = phone
    open_as(page, server, "panel_member", "m01")
    # What the group disagrees about stands apart, and nothing is ranked by the middle of two camps.
    expect(page.locator("[class*=st-key-dialogue-]")).to_contain_text("Videobesök som första val")
    expect(page.locator(".st-key-figure-priorities .js-plotly-plot")).to_be_visible()
    axe(page)

    press(page, "Börja")
    expect(page.get_by_text("Sida 1 av 6.")).to_be_visible()
    expect(page.get_by_text(GROUP).first).to_be_visible()
    expect(page.get_by_text(re.compile("^Du svarade: ")).first).to_be_visible()
    axe(page)
    choice = page.get_by_role("radiogroup").first.get_by_text("Mindre viktigt", exact=True)
    choice.click()
    press(page, "Spara och pausa")
    expect(page.get_by_text("Dina svar är sparade. Bara du ser dem.")).to_be_visible()

    # Somebody else's browser shows nothing of it; one's own goes on after a reload.
    page.reload()
    wait_until_drawn(page)
    turn_by_keyboard(page, "Fortsätt där jag var")
    expect(page.get_by_text("Sida 2 av 6.")).to_be_visible()
    turn_by_keyboard(page, "Tillbaka")
    expect(page.get_by_role("radiogroup").first.get_by_role("radio", name="Mindre viktigt")).to_be_checked()
    tab_to(page, page.get_by_role("radiogroup").first.get_by_role("radio", name="Mindre viktigt"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radiogroup").first.get_by_role("radio", name="Inte viktigt")).to_be_checked()
    for number in range(2, 7):
        turn_by_keyboard(page, "Spara och gå vidare")
        expect(page.get_by_text(f"Sida {number} av 6.")).to_be_visible()
    turn_by_keyboard(page, "Spara och gå vidare")
    expect(page.get_by_role("heading", level=1)).to_have_text("Titta igenom och skicka")
    axe(page)
    press_on(page, page.get_by_role("button", name="Skicka mina svar", exact=True))
    expect(page.get_by_text("Dina svar är skickade utan ditt namn.")).to_be_visible()

    # The coordinator sees how many and never who, closes, and reads what five came to.
    page = desktop
    open_as(page, server, "coordinator")
    expect(
        page.get_by_text("5 medlemmar har skickat sina svar, 0 har börjat utan att skicka.")
    ).to_be_visible()
    expect(page.get_by_text("m01")).to_have_count(0)
    page.locator("summary", has_text="Stäng omgången").click()
    press(page, "Stäng omgången")
    expect(page.get_by_role("heading", name="Vad gruppen tyckte andra gången")).to_be_visible()
    expect(page.get_by_text("5 medlemmar skickade sina svar.")).to_be_visible()
    axe(page)
    press(page, "Se första gången")
    expect(page.get_by_text("12 medlemmar skickade sina svar.")).to_be_visible()
    page.locator("summary", has_text="Påminnelse dagen före ett besök").click()
    wait_until_drawn(page)
    expect(page.locator(".barlayer .trace").first).to_be_visible()
    axe(page)
