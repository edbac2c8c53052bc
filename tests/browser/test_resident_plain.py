"""Can a resident answer in the plain form on a small phone without scripts, and take the answers back?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.by_keyboard import tab_to
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.plain_pages import WRITTEN, begin, visit_pages

KEPT = "Hon kom alltid i tid. Ring mig på [telefon]."
NUMBER = re.compile(r"070.?123")
SMALLEST_TEXT = 16  # CSS pixels
SMALLEST_TARGET = 44  # CSS pixels, height of what is pressed
NARROWEST = 320  # CSS pixels, WCAG 1.4.10

PageAt = Callable[..., Page]


@pytest.fixture
def plain(page_at: PageAt) -> Page:
    """A small phone whose browser runs no scripts."""
    return page_at(*PHONE, java_script_enabled=False, has_touch=True, is_mobile=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def expect_part(page: Page, number: int, heading: str) -> None:
    expect(page.locator(".progress")).to_have_text(f"Del {number} av 5")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_a_resident_answers_without_scripts_and_takes_the_answers_back(server: str, plain: Page) -> None:
    page = plain
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))

    # Part 1 in easy-to-read Swedish.
    address = begin(page, server, language="sv-x-lattlast")
    expect(page.locator("html")).to_have_attribute("lang", "sv-x-lattlast")
    expect_part(page, 1, "Vem du svarar för")
    choose(page, "Vem svarar du för?", "Mig själv som anhörig")
    page.get_by_label("I vilken kommun bor du?").select_option("Växjö")
    press(page, "Nästa")

    # Part 2, half-way through to Swedish: what was chosen stays.
    expect_part(page, 2, "Hur personalen möter dig")
    choose(page, "Hjälpen passar det liv som jag vill leva.", "Passar inte mig / vet inte")
    page.locator("summary").click()
    page.get_by_role("button", name="Svenska", exact=True).click()
    expect_part(page, 2, "Hur du blir bemött och vem du möter")
    shaped = page.get_by_role("group", name="Vården och omsorgen formas efter hur jag vill leva mitt liv.")
    expect(shaped.get_by_label("Ej aktuellt för mig / vet inte")).to_be_checked()

    # Back to part 1 and on again.
    press(page, "Tillbaka")
    expect_part(page, 1, "Vem svaren handlar om")
    about = page.get_by_role("group", name="Vem handlar svaren om?")
    expect(about.get_by_label("Mina egna erfarenheter som närstående")).to_be_checked()
    expect(page.get_by_label("I vilken kommun bor den som svaren handlar om?")).to_have_value("0780")
    press(page, "Nästa")
    press(page, "Nästa")

    # Part 3 is skipped; part 4 gets a comment with a telephone number in it.
    expect_part(page, 3, "Samordning, trygghet och delaktighet")
    press(page, "Nästa")
    page.get_by_label("Berätta om en gång när vården och omsorgen fungerade").fill(WRITTEN)
    press(page, "Nästa")
    expect_part(page, 5, "Till sist några frågor om den som svaren handlar om")
    choose(page, "Får resursgruppen för vårderfarenhet läsa", "Ja")
    press(page, "Nästa")

    # The look-over page shows what is kept.
    expect(page.get_by_role("heading", level=1)).to_have_text("Titta igenom dina svar")
    expect(page.get_by_text(KEPT, exact=True)).to_be_visible()
    expect(page.get_by_text("Ej aktuellt för mig / vet inte")).to_be_visible()
    assert not NUMBER.search(page.content())
    page.get_by_role("link", name="Ändra svaren i del 4").click()
    expect(page.get_by_label("Berätta om en gång")).to_have_value(KEPT)
    assert not NUMBER.search(page.content())

    # Sent, reloaded, and taken back with the receipt's words.
    page.goto(f"{address}/granska")
    press(page, "Skicka svaren")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack. Dina svar är skickade.")
    receipt = page.locator(".receipt").inner_text()
    assert re.fullmatch(r"[a-z]{5}(-[a-z]{5}){4}", receipt)
    page.reload()
    expect(page.locator(".receipt")).to_have_text(receipt)
    page.get_by_role("link", name="Ta tillbaka svar").click()
    page.get_by_label("Kvittots fem ord").fill(receipt.replace("-", " ").upper())
    press(page, "Radera mina svar")
    expect(page.get_by_role("status")).to_have_text("Dina svar är raderade.")

    # What must not have happened.
    assert asked and not [one.url for one in asked if not one.url.startswith(f"{server}/e")]
    assert not [one.url for one in asked if NUMBER.search(one.url) or receipt in one.url]
    cookies = page.context.cookies()
    assert cookies and [one["name"] for one in cookies if not one["httpOnly"]] == []


SMALL_TEXTS = """smallest => [...document.body.querySelectorAll('*:not(.hidden)')].filter(one =>
    [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    && parseFloat(getComputedStyle(one).fontSize) < smallest).map(one => one.outerHTML)"""
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true })"
LOW_TARGETS = """smallest => [...document.querySelectorAll(
    'button:not(.hidden), .button, .option, select, textarea, input[type=text], header a, footer a')]
    .filter(one => one.checkVisibility())
    .map(one => [one.getBoundingClientRect().height, one.outerHTML]).filter(one => one[0] < smallest)"""


@pytest.mark.parametrize("width", [NARROWEST, PHONE[0], DESKTOP[0]])
def test_every_page_can_be_read_and_pressed_without_scrolling_sideways(
    width: int, server: str, page_at: PageAt
) -> None:
    page = page_at(width, 740)
    for name in visit_pages(page, server, "sv"):
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate(SMALL_TEXTS, SMALLEST_TEXT) == [], name
        page.evaluate(UNFOLD)
        assert page.evaluate(LOW_TARGETS, SMALLEST_TARGET) == [], name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_part_1_can_be_walked_with_the_keyboard_alone(scheme: str, server: str, page_at: PageAt) -> None:
    page = page_at(*DESKTOP, color_scheme=scheme)
    begin(page, server)
    tab_to(page, page.locator("input[name=b1]").first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=b1][value=proxy]")).to_be_checked()
    tab_to(page, page.locator("#b2"))
    page.keyboard.type("Nybro")
    tab_to(page, page.locator("input[name=b5][value=rehab]"))
    page.keyboard.press("Space")
    passed = tab_to(page, page.locator("main button[value=next]"))
    assert passed.index("b6") < passed.index("do")
    page.keyboard.press("Enter")
    expect_part(page, 2, "Hur du blir bemött och vem du möter")
    page.go_back()
    expect(page.locator("#b2")).to_have_value("0881")
    expect(page.locator("input[name=b5][value=rehab]")).to_be_checked()


def test_enter_on_an_answer_goes_on_in_the_same_language(server: str, page_at: PageAt) -> None:
    page = page_at(*DESKTOP)
    begin(page, server)
    page.locator("input[name=b1][value=carer]").check()
    page.keyboard.press("Enter")
    expect_part(page, 2, "Hur du blir bemött och vem du möter")
    expect(page.locator("html")).to_have_attribute("lang", "sv")


@pytest.mark.parametrize(("address", "field"), [("/e/kod", "#kod"), ("/e/kvitto", "#kvitto")])
def test_enter_in_a_field_hands_it_in(address: str, field: str, server: str, plain: Page) -> None:
    plain.goto(f"{server}{address}")
    plain.locator(field).fill("fel")
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("alert")).to_be_visible()
    expect(plain.locator("html")).to_have_attribute("lang", "sv")


def test_the_way_past_the_header_is_the_first_stop(server: str, page_at: PageAt) -> None:
    page = page_at(*DESKTOP)
    begin(page, server)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Till innehållet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=b1]").first).to_be_focused()


def test_a_code_in_a_qr_codes_address_comes_into_the_field_and_leaves_the_address(
    server: str, page_at: PageAt
) -> None:
    page = page_at(*PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    page.goto(f"{server}/e/kod#ABCDEFGH234")
    expect(page.get_by_label("Koden i brevet")).to_have_value("ABCDEFGH234")
    assert page.url == f"{server}/e/kod"
    assert asked and not [url for url in asked if "ABCDEFGH234" in url]
