"""Can a researcher ask for a file, an officer approve it, and the file be fetched, in a real browser?"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta

import httpx
from playwright.sync_api import Page, expect

from survey.installation import find_today
from tests.browser.watched_page import wait_until_drawn

PageAt = Callable[..., Page]
LONG = 120_000  # milliseconds; a file of three years is made on a machine that others use


def open_as(page: Page, server: str, role: str, person: str) -> None:
    page.goto(f"{server}/roll/{role}?person={person}&to=/research")
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Forskning")


def test_a_researcher_asks_an_officer_approves_and_the_file_is_fetched(
    server: str, page_at: PageAt, axe: Callable[..., None]
) -> None:
    page = page_at(360)
    open_as(page, server, "researcher", "f0")
    axe(page)
    page.get_by_role("button", name="Skicka begäran").click()
    wait_until_drawn(page)
    expect(page.get_by_text("Skriv diarienumret från Etikprövningsmyndigheten")).to_be_visible()
    page.get_by_label("Vad filen ska användas till").fill(
        "Att undersöka hur kontinuitet hänger ihop med ålder."
    )
    page.get_by_label("Diarienummer hos Etikprövningsmyndigheten").fill("2026-01234-01")
    page.get_by_label("Forskningshuvudman").fill("Linnéuniversitetet")
    page.get_by_label("Vilka som ska arbeta med filen").fill("Två forskare")
    page.get_by_label("Till och med vilken dag").fill(str(find_today() + timedelta(days=200)))
    page.get_by_text("Jag godtar villkoren").click()
    page.get_by_role("button", name="Skicka begäran").click()
    expect(page.get_by_text("Begäran är skickad.")).to_be_visible()

    open_as(page, server, "data_protection_officer", "d0")
    expect(page.get_by_text("2026-01234-01")).to_be_visible()
    page.get_by_label("Skäl").first.fill("Beslutet stämmer")
    page.get_by_role("button", name="Godkänn").click()
    expect(page.get_by_text("Begäran är godkänd.")).to_be_visible()

    open_as(page, server, "researcher", "f0")
    page.get_by_role("button", name="Gör filen").click()
    expect(page.get_by_text("Filen är gjord och kan hämtas.")).to_be_visible(timeout=LONG)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("link", name="Till filen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hämta filen")
    axe(page)
    with page.expect_download() as fetching:
        page.get_by_role("button", name="Hämta").click()
    packet = zipfile.ZipFile(fetching.value.path())
    assert packet.namelist() == ["answers.parquet", "codebook.md", "codebook.xml", "agreement.txt"]


def test_anybody_sees_what_there_is_to_fetch(server: str, page_at: PageAt, axe: Callable[..., None]) -> None:
    page = page_at(360)
    page.goto(f"{server}/files")
    wait_until_drawn(page)
    axe(page)
    answer = httpx.get(f"{server}/oppna-data/invanarupplevelse/hierarchies.csv", timeout=600)
    assert answer.status_code == 200
    assert answer.text.startswith("dimension,code,parent\r\n")
    page.goto(f"{server}/files")
    wait_until_drawn(page)
    link = page.get_by_role("link", name=re.compile(r"Hämta cells\.xlsx"))
    with page.expect_download() as fetching:
        link.click()
    assert fetching.value.suggested_filename == "invanarupplevelse-cells.xlsx"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    axe(page)
