"""Can a manager see what has changed, send the page to a colleague, and see what is hidden said as hidden?"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.watched_page import wait_until_drawn


def open_as_manager(page: Page, server: str, address: str) -> None:
    page.goto(f"{server}/roll/manager?to=/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(server + address)
    wait_until_drawn(page)
    expect(page.locator(".js-plotly-plot")).to_have_count(3)


def pick(page: Page, label: str, option: str) -> None:
    """Choose in a list by typing."""
    field = page.get_by_role("combobox", name=label)
    field.click()
    field.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def test_a_manager_reads_a_municipality_and_sends_the_page_on(
    server: str, desktop: Page, axe: Callable[..., None]
) -> None:
    page = desktop
    open_as_manager(page, server, "/trends")
    expect(page.get_by_role("heading", level=1)).to_have_text("Resultat för Kronobergs län")

    # What is chosen stands in the address, and the address is enough for a colleague.
    pick(page, "Område", "Ljungby")
    expect(page.get_by_role("heading", level=1)).to_have_text("Resultat för Ljungby")
    expect(page).to_have_url(re.compile(r"area=0781"))
    pick(page, "Visa per", "Kvartal")
    expect(page).to_have_url(re.compile(r"by=quarter"))
    page.get_by_text("Visa intervall och antal svar").click()
    expect(page).to_have_url(re.compile(r"details=1"))
    news = page.locator(".st-key-news")
    expect(news.get_by_text("Skillnaden ligger troligen mellan").first).to_be_visible()
    wait_until_drawn(page)
    told = news.inner_text()
    page.goto(page.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Resultat för Ljungby")
    expect(news).to_have_text(told.replace("\n", " ").strip(), use_inner_text=True)
    expect(page.locator(".legend", has_text="95 % intervall").first).to_be_visible()

    # The browser's own way back is a way back here too.
    page.go_back()
    axe(page)

    # A table in words, with how it was made, and the same as a file.
    page.get_by_text("Tabell och metod: Kontinuitet", exact=True).click()
    expect(page.get_by_text("Så är talet räknat")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Antal svar")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta CSV: Kontinuitet").click()
    assert download.value.suggested_filename.startswith("0781-kontinuitet-")

    # The others are drawn when they are asked for.
    page.get_by_text("Fler områden i vården och omsorgen").click()
    expect(page.get_by_role("heading", name="Trygghet", exact=True)).to_be_visible()
    wait_until_drawn(page)
    axe(page)


def test_what_is_hidden_is_said_and_a_nonsense_address_is_explained(server: str, desktop: Page) -> None:
    open_as_manager(desktop, server, "/trends?area=0760")
    expect(desktop.get_by_text(re.compile("för få svar \\(färre än 5\\)")).first).to_be_visible()
    desktop.goto(f"{server}/trends?area=9999&by=week&from=nonsense")
    expect(desktop.get_by_text("Det finns ingen kommun eller län med koden 9999 här.")).to_be_visible()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Resultat för Kronobergs län")
    expect(desktop.get_by_role("button", name="Öppna omgången")).to_have_count(0)
