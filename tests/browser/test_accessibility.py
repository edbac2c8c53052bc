"""Does every page keep nobody out, on a screen, in colours and in a language that are another for each?

Each page is seen once, so that it is quick; `python -m benchmarks.audit_accessibility` sees each in all ways.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import check_accessibility
from tests.browser.app_pages import QUICK, be, list_app_pages, open_in_app, speak_in
from tests.browser.plain_pages import READ_AT_WORK, READ_BY_ANYBODY, visit_pages
from tests.browser.screens import OFFICE, SCREENS, Screen, enlarge, find_outside, show_on

PageAt = Callable[..., Page]
WAYS = [
    ("sv", "light", SCREENS[0]),
    ("en", "dark", SCREENS[1]),
    ("sv", "dark", SCREENS[2]),
    ("en", "light", SCREENS[3]),
    ("sv", "light", enlarge(200)),
    ("en", "dark", enlarge(400)),
]
NARROWEST, SMALL, ENLARGED = SCREENS[0], SCREENS[1], enlarge(400)
STICKS_OUT = """() => {
  const wide = document.createElement("p");
  wide.style.width = "2000px";
  wide.textContent = "x";
  document.querySelector('[data-testid="stMain"], main').append(wide);
}"""


def check(page: Page, name: str) -> None:
    """It keeps nobody out and never scrolls sideways."""
    check_accessibility(page)
    assert find_outside(page) == [], name


def open_on(page_at: PageAt, screen: Screen, scheme: str) -> Page:
    return page_at(screen.width, screen.height, color_scheme=scheme)


@pytest.mark.parametrize("at", range(len(WAYS)), ids=[f"{one} {how} {on.name}" for one, how, on in WAYS])
def test_no_page_of_the_app_keeps_anybody_out_or_scrolls_sideways(
    server: str, page_at: PageAt, at: int
) -> None:
    language, scheme, screen = WAYS[at]
    page = open_on(page_at, screen, scheme)
    mine = list_app_pages()[at :: len(WAYS)]
    assert mine
    speak_in(page, server, language)
    for one in mine:
        be(page, server, one.role, one.person)
        open_in_app(page, server + one.address)
        expect(page.locator("html")).to_have_attribute("data-theme", scheme)
        check(page, one.name)


@pytest.mark.parametrize(
    ("language", "scheme", "screen"),
    [
        ("sv", "light", SMALL),
        ("ar", "dark", NARROWEST),
        ("en", "light", ENLARGED),
        ("sv-x-lattlast", "dark", SMALL),
    ],
)
def test_no_page_of_the_plain_form_keeps_anybody_out_or_scrolls_sideways(
    server: str, page_at: PageAt, language: str, scheme: str, screen: Screen
) -> None:
    page = open_on(page_at, screen, scheme)
    seen = []
    for name in visit_pages(page, server, language):
        seen.append(name)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        check(page, name)
    assert len(seen) == 17


@pytest.mark.parametrize(
    ("language", "scheme", "screen"), [("sv", "dark", NARROWEST), ("en", "light", enlarge(200))]
)
def test_no_other_plain_page_keeps_anybody_out_or_scrolls_sideways(
    server: str, page_at: PageAt, language: str, scheme: str, screen: Screen
) -> None:
    page = open_on(page_at, screen, scheme)
    for role, address in [*(("resident", one) for one in READ_BY_ANYBODY), *READ_AT_WORK]:
        page.goto(f"{server}/roll/{role}?to={QUICK}")
        page.goto(server + address % f"?sprak={language}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        check(page, address)


@pytest.mark.parametrize("address", ["/e", "/metod"])
def test_a_page_that_scrolls_sideways_is_seen(server: str, page_at: PageAt, address: str) -> None:
    page = page_at(*OFFICE)
    page.goto(server + address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    show_on(page, NARROWEST)
    page.evaluate(STICKS_OUT)
    assert [one for one in find_outside(page) if one.startswith("p.")]
