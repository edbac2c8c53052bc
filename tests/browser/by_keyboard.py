"""How does somebody without a mouse come to something, and do they see where they are all the way?"""

from __future__ import annotations

from playwright.sync_api import Locator, Page

MOST_STOPS = 150
# What has the focus; it is seen when it, or what stands around it, is outlined.
FOCUS = """async () => {
  const drawn = () => new Promise((done) => requestAnimationFrame(done));
  await drawn(); await drawn(); // what has the focus is scrolled to when the page is next drawn
  const one = document.activeElement;
  for (let frame = 0, before = NaN; frame < 60; frame += 1) { // and on a phone it glides there
    const top = one.getBoundingClientRect().top;
    if (top === before) break;
    before = top;
    await drawn();
  }
  const around = [one];
  for (let box = one; box && around.length < 5; box = box.parentElement) around.push(box);
  const isOutlined = (box) => {
    const style = getComputedStyle(box);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const place = one.getBoundingClientRect();
  return {
    name: one.name || one.getAttribute("aria-label") || one.innerText || "",
    tag: one.tagName,
    outlined: around.some((box) => box && isOutlined(box)),
    inside: place.bottom > 0 && place.top < innerHeight,
  };
}"""


def find_focus(page: Page) -> dict[str, object]:
    """What has the focus. Raises AssertionError where it is lost, or is not to be seen."""
    focus = page.evaluate(FOCUS)
    assert focus["tag"] != "BODY", "the focus is lost"
    assert focus["outlined"] and focus["inside"], focus
    return focus


def tab_to(page: Page, target: Locator, *, key: str = "Tab") -> list[str]:
    """Press Tab until something has the focus; what had it on the way, each of them to be seen."""
    passed: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        focus = find_focus(page)
        passed.append(str(focus["name"] or focus["tag"]))
        if target.evaluate("(one) => one === document.activeElement"):
            return passed
    raise AssertionError(f"never came there: {passed}")


def press_on(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go to something by Tab and press a key on it."""
    tab_to(page, target)
    page.keyboard.press(key)
