"""Do residents' words reach managers as themes and cleared quotes, by way of a member who reads them?"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_work_pages import open_page
from tests.browser.watched_page import wait_until_drawn

PageAt = Callable[..., Page]


def open_as(page: Page, server: str, who: str, address: str) -> None:
    """Open a page as a role, or as one of its people: panel_member?person=a1."""
    page.goto(f"{server}/roll/{who}{'&' if '?' in who else '?'}to=/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(server + address)
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_member_reads_masks_and_asks_for_an_answer_and_the_coordinator_gives_it(
    server: str, desktop: Page
) -> None:
    page = desktop
    open_as(page, server, "panel_member?person=b2", "/coding")
    text = page.locator(".st-key-to-code blockquote").inner_text()

    # A word that is not there is told; one that is, is gone everywhere.
    page.get_by_text("Någon kan kännas igen", exact=True).click()
    page.get_by_label("Ord som ska bort").fill("finns inte här alls")
    page.get_by_role("button", name="Ta bort orden").click()
    expect(page.get_by_text("Orden står inte så i kommentaren.")).to_be_visible()
    first = re.findall(r"[^\W\d_]{4,}", text)[0]
    page.get_by_label("Ord som ska bort").fill(first)
    page.get_by_role("button", name="Ta bort orden").click()
    expect(page.get_by_text("Orden är borttagna ur kommentaren, överallt.")).to_be_visible()
    expect(page.locator(".st-key-to-code blockquote")).to_contain_text("[borttaget]")

    # It is urgent: the coordinator sees it, and says what was done.
    page.get_by_text("Behöver svar nu", exact=True).click()
    page.get_by_label("Varför är det bråttom?").fill("Någon kan fara illa.")
    page.get_by_role("button", name="Säg till samordnaren").click()
    expect(page.get_by_text("Samordnaren ser nu kommentaren.")).to_be_visible()
    open_page(page, server, "coordinator", "/answers")
    waiting = page.locator("[class*='st-key-needing-']").filter(has_text="Någon kan fara illa.")
    expect(waiting).to_contain_text("[borttaget]")
    waiting.get_by_label("Vad gjordes?").fill("Enheten är uppringd.")
    waiting.get_by_role("button", name="Spara och avsluta").click()
    expect(page.get_by_text("Ingen kommentar väntar på svar.")).to_be_visible()


def test_what_a_member_codes_is_saved_and_the_next_comment_comes(server: str, desktop: Page) -> None:
    page = desktop
    open_as(page, server, "panel_member?person=c3", "/coding")
    before = page.locator(".st-key-to-code blockquote").inner_text()
    page.get_by_text("Kontinuitet", exact=True).click()
    page.get_by_role("button", name="Spara och ta nästa").click()
    expect(page.get_by_text("Sparat.", exact=True)).to_be_visible()
    wait_until_drawn(page)
    # Passing over gives the comment back.
    page.get_by_role("button", name="Hoppa över").click()
    wait_until_drawn(page)
    expect(page.locator(".st-key-to-code blockquote")).to_be_visible()
    assert before


def test_a_manager_sees_themes_but_no_comment_that_nobody_cleared(server: str, desktop: Page) -> None:
    page = desktop
    open_page(page, server, "manager", "/trends?area=08&by=quarter")
    page.get_by_text(re.compile("^Tabell, frågor och hur siffrorna räknas")).first.click()
    page.get_by_role("link", name=re.compile("^Vad invånarna skrev, kvartal")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad invånarna skriver: Kalmar län")
    wait_until_drawn(page)
    expect(page.locator(".st-key-news")).to_contain_text("skrev flest om")
    expect(page.locator(".st-key-figure-themes .js-plotly-plot")).to_be_visible()
    expect(page.get_by_text("Inget tema funnet").first).to_be_attached()
    # What has begun in the county is told, with its words.
    expect(page.get_by_text("labbet stängde").first).to_be_visible()
    expect(page.get_by_role("heading", name="Sök bland dem som får visas")).to_be_visible()
    page.get_by_label("Ord att söka efter").fill("xyzxyz")
    page.get_by_label("Ord att söka efter").press("Enter")
    expect(page.get_by_text("0 kommentarer.")).to_be_visible()
    assert "xyz" not in page.url

    # A municipality with few is hidden and says so; nonsense in the address is told.
    page.goto(f"{server}/comments?area=0760")
    wait_until_drawn(page)
    expect(page.get_by_text("För få kommentarer för att visa vad de handlar om")).to_be_visible()
    page.goto(f"{server}/comments?area=9999&period=2026-13")
    wait_until_drawn(page)
    expect(page.locator(".st-key-problem").first).to_be_visible()

    # Who may not read gets no further by typing the address.
    page.goto(f"{server}/coding")
    wait_until_drawn(page)
    expect(page.get_by_text("Spara och ta nästa")).to_have_count(0)


def test_a_coordinator_learns_from_the_coding_puts_it_in_force_and_goes_back(
    server: str, desktop: Page
) -> None:
    page = desktop
    open_page(page, server, "coordinator", "/learning")
    expect(page.get_by_text("Nu föreslås teman av: ordlistorna")).to_be_visible()
    page.get_by_role("button", name="Lär av kodningen").click()
    expect(page.get_by_role("heading", name="modell 1")).to_be_visible(timeout=120_000)
    wait_until_drawn(page)
    expect(page.get_by_text(re.compile("^Alla teman tillsammans: "))).to_be_visible()
    page.get_by_label("Varför?").fill("Prövas ett kvartal.")
    page.get_by_role("button", name="Sätt i kraft").click()
    expect(page.get_by_text("Nu föreslås teman av: modell 1")).to_be_visible()
    expect(page.get_by_text("Prövas ett kvartal.")).to_be_visible()
    wait_until_drawn(page)
    page.get_by_text("ordlistorna", exact=True).click()
    page.get_by_label("Varför?").fill("Tillbaka.")
    page.get_by_role("button", name="Sätt i kraft").click()
    expect(page.get_by_text("Nu föreslås teman av: ordlistorna")).to_be_visible()
