"""Does a mission go from a unit's request to a signed group through a browser, and is nobody kept out?"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.watched_page import wait_until_drawn

PageAt = Callable[..., Page]
UNIT = "Äldreomsorgen i Tingsryd"


def be(page: Page, server: str, role: str, address: str = "/missions", person: str = "") -> None:
    """Take a role, one of its people where one is named, and open a page."""
    page.goto(f"{server}/roll/{role}?person={person}&to=/missions")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(server + address)
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def open_mission(page: Page, unit: str) -> None:
    page.get_by_role("link", name=re.compile(f"Öppna uppdraget för {unit}")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Uppdrag för {unit}")
    wait_until_drawn(page)


def test_a_mission_is_asked_for_matched_answered_by_a_link_and_signed(
    server: str, desktop: Page, page_at: PageAt, axe: Callable[..., None]
) -> None:
    page = desktop
    be(page, server, "manager", "/missions?view=request")
    page.get_by_label(re.compile("^Vilka är ni")).fill(UNIT)
    page.get_by_label(re.compile("^Syfte")).fill("Vi planerar ett nytt boende.")
    page.get_by_label("Antal personer").fill("1")
    page.get_by_role("button", name="Skicka beställningen").click()

    # Everything that is missing is said at once, and what was typed stays.
    expect(page.locator(".st-key-problem")).to_contain_text("Skriv frågan till medlemmarna. Skriv en plats")
    expect(page.get_by_label(re.compile("^Vilka är ni"))).to_have_value(UNIT)
    page.get_by_label(re.compile("^Frågan till")).fill("Vad gör en plats till ett hem?")
    page.get_by_label("Plats eller länk").fill("Kommunhuset i Tingsryd")
    page.get_by_label(re.compile("^Vem återkopplar")).fill("områdeschef")
    page.get_by_role("button", name="Skicka beställningen").click()
    expect(page.get_by_text("Beställningen är skickad till samordnaren.")).to_be_visible()

    # The coordinator accepts, and asks the first in turn. There is no mail server: the link is handed over.
    be(page, server, "coordinator")
    open_mission(page, UNIT)
    page.get_by_role("button", name="Godkänn beställningen").click()
    expect(page.get_by_text("Beställningen är godkänd.")).to_be_visible()
    wait_until_drawn(page)
    page.get_by_role("button", name="Fråga de valda").click()
    expect(page.get_by_text("1 person är tillfrågad.")).to_be_visible()
    wait_until_drawn(page)
    asked = page.locator("[class*=st-key-asked-]")
    expect(asked).to_have_count(1)
    name = asked.locator("strong").inner_text()
    link = asked.locator("code").inner_text()
    address = page.url

    # The member opens it on a phone without an account, sees what it is about, and answers with one press.
    phone = page_at(360, has_touch=True)
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vill du vara med i ett uppdrag?")
    expect(phone.get_by_text("Vad gör en plats till ett hem?")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    axe(phone)
    phone.get_by_role("button", name="Ja, jag kommer").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Du har tackat ja")
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Du har tackat ja")

    # The coordinator sees the yes; the unit a first name, and never the rest of it.
    page.goto(address)
    wait_until_drawn(page)
    expect(page.locator("[class*=st-key-asked-]")).to_contain_text("Har tackat ja, har inte skrivit under.")
    be(page, server, "manager")
    open_mission(page, UNIT)
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text(name.split()[0])
    expect(main).not_to_contain_text(name)
