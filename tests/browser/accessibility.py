"""What does axe-core find on a page that keeps somebody out?"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
GRAVE = {"serious", "critical"}


def check_accessibility(page: Page, *, within: str | None = None) -> None:
    """Raises AssertionError listing every serious or critical violation of WCAG 2.1 A and AA.

    `within` is a CSS selector that limits the check to a part of the page.
    """
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = Axe().run(page, context=within, options=options).response["violations"]
    grave = [violation for violation in found if violation["impact"] in GRAVE]
    if grave:
        raise AssertionError(f"axe on {page.url}:\n" + "\n".join(describe(violation) for violation in grave))


def describe(violation: dict[str, Any]) -> str:
    """One violation as lines to read: the rule, and each place that breaks it."""
    places = [
        f"    {' '.join(map(str, node['target']))}: {node['html'][:200]}" for node in violation["nodes"]
    ]
    return "\n".join([f"  {violation['impact']} {violation['id']}: {violation['help']}", *places])
