"""On which screens is a page looked at: how wide, how enlarged, and what does not fit there?"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

OFFICE = (1280, 1024)  # CSS pixels: what WCAG 1.4.10 begins with before it enlarges
BIG_TEXT = "document.documentElement.style.fontSize = ''"
TWICE = """() => {
  const html = document.documentElement;
  html.style.fontSize = `${2 * parseFloat(getComputedStyle(html).fontSize)}px`;
}"""

# What sticks out sideways, each as a line to read; what scrolls inside itself does not.
OUTSIDE = """() => {
  const scrollers = [document.documentElement, document.querySelector('[data-testid="stMain"]')];
  const wide = scrollers.filter((one) => one && one.scrollWidth > one.clientWidth + 1);
  const isInside = (one) => {
    for (let box = one.parentElement; box && !scrollers.includes(box); box = box.parentElement)
      if (getComputedStyle(box).overflowX !== "visible") return true;
    return false;
  };
  const name = (one) => `${one.tagName.toLowerCase()}.${[...one.classList].slice(0, 3).join(".")}`;
  return wide.flatMap((box) => {
    const edge = box.getBoundingClientRect();
    const out = [...box.querySelectorAll("*")].filter((one) => {
      const place = one.getBoundingClientRect();
      return place.width && (place.right > edge.right + 1 || place.left < edge.left - 1) && !isInside(one);
    });
    return [`${box.scrollWidth} of ${box.clientWidth} pixels`, ...out.slice(-3).map(name)];
  });
}"""


@dataclass(frozen=True)
class Screen:
    """A size in CSS pixels. Enlarging leaves fewer of them, but for `has_big_text`: text alone is larger."""

    name: str
    width: int
    height: int
    has_big_text: bool = False


def enlarge(percent: int) -> Screen:
    """An office screen in a browser that enlarges everything."""
    width, height = (side * 100 // percent for side in OFFICE)
    return Screen(f"1280 px, {percent} %", width, height)


SCREENS = (
    Screen("320 px", 320, 640),
    Screen("360 px", 360, 740),
    Screen("768 px", 768, 1024),
    Screen("1280 px", *OFFICE),
    enlarge(200),
    enlarge(400),
    Screen("1280 px, text 200 %", *OFFICE, has_big_text=True),
)
SCHEMES = ("light", "dark")


def show_on(page: Page, screen: Screen) -> None:
    """Give an open page another screen."""
    page.evaluate(BIG_TEXT)
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    if screen.has_big_text:
        page.evaluate(TWICE)


def find_outside(page: Page) -> list[str]:
    """What makes the page scroll sideways; nothing where it does not."""
    return list(page.evaluate(OUTSIDE))
