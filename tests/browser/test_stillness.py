"""Does nothing move for whoever has asked for stillness, and is what is chosen seen in their own colours?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from survey.people.roles import Role
from tests.browser.app_pages import be, open_in_app
from tests.browser.conftest import DESKTOP
from tests.browser.plain_pages import begin

PageAt = Callable[..., Page]
# Everything that would be moved for longer than the eye sees, or scrolled softly.
MOVING = """() => {
  const count = (time) => parseFloat(time) * (time.includes("ms") ? 1 : 1000);
  const longest = (times) => Math.max(...times.split(",").map(count));
  return [...document.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    const isAnimated = style.animationName !== "none" && longest(style.animationDuration) > 1;
    return isAnimated || longest(style.transitionDuration) > 1 || style.scrollBehavior === "smooth";
  }).map((one) => one.outerHTML.slice(0, 100));
}"""
SPINNING = (
    "document.body.style.animation = '2s linear infinite spin'; document.body.style.transition = 'all 2s'"
)


@pytest.mark.parametrize("address", ["/e", "/vad-hande-sen/0781", "/arsberattelse", "/tillganglighet"])
def test_nothing_moves_on_a_plain_page_for_anybody(server: str, page_at: PageAt, address: str) -> None:
    page = page_at(*DESKTOP)
    page.goto(server + address)
    assert page.evaluate(MOVING) == []
    page.evaluate(SPINNING)
    assert page.evaluate(MOVING) != []


@pytest.mark.parametrize("address", ["/", "/trends?area=0781", "/missions?view=request"])
def test_nothing_moves_in_the_app_for_whoever_asks_for_stillness(
    server: str, page_at: PageAt, address: str
) -> None:
    page = page_at(*DESKTOP, reduced_motion="reduce")
    be(page, server, Role.MANAGER)
    open_in_app(page, server + address)
    assert page.evaluate(MOVING) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) != []


def test_what_is_chosen_and_focused_is_seen_in_colours_of_the_readers_own(
    server: str, page_at: PageAt, axe: Callable[..., None]
) -> None:
    page = page_at(*DESKTOP, forced_colors="active")
    begin(page, server)
    first = page.locator("input[name=b1]").first
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    option = page.locator(".option:has(input[name=b1]:checked)")
    assert option.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
    assert first.evaluate("(one) => getComputedStyle(one).appearance") == "auto"
    axe(page)
