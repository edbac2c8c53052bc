"""Can everybody do what they come for without a mouse, and do they always see where they are?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from survey.language import Words, speak
from survey.people.roles import Role
from tests.browser.app_pages import SLOW, be, open_in_app
from tests.browser.by_keyboard import press_on, tab_to
from tests.browser.conftest import DESKTOP
from tests.browser.watched_page import wait_until_drawn

PageAt = Callable[..., Page]


def skip_to_content(page: Page) -> None:
    """The first stop of every page is the way past its menu."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Till innehållet")).to_be_focused()
    page.keyboard.press("Enter")


def press_in_form(page: Page, words: Words, key: str, **facts: str) -> None:
    """Press a button of a plain page."""
    button = page.get_by_role("main").get_by_role("button", name=words.say(key, **facts), exact=True)
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_a_resident_answers_on_the_plain_pages(server: str, page_at: PageAt, language: str) -> None:
    page, words = page_at(*DESKTOP), speak(language)
    page.goto(f"{server}/e?sprak={language}")
    with page.expect_navigation():
        press_on(page, page.locator(".rounds a").first)
    expect(page.locator("html")).to_have_attribute("dir", words.language.direction)
    press_in_form(page, words, "answer.begin_full", minutes="8")
    tab_to(page, page.locator("input[name=b1]").first)
    page.keyboard.press("Space")
    expect(page.locator("input[name=b1]").first).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=b1]").nth(1)).to_be_checked()
    press_on(page, page.locator("input[name=b5][value=rehab]"), "Space")
    expect(page.locator("input[name=b5][value=rehab]")).to_be_checked()
    for number in range(2, 6):
        press_in_form(page, words, "answer.next")
        expect(page.locator(".progress")).to_have_text(words.say("answer.part_of", number=number, of=5))
    press_in_form(page, words, "answer.back")
    press_in_form(page, words, "answer.next")
    press_in_form(page, words, "answer.next")
    expect(page.get_by_role("heading", level=1)).to_have_text(words.say("answer.look_over"))
    press_in_form(page, words, "answer.send")
    expect(page.get_by_role("heading", level=1)).to_have_text(words.say("answer.sent_title"))


def test_a_resident_answers_in_the_app(server: str, page_at: PageAt) -> None:
    page = page_at(*DESKTOP)
    open_in_app(page, f"{server}/")
    heading = page.get_by_role("heading", level=1)
    skip_to_content(page)
    open_round = page.locator('[class*="st-key-round-var-vard"]')
    press_on(page, open_round.get_by_role("link", name="Svara i appen i stället"))
    expect(heading).to_have_text("Invånarupplevelse nära vård", timeout=SLOW)
    expect(heading).to_be_focused()
    press_on(page, page.get_by_role("link", name="Börja, cirka 8 minuter"))
    expect(heading).to_have_text("Vem svaren handlar om", timeout=SLOW)
    wait_until_drawn(page)
    asked = page.get_by_role("radiogroup", name="Vem handlar svaren om?")
    tab_to(page, asked.get_by_role("radio").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(asked.get_by_role("radio").nth(1)).to_be_checked()
    for title in ("Hur du blir bemött", "Samordning", "Kontakt", "Till sist", "Titta igenom"):
        press_on(page, page.get_by_role("button", name="Nästa", exact=True))
        expect(heading).to_contain_text(title)
        expect(heading).to_be_focused()
    press_on(page, page.get_by_role("button", name="Skicka svaren"))
    expect(heading).to_have_text("Tack. Dina svar är skickade.")
    expect(heading).to_be_focused()


def test_a_panel_member_reads_a_comment_and_writes_a_proposal(server: str, page_at: PageAt) -> None:
    page = page_at(*DESKTOP)
    be(page, server, Role.PANEL_MEMBER, "d4")
    open_in_app(page, f"{server}/coding")
    skip_to_content(page)
    press_on(page, page.get_by_role("checkbox", name="Kontinuitet", exact=True), "Space")
    press_on(page, page.get_by_role("button", name="Spara och ta nästa"))
    expect(page.get_by_text("Sparat.", exact=True)).to_be_visible(timeout=SLOW)
    expect(page.locator(".st-key-problem")).to_be_focused()

    open_in_app(page, f"{server}/proposals?area=0880")
    skip_to_content(page)
    press_on(page, page.locator("summary", has_text="Skriv ett nytt förslag"))
    title = page.get_by_label(re.compile("^Rubrik"))
    expect(title).to_be_visible()
    tab_to(page, title)
    page.keyboard.type("Stolar vid disken")
    press_on(page, page.get_by_role("button", name="Spara utkastet", exact=True))
    expect(page.get_by_text("Skriv vad ni föreslår.")).to_be_visible()
    expect(page.locator(".st-key-problem")).to_be_focused()


def test_a_coordinator_opens_a_round_and_is_told_what_is_missing(server: str, page_at: PageAt) -> None:
    page = page_at(*DESKTOP)
    be(page, server, Role.COORDINATOR)
    open_in_app(page, f"{server}/rounds")
    skip_to_content(page)
    tab_to(page, page.get_by_label("Rubrik som de som svarar ser").first)
    page.keyboard.type("Vintern")
    press_on(page, page.get_by_role("button", name="Öppna omgången").first)
    expect(page.locator(".st-key-problem")).to_be_focused()


def test_a_manager_chooses_a_municipality_and_fetches_its_figures(server: str, page_at: PageAt) -> None:
    page = page_at(*DESKTOP)
    be(page, server, Role.MANAGER)
    open_in_app(page, f"{server}/trends")
    skip_to_content(page)
    tab_to(page, page.get_by_role("combobox", name="Område"))
    page.keyboard.type("Ljungby")
    expect(page.get_by_role("option", name="Ljungby", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Resultat för Ljungby")
    wait_until_drawn(page)
    file = page.get_by_role("button", name=re.compile("^Hämta CSV")).first
    tab_to(page, file)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.startswith("ljungby-")


@pytest.mark.parametrize(
    ("address", "fold", "name"),
    [
        ("/trends?area=0781", "Tabell, frågor och hur siffrorna räknas", "Kontinuitet"),
        ("/groups?area=07", "Tabell och hur siffrorna räknas", "Komplexa behov"),
    ],
)
def test_a_manager_opens_a_table_under_a_chart_and_moves_it_sideways(
    server: str, page_at: PageAt, address: str, fold: str, name: str
) -> None:
    page = page_at(360, 740)  # where the table is wider than its room
    be(page, server, Role.MANAGER)
    open_in_app(page, f"{server}{address}")
    skip_to_content(page)
    press_on(page, page.locator("summary", has_text=f"{fold}: {name}"))
    table = page.get_by_role("table", name=name, exact=True)
    expect(table).to_be_visible()
    wait_until_drawn(page)
    room = page.locator("[data-testid=stTable] [tabindex='0']", has=table)
    tab_to(page, room)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(room) => room.scrollLeft > 0", arg=room.element_handle())
