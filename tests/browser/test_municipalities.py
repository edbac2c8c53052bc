"""Can a manager lay municipalities beside each other, with pictures that ask no other host for anything?"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.watched_page import wait_until_drawn

KRONOBERG = ["Alvesta", "Lessebo", "Ljungby", "Markaryd", "Tingsryd", "Uppvidinge", "Växjö", "Älmhult"]
FOLDS = ("Tabell: samma uppgifter", "Rutor", "Karta", "Utveckling")


def open_page(page: Page, server: str, address: str) -> None:
    page.goto(f"{server}/roll/manager?to=/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(server + address)
    wait_until_drawn(page)
    expect(page.locator(".st-key-figure-funnel .js-plotly-plot")).to_have_count(1)


def open_folds(page: Page) -> None:
    for fold in FOLDS:
        page.locator("summary", has_text=fold).click()
        wait_until_drawn(page)


def test_a_manager_sees_every_picture_and_its_table(
    server: str, desktop: Page, axe: Callable[..., None]
) -> None:
    page = desktop
    open_page(page, server, "/municipalities?by=year&county=07")
    expect(page.locator(".st-key-news")).to_contain_text("Hela Kronobergs län")
    open_folds(page)

    # The pictures, all there; the map is of plain lines, and the watch has seen no other host asked.
    expect(page.locator(".st-key-figure-tiles .js-plotly-plot")).to_have_count(1)
    expect(page.locator(".st-key-figure-map .js-plotly-plot")).to_have_count(1)
    expect(page.locator(".st-key-figure-map .scatterlayer .trace").first).to_be_visible()
    expect(page.locator(".st-key-figure-lines .js-plotly-plot")).to_have_count(4)

    # The same as a table, in the order of the alphabet, and as a file.
    names = page.locator("table").first.locator("tbody tr td:first-child")
    expect(names).to_have_text([*KRONOBERG, "Kronobergs län"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta CSV: Personcentrering").click()
    assert re.fullmatch(r"kronobergs-lan-personcentrering-\d{4}\.csv", download.value.suggested_filename)
    axe(page)

    # Nobody is called best or worst, and nothing is ranked.
    expect(page.get_by_text(re.compile(r"\b(bäst|sämst|topp|plats \d)", re.IGNORECASE))).to_have_count(0)


def test_the_page_fits_a_phone(server: str, phone: Page, axe: Callable[..., None]) -> None:
    page = phone
    open_page(page, server, "/municipalities?by=year&county=07")
    open_folds(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"]  # type: ignore[index]
    axe(page)
