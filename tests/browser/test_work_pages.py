"""Can people at work use every page of theirs, on any screen, and see on a line what they wrote down?"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.watched_page import wait_until_drawn

PageAt = Callable[..., Page]
TARGET = "Mål i poäng, 0 till 100"
IMPROVED = "Kontinuitet (har förbättrats|stiger|ligger högre än vanligt)"


def open_page(page: Page, server: str, role: str, address: str) -> None:
    page.goto(f"{server}/roll/{role}?to=/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(server + address)
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_manager_goes_from_what_changed_to_the_line_and_its_questions(server: str, desktop: Page) -> None:
    """Which five signals the start page shows depends on chance; what was planted is told on its own page."""
    page = desktop
    open_page(page, server, "manager", "/")
    signal = page.locator('[class*="st-key-signal-"]').first
    area = signal.inner_text().partition(":")[0]
    signal.get_by_role("link", name=f"Se linjerna för {area}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"^Resultat för .*{area}"))
    wait_until_drawn(page)

    open_page(page, server, "manager", "/trends?area=0781")
    expect(page.locator(".st-key-news")).to_contain_text(re.compile(IMPROVED))

    # What was done and the goal stand on the line, in the chart and in words below it.
    figure = page.locator(".st-key-figure-kontinuitet")
    expect(figure).to_contain_text("Fast vårdkontakt införs (åtgärd från")
    expect(figure).to_contain_text(re.compile(r"målet 72 till \w+ \d{4}", re.IGNORECASE))
    expect(figure.locator(".annotation-text", has_text="Mål 72")).to_be_visible()
    expect(figure.locator(".legend", has_text="Medel och gränser för slumpen")).to_be_visible()

    # The questions behind, with their answers where enough have answered: in the whole county.
    page.goto(f"{server}/trends?area=07")
    wait_until_drawn(page)
    page.get_by_text("Tabell, frågor och hur siffrorna räknas: Kontinuitet", exact=True).click()
    expect(page.get_by_text(re.compile(r"^Frågorna bakom, "))).to_be_visible()
    expect(page.locator(".barlayer .trace").first).to_be_visible()
    # What others have measured is never taken for the survey's own.
    expect(page.get_by_text("Hämtat utifrån – inte från enkäten").first).to_be_visible()


def test_the_trend_page_prints_on_one_sheet(server: str, desktop: Page) -> None:
    open_page(desktop, server, "manager", "/trends?area=0781")
    expect(desktop.locator(".js-plotly-plot")).to_have_count(3)
    sheets = re.findall(rb"/Type\s*/Page\b", desktop.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1


def test_a_goal_is_written_down_and_stands_on_the_line(server: str, desktop: Page) -> None:
    page = desktop
    open_page(page, server, "manager", "/follow-up?area=0880")
    page.locator("summary", has_text="Lägg till ett mål").click()
    wait_until_drawn(page)
    target, due = page.get_by_label(TARGET), page.get_by_label(re.compile("^Ska nås senast"))
    target.fill("172")
    due.fill("2030-12")
    page.get_by_label(re.compile("^Beslut bakom målet")).fill("Beslut i nämnden")
    page.get_by_role("button", name="Spara").click()

    # What is wrong is said, and nothing that was typed is lost.
    expect(page.get_by_text("Målet ”172” går inte att använda")).to_be_visible()
    wait_until_drawn(page)
    expect(target).to_have_value("172")
    expect(due).to_have_value("2030-12")
    target.fill("72,5")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Målet är sparat")).to_be_visible()

    page.goto(f"{server}/trends?area=0880")
    wait_until_drawn(page)
    expect(page.get_by_text(re.compile("Målet 72,5 till december 2030"))).to_be_visible()


def test_an_officer_searches_the_log_takes_it_out_and_finds_it_untouched(server: str, desktop: Page) -> None:
    page = desktop
    open_page(page, server, "data_protection_officer", "/audit-log")
    page.get_by_label("Vem (början av rollen").fill("system")
    page.get_by_role("button", name="Sök i loggen").click()
    expect(page).to_have_url(re.compile("actor=system"))
    wait_until_drawn(page)
    page.get_by_role("button", name="Kontrollera loggen").click()
    expect(page.get_by_text(re.compile("^Loggen är orörd:"))).to_be_visible()
    page.get_by_role("button", name="Gör filen").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Ladda ned filen").click()
    text = taken.value.path().read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "När;Vem;Vad;Om;Uppgifter"
    assert "audit log exported" not in text  # the search was for what the service did by itself

    # A manager who types the address is told, and sees no event.
    open_page(page, server, "manager", "/audit-log")
    expect(page.locator(".st-key-problem")).to_be_visible()
    expect(page.get_by_role("button", name="Kontrollera loggen")).to_have_count(0)


def test_an_officer_takes_the_papers_along(server: str, desktop: Page) -> None:
    page = desktop
    open_page(page, server, "data_protection_officer", "/data-protection")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Ladda ned registerförteckning").click()
    text = taken.value.path().read_text(encoding="utf-8")
    assert text.startswith("# Registerförteckning (artikel 30)")
    assert "Kalmar län" in text and "[fyll i]" in text
