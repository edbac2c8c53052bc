"""Does a manager ask for a committee page, leave, come back, and have one A4 to hand out?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from tests.browser.watched_page import wait_until_drawn

MILLISECONDS_TO_MAKE = 120_000


def test_a_manager_asks_for_a_page_leaves_and_fetches_it(
    server: str, desktop: Page, tmp_path: Path, axe: Callable[..., None]
) -> None:
    page = desktop
    page.goto(f"{server}/roll/manager?person=f00d&to=/reports?area=0781")
    wait_until_drawn(page)
    expect(page.get_by_text("Du har inga rapporter än.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Gör rapporten").click()
    expect(page.get_by_text("Nämndsida: Ljungby")).to_be_visible()

    page.goto(f"{server}/trends?area=0781")
    wait_until_drawn(page)
    page.goto(f"{server}/reports")
    fetch = page.get_by_role("button", name="Hämta (PDF)")
    expect(fetch).to_be_visible(timeout=MILLISECONDS_TO_MAKE)
    axe(page)
    with page.expect_download() as got:
        fetch.click()
    assert got.value.suggested_filename.startswith("namndsida-ljungby-")
    got.value.save_as(tmp_path / "nämndsida.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "nämndsida.pdf")
    assert len(document) == 1
    document.close()

    # Another manager has none of it.
    page.goto(f"{server}/roll/manager?person=b0b0&to=/reports")
    wait_until_drawn(page)
    expect(page.get_by_text("Du har inga rapporter än.")).to_be_visible()
    expect(page.get_by_text("Nämndsida: Ljungby")).to_have_count(0)
