"""Does a member come from their week to the mission, and with it into their own calendar, in a browser?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.test_missions import be
from tests.browser.watched_page import wait_until_drawn

PageAt = Callable[..., Page]
MEMBER = "m10"  # has said yes to a mission that is still to come


def test_a_member_goes_from_the_week_to_the_mission_and_takes_it_along(
    server: str, phone: Page, tmp_path: Path
) -> None:
    page = phone
    be(page, server, "panel_member", "/week", MEMBER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Min vecka")
    main = page.locator("[data-testid=stMain]")
    main.get_by_role("link", name=re.compile("^Uppdrag hos ")).first.click()
    expect(page).to_have_url(re.compile(r"/missions\?mission=[0-9a-f]+$"))
    wait_until_drawn(page)

    # The file of the mission is one that a calendar program reads, and has its day and its place.
    expect(page.locator("[class*=st-key-my-mission-]")).to_have_count(1)
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile("^Lägg in i din kalender")).click()
    assert saved.value.suggested_filename == "uppdrag.ics"
    saved.value.save_as(tmp_path / "uppdrag.ics")
    (event,) = Calendar.from_ical((tmp_path / "uppdrag.ics").read_bytes()).walk("VEVENT")
    card = page.locator("[class*=st-key-my-mission-]")
    expect(card).to_contain_text(f"{event['dtstart'].dt:%Y-%m-%d}")
    expect(card).to_contain_text(str(event["location"]))

    # Its month shows it once, and the month after is one press away.
    page.goto(f"{server}/missions?view=calendar&month={event['dtstart'].dt:%Y-%m}")
    wait_until_drawn(page)
    booked = page.locator("[class*=st-key-booked-]")
    expect(booked).to_have_count(1)
    expect(booked).to_contain_text(str(event["location"]))
    page.get_by_role("link", name=re.compile("^Nästa månad")).click()
    wait_until_drawn(page)
    expect(booked).to_have_count(0)

    # The address to follow is shown to its owner, works without a cookie, and is dead once taken back.
    page.get_by_role("button", name="Gör en adress").click()
    expect(page.get_by_text("Adressen är gjord.")).to_be_visible()
    path = re.search(r"/kalender/.+\.ics", main.locator("code").inner_text())
    assert path is not None
    followed = page.request.get(server + path[0])
    assert event["uid"] in [one["uid"] for one in Calendar.from_ical(followed.body()).walk("VEVENT")]
    page.get_by_role("button", name="Ta tillbaka adressen").click()
    expect(page.get_by_text("Adressen är tillbakatagen")).to_be_visible()
    assert page.request.get(server + path[0]).status == 404
