"""Can somebody who reads Arabic answer on a small phone, and is there English of the framework in Swedish?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from survey.language import speak
from survey.people.roles import Role
from tests.browser.accessibility import check_accessibility, wait_until_settled
from tests.browser.app_pages import be, list_menu, open_in_app, unfold
from tests.browser.conftest import DESKTOP, PHONE

PageAt = Callable[..., Page]
ARABIC, SWEDISH = speak("ar"), speak("sv")
WRITTEN, KEPT = "اتصلوا بي على 070-123 45 67", "اتصلوا بي على [telefon]"
IS_RIGHT_ALIGNED = "e => getComputedStyle(e).direction === 'rtl'"

# What Streamlit 1.67 says by itself; docs/languages.md tells what is left.
FRAMEWORK_ENGLISH = re.compile(
    r"Press (Ctrl\+)?Enter|Choose (an )?options?|Choose date|No results|No options|Drag and drop|Browse files"
    r"|Limit \d|per file|file upload|Add files|^Upload$|View fullscreen|^Fullscreen$|Show/hide columns|Deploy"
    r"|Running|Connecting|^Close$|^Dismiss$|Clear (value|all)|^Clear$|Select (date|all)|^progress$"
    r"|crement$|^Open$|Sidebar|sidebar|App pages|Skip to main|Copy to clipboard|Download as|Mermaid|Rerun"
    r"|Page not found|Connection error|Made with|(Next|Previous) month|^(year|month|day), "
)
COLLECT = """() => {
  const found = new Set();
  for (const one of document.querySelectorAll("body *")) {
    if (!one.getClientRects().length || one.closest("style, script")) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (one.getAttribute(name)) found.add(one.getAttribute(name));
    for (const child of one.childNodes)
      if (child.nodeType === 3 && child.textContent.trim()) found.add(child.textContent.trim());
  }
  return [...found];
}"""


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_somebody_who_reads_arabic_answers_the_short_form(server: str, page_at: PageAt) -> None:
    page = page_at(*PHONE, locale="ar", java_script_enabled=True, has_touch=True, is_mobile=True)
    page.goto(f"{server}/e")
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "sv")

    # The browser's language is offered in its own words, and chosen.
    page.get_by_role("link", name="القراءة باللغة العربية").click()
    page.locator(".rounds a").first.click()
    expect(html).to_have_attribute("lang", "ar")
    expect(html).to_have_attribute("dir", "rtl")
    expect(page.locator(".draft")).to_contain_text(ARABIC.say("answer.unreviewed"))
    check_accessibility(page)
    press(page, ARABIC.say("answer.begin_short", minutes="3"))

    page.get_by_role("group", name="من هو الشخص الذي تخصه الإجابات؟").get_by_label("أنا", exact=True).check()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    check_accessibility(page)
    for number in range(2, 5):
        press(page, ARABIC.say("answer.next"))
        expect(page.locator(".progress")).to_have_text(ARABIC.say("answer.part_of", number=number, of=5))

    # What is written is kept without the number, in its own direction.
    page.locator("textarea").first.fill(WRITTEN)
    press(page, ARABIC.say("answer.next"))

    # To Swedish half-way and back: nothing is lost.
    page.locator("summary").click()
    page.locator(".tongues").get_by_role("button", name="Svenska", exact=True).click()
    expect(html).to_have_attribute("dir", "ltr")
    page.locator("summary").click()
    page.locator(".tongues").get_by_role("button", name="العربية").click()
    expect(html).to_have_attribute("dir", "rtl")
    press(page, ARABIC.say("answer.next"))

    expect(page.get_by_role("heading", level=1)).to_have_text(ARABIC.say("answer.look_over"))
    kept = page.get_by_text(KEPT, exact=True)
    assert kept.evaluate(IS_RIGHT_ALIGNED)
    assert "070-123" not in page.content()
    check_accessibility(page)
    press(page, ARABIC.say("answer.send"))
    expect(page.get_by_role("heading", level=1)).to_have_text(ARABIC.say("answer.sent_title"))
    assert not page.locator(".receipt").evaluate(IS_RIGHT_ALIGNED), "the words are Latin letters"
    check_accessibility(page)


def find_english(page: Page) -> list[str]:
    return sorted(one for one in page.evaluate(COLLECT) if FRAMEWORK_ENGLISH.search(one))


@pytest.fixture
def reader(page_at: PageAt) -> Page:
    return page_at(*DESKTOP, locale="sv-SE")


def test_no_page_of_the_menu_shows_english_of_the_framework(server: str, reader: Page) -> None:
    found: dict[str, list[str]] = {}
    is_now: Role | None = None
    for one in sorted(list_menu(), key=lambda one: one.role):
        if one.role is not is_now:
            be(reader, server, one.role)
        is_now = one.role
        open_in_app(reader, server + one.address)
        unfold(reader)
        found[one.name] = find_english(reader)
    assert {name: english for name, english in found.items() if english} == {}


def test_fields_that_are_opened_are_not_in_english(server: str, reader: Page) -> None:
    page = reader
    be(page, server, Role.MANAGER)
    open_in_app(page, f"{server}/missions?view=request")
    page.get_by_test_id("stDateInputCalendarButton").first.click()
    expect(page.get_by_role("dialog", name=SWEDISH.say("frame.calendar"))).to_be_visible()
    expect(
        page.get_by_role("gridcell").get_by_role("button", name=re.compile("^måndag")).first
    ).to_be_attached()
    wait_until_settled(page)
    assert find_english(page) == []
    page.keyboard.press("Escape")
    page.get_by_test_id("stMultiSelect").get_by_role("combobox").first.click()
    expect(page.get_by_role("listbox")).to_be_visible()
    wait_until_settled(page)
    assert find_english(page) == []


def test_a_translator_mends_a_text_and_approves_it(server: str, page_at: PageAt) -> None:
    page = page_at(*DESKTOP, locale="sv-SE")
    be(page, server, Role.TRANSLATOR)
    open_in_app(page, f"{server}/translations")
    check_accessibility(page)
    first = page.locator('[class*="st-key-translation-ltr-"]').first
    expect(first).to_contain_text("answer.about_1")
    first.get_by_role("textbox").fill("Wir fragen nicht, wer Sie sind. {vem}")
    first.get_by_role("button", name="Godkänn").click()
    expect(page.locator(".st-key-problem")).to_contain_text("Inget är sparat.")
    expect(page.get_by_text("{vem} finns inte i den svenska texten.")).to_be_visible()
    first.get_by_role("textbox").fill("Wir fragen nicht, wer Sie sind.")
    first.get_by_role("button", name="Godkänn").click()
    expect(page.get_by_text("En text är sparad.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^1 av \d{3}"))).to_be_visible()
