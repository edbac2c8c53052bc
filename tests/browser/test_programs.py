"""Can an administrator let a program in, and does the program get what it was let in to?"""

from __future__ import annotations

from collections.abc import Callable

import httpx
from playwright.sync_api import Page, expect

from tests.browser.watched_page import wait_until_drawn

PageAt = Callable[..., Page]
PATIENCE = 60  # seconds: the first who asks waits for what the server is busy with
SERIES = "/api/v1/surveys/invanarupplevelse/series?area=0780&measure=helhet&kind=month"


def test_a_permit_that_is_made_on_the_page_opens_signed_in_figures_until_it_is_taken_back(
    server: str, desktop: Page
) -> None:
    page = desktop
    page.goto(f"{server}/roll/administrator?to=/programs")
    wait_until_drawn(page)
    page.locator("summary", has_text="Gör ett passerkort").click()
    page.get_by_label("Vad det är till").fill("Provportalen")
    page.get_by_text("Siffror för inloggade", exact=True).click()
    page.get_by_role("button", name="Gör passerkortet").click()
    expect(page.get_by_text("Passerkortet är gjort.")).to_be_visible()
    token = page.locator("code", has_text="invr_").inner_text()
    headers = {"Authorization": f"Bearer {token}"}
    assert httpx.get(server + SERIES, headers=headers, timeout=PATIENCE).json()["figures"] == "signed_in"
    assert httpx.get(server + SERIES, timeout=PATIENCE).json()["figures"] == "public"
    page.reload()
    wait_until_drawn(page)
    expect(page.get_by_role("button", name="Spärra Provportalen")).to_be_visible()
    expect(page.get_by_text(token)).to_have_count(0)
    page.get_by_role("button", name="Spärra Provportalen").click()
    page.get_by_role("button", name="Spärra passerkortet").click()
    expect(page.get_by_text("Passerkortet är spärrat.")).to_be_visible()
    assert httpx.get(server + SERIES, headers=headers, timeout=PATIENCE).status_code == 401
