"""Can somebody key two forms by the keyboard alone, and how many keys does it take?"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.watched_page import wait_until_drawn

BOXES = {"b1": "1", "b2": "01", "b5": "0102", "b6": "3", "b7": "2", "b3": "4", "b4": "1", "b8": "24"}
SEVERAL = ("b5", "b8")
MOST_KEYS = 40  # for a whole form of 33 questions without free text, from its first field until it is done
KEPT = "Sparat hittills."
OPEN_ROUND = re.compile(r"Din vård och omsorg \d{4}$")  # whose forms are numbered when they come


class Keyboard:
    """Presses keys, never the mouse, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def find_field(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))


def key_whole_form(keys: Keyboard) -> None:
    """Every question answered by its paper's key, free texts left."""
    while (field := keys.find_field()) != "klar":
        if field.startswith("ft"):
            keys.press("Enter")
            continue
        keys.press(*BOXES.get(field, "2"))
        if field in SEVERAL:
            keys.press("Enter")
    keys.press("Enter")


def begin_form(page: Page, keys: Keyboard) -> None:
    """Give a form a number, as one that came without, and open it; from the field for the code."""
    for _ in range(20):
        if page.evaluate("document.activeElement.value") == "number":
            break
        keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_text("Skriv numret överst på blanketten")).to_be_visible()
    expect(page.locator("#kod")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#b1")).to_be_focused()


def test_two_forms_are_keyed_without_a_mouse_and_one_is_undone(
    server: str, desktop: Page, axe: Callable[..., None]
) -> None:
    page = desktop
    page.goto(f"{server}/roll/coordinator?person=c3&to=/keying")
    wait_until_drawn(page)
    axe(page)
    page.goto(f"{server}/roll/keyer?person=a1&to=/inmatning")
    page.get_by_role("link", name=OPEN_ROUND).click()
    page.wait_for_url(re.compile("/inmatning/var-vard-"))
    axe(page)
    keys = Keyboard(page)
    begin_form(page, keys)
    axe(page)

    keys.press("9")  # no such box: told at once, and the next key takes its place
    expect(page.get_by_role("alert").filter(has_text="Den tangenten finns inte")).to_be_visible()
    keys.press("1")
    expect(page.locator("#b2")).to_be_focused()
    expect(page.locator("#sparat")).to_have_text(KEPT)
    keys.press("ArrowUp")
    expect(page.locator("#b1")).to_be_focused()
    page.reload()
    expect(page.locator("#b1")).to_have_value("1")

    keys.pressed = 0
    key_whole_form(keys)
    assert keys.pressed <= MOST_KEYS, keys.pressed
    expect(page.locator("#kod")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text(re.compile("högen"))

    begin_form(page, keys)
    page.locator("#ft1").focus()
    page.keyboard.type("Ring mig på 070-123 45 67")
    page.locator("#b1").focus()
    key_whole_form(keys)
    expect(page.get_by_text("Läs igenom texten och tryck Klar en gång till.")).to_be_visible()
    expect(page.locator("#ft1")).to_have_value("Ring mig på [telefon]")
    page.locator("#c1").focus()
    keys.press("1")
    page.locator("#klar").focus()
    keys.press("Enter")
    expect(page.locator("#kod")).to_be_focused()
    expect(page.get_by_text(re.compile(r"Inmatade i dag: 2 av dig"))).to_be_visible()
