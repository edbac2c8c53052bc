"""What does axe-core find on a page that keeps somebody out?"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.watched_page import wait_until_still

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
GRAVE = {"serious", "critical"}
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
IS_THERE = "() => 'axe' in window"
RUN = "([within, options]) => axe.run(within ?? document, options)"


def check_accessibility(page: Page, *, within: str | None = None) -> None:
    """Raises AssertionError listing every serious or critical violation of WCAG 2.1 A and AA.

    `within` is a CSS selector that limits the check to a part of the page.
    """
    wait_until_settled(page)
    grave = find_grave(page, within=within)
    if grave:
        raise AssertionError(f"axe on {page.url}:\n" + "\n".join(describe(violation) for violation in grave))


def find_grave(page: Page, *, within: str | None = None) -> list[dict[str, Any]]:
    """The serious and critical violations, as axe tells them, of a page that stands still."""
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(RUN, [within, OPTIONS])["violations"]
    return [violation for violation in found if violation["impact"] in GRAVE]


def wait_until_settled(page: Page) -> None:
    """Wait until a page of the app is as its reader has it: browser/focus.js mends it after it is drawn."""
    if page.locator(".stApp").count():
        page.locator("html[data-theme]").wait_for(state="attached")
        wait_until_still(page)


def describe(violation: dict[str, Any]) -> str:
    """One violation as lines to read: the rule, and each place that breaks it."""
    places = [
        f"    {' '.join(map(str, node['target']))}: {node['html'][:200]}" for node in violation["nodes"]
    ]
    return "\n".join([f"  {violation['impact']} {violation['id']}: {violation['help']}", *places])
