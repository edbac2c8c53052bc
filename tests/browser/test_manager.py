"""Can a manager see what has changed, send the page to a colleague, and see what is hidden said as hidden?"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Page, expect

from analysis.periods import Period, PeriodKind, is_over, list_periods, month_of
from survey.installation import find_today
from survey.language import speak
from tests.browser.watched_page import wait_until_drawn

TYPINGS = 3
MILLISECONDS_TO_OFFER = 4_000
WORDS = speak("sv")


def list_quarters() -> list[Period]:
    """The quarters that are over, of which the demonstration has published all."""
    today = find_today()
    quarters = list_periods(PeriodKind.QUARTER, f"{today.year - 1}-01", month_of(today))
    return [quarter for quarter in quarters if is_over(quarter, today)]


def open_as_manager(page: Page, server: str, address: str) -> None:
    page.goto(f"{server}/roll/manager?to=/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(server + address)
    wait_until_drawn(page)
    expect(page.locator(".js-plotly-plot")).to_have_count(3)


def pick(page: Page, label: str, option: str) -> None:
    """Choose in a list by typing, as one does with the keyboard.

    A run of the page that ends while one types empties the field: then one types again.
    """
    field = page.get_by_role("combobox", name=label)
    offered = page.get_by_role("option", name=option, exact=True)
    for _ in range(TYPINGS):
        wait_until_drawn(page)
        field.click()
        field.fill(option)
        with suppress(AssertionError):
            expect(offered).to_be_visible(timeout=MILLISECONDS_TO_OFFER)
            break
    expect(offered).to_be_visible()
    field.press("Enter")


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

    # From a number to how it was made, for any of its periods, and on to the method in words.
    page.get_by_text("Tabell, frågor och hur siffrorna räknas: Kontinuitet", exact=True).click()
    expect(page.get_by_text("Så räknades siffran")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Vägt efter ålder"))).to_be_visible()
    earlier, _, latest = list_quarters()[-3:]
    expect(page.get_by_text(re.compile(rf"^\d+ svar i {WORDS.period(latest.code)}"))).to_be_visible()
    pick(page, "Visa för perioden", WORDS.period(earlier.code))
    expect(page.get_by_text(re.compile(rf"^\d+ svar i {WORDS.period(earlier.code)}"))).to_be_visible()
    expect(page.get_by_text(re.compile(rf"^Publicerat med {WORDS.month(earlier.last)}"))).to_be_visible()
    expect(page.get_by_text("Revision 1, inte rättad.")).to_be_visible()
    wait_until_drawn(page)
    axe(page)

    # The same as a table and as a file.
    table = page.get_by_role("table", name="Kontinuitet", exact=True)
    expect(table.get_by_role("columnheader", name="Antal svar")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta CSV: Kontinuitet").click()
    assert re.fullmatch(
        r"ljungby-kontinuitet-kvartal-\d{4}-\d\d--\d{4}-\d\d\.csv", download.value.suggested_filename
    )

    # A second line with its explanation, its name beside its marks and its column; in the address too.
    pick(page, "Visa även", "Utjämnat för små kommuner")
    expect(page).to_have_url(re.compile(r"line=shrunk"))
    expect(page.get_by_text(re.compile(r"^Den prickade linjen är utjämnad")).first).to_be_visible()
    expect(page.locator(".legend", has_text="Utjämnat").first).to_be_visible()
    expect(page.get_by_role("columnheader", name="Utjämnat")).to_be_visible()
    pick(page, "Visa även", "Inget mer")
    expect(page).not_to_have_url(re.compile(r"line="))
    expect(page.locator(".legend", has_text="Utjämnat")).to_have_count(0)
    wait_until_drawn(page)

    # Who stands behind the numbers.
    page.get_by_text("Vilka har svarat?", exact=True).click()
    expect(page.get_by_role("columnheader", name="Andel av befolkningen").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta vilka som har svarat").click()
    assert download.value.suggested_filename.startswith("vilka-har-svarat-ljungby-")
    wait_until_drawn(page)

    # The others are drawn when they are asked for.
    page.get_by_text("Fler områden i vården och omsorgen").click()
    expect(page.get_by_role("heading", name="Trygghet", exact=True)).to_be_visible()
    wait_until_drawn(page)
    axe(page)

    page.locator(".st-key-news").get_by_role("link", name="Så räknar vi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Så räknar vi")
    expect(page.get_by_role("heading", name="Vad som är dolt, och varför")).to_be_visible()
    wait_until_drawn(page)
    axe(page)


def test_a_manager_reads_what_was_published_on_a_phone(
    server: str, phone: Page, axe: Callable[..., None]
) -> None:
    phone.goto(f"{server}/roll/manager?to=/")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.goto(f"{server}/publications")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Publiceringar")
    expect(phone.get_by_role("heading", level=2)).to_have_count(12)
    expect(phone.get_by_text("Metod 2026-2").first).to_be_visible()
    wait_until_drawn(phone)
    main = phone.locator("[data-testid=stMain]")
    assert main.evaluate("it => it.scrollWidth <= it.clientWidth"), "the page scrolls sideways"
    axe(phone)
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Hämta som CSV").click()
    assert download.value.suggested_filename == "publiceringar.csv"
    phone.get_by_text(re.compile(r"^Visa \d+ äldre publiceringar")).click()
    expect(phone.get_by_role("heading", level=2).nth(12)).to_be_visible()


def test_what_is_hidden_is_said_and_a_nonsense_address_is_explained(server: str, desktop: Page) -> None:
    open_as_manager(desktop, server, "/trends?area=0760")
    expect(desktop.get_by_text(re.compile("för få svar \\(färre än 5\\)")).first).to_be_visible()
    expect(desktop.get_by_text("dolt", exact=True).first).to_be_visible()
    desktop.goto(f"{server}/trends?area=9999&by=week&from=nonsense")
    expect(desktop.get_by_text("Det finns inget län och ingen kommun med koden 9999 här.")).to_be_visible()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Resultat för Kronobergs län")
    desktop.goto(f"{server}/trends?area=0780&by=week")
    expect(desktop.get_by_text("Det går inte att visa per week.")).to_be_visible()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Resultat för Växjö")
    expect(desktop.get_by_role("button", name="Öppna omgången")).to_have_count(0)
