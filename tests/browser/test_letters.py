"""Does a letter lead from the coordinator's page to a resident's answer, once, and is a tablet emptied?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp
from playwright.sync_api import Page, expect

from tests.browser.watched_page import wait_until_drawn

LETTERS = 50
KEPT = re.compile("Koderna är redan hämtade eller kastade")
START = re.compile(r"/e/[a-z0-9-]+$")


def open_rounds(page: Page, server: str) -> None:
    page.goto(f"{server}/roll/coordinator?to=/rounds")
    wait_until_drawn(page)


def open_new_round(page: Page, name: str, door: str) -> None:
    """A round of residents' survey that is open today."""
    page.get_by_label("Rubrik som de som svarar ser").fill(f"Prov {name}")
    page.get_by_label("Namn i adressen").fill(name)
    page.get_by_label("Sista dag").fill("2099-12-31")
    page.get_by_role("radiogroup", name="Vilka får svara").get_by_text(door, exact=True).click()
    page.get_by_role("button", name="Öppna omgången").click()
    expect(page.locator(f".st-key-round-{name}")).to_be_visible()
    wait_until_drawn(page)


def read_square(pdf: Path, place: int) -> str:
    """The address in a letter's QR code, as a camera reads it from the page."""
    picture = pypdfium2.PdfDocument(pdf)[place].render(scale=2).to_pil()
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text


def skip_to_the_end(page: Page) -> None:
    """Skip every question, send, and read the receipt."""
    while "granska" not in page.url:
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name="Nästa", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Skicka", exact=False).click()
    expect(page.locator(".receipt")).to_be_visible()


def test_a_letter_is_made_scanned_answered_and_used_up(
    server: str, desktop: Page, phone: Page, tmp_path: Path, axe: Callable[..., None]
) -> None:
    page = desktop
    open_rounds(page, server)
    open_new_round(page, "prov-brev", "De som har en kod i brev")
    card = page.locator(".st-key-round-prov-brev")
    card.get_by_text("Koder och brev").click()
    wait_until_drawn(page)
    card.get_by_label("Hur många koder").fill(f"Växjö {LETTERS}")
    card.get_by_role("button", name="Gör koderna").click()
    expect(card.get_by_text("Klara att hämta.")).to_be_visible()
    axe(page)

    address = card.get_by_role("link", name="Hämta brev eller fil").get_attribute("href")
    page.goto(f"{server}{address}")
    axe(page)
    with page.expect_download() as got:
        page.get_by_role("button", name="Hämta filen").click()
    got.value.save_as(tmp_path / "brev.pdf")
    assert len(pypdfium2.PdfDocument(tmp_path / "brev.pdf")) == LETTERS
    page.goto(f"{server}{address}")
    expect(page.get_by_text(KEPT)).to_be_visible()

    # The resident scans: what stands after # is in no address that the server sees, and goes from the bar.
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    link = read_square(tmp_path / "brev.pdf", 7)
    key = link.partition("#")[2]
    phone.goto(link)
    phone.wait_for_url("**/e/prov-brev/1")
    assert not any(key in one.partition("#")[0] for one in asked)
    axe(phone)
    skip_to_the_end(phone)
    phone.get_by_role("button", name="Klar").click()
    phone.goto(link)
    expect(phone.get_by_role("alert")).to_be_visible()  # the code is used up
    assert "#" not in phone.url


def test_a_code_is_asked_for_where_no_script_runs(server: str, page_at: Callable[..., Any]) -> None:
    plain = page_at(360, 740, java_script_enabled=False)
    plain.goto(f"{server}/k#23456789ABCDEFGHJKMNPQRSTU")
    expect(plain.get_by_label("Koden i brevet")).to_be_visible()


def test_a_tablet_empties_itself(server: str, desktop: Page, page_at: Callable[..., Any]) -> None:
    page = desktop
    open_rounds(page, server)
    open_new_round(page, "prov-platta", "De som svarar på en surfplatta på plats")
    card = page.locator(".st-key-round-prov-platta")
    card.get_by_label("Plats").fill("Väntrummet")
    card.get_by_role("button", name="Lägg till").click()
    address = card.locator("a[href*='/v/']").first.get_attribute("href")

    tablet = page_at(800, 1100, has_touch=True)
    tablet.clock.install()
    tablet.goto(f"{server}{str(address).removeprefix(server)}")
    expect(tablet).to_have_url(START)
    tablet.locator("button[value=short]").click()
    expect(tablet).to_have_url(re.compile("/e/prov-platta/1$"))
    tablet.locator("input[type=radio]").first.check()
    tablet.clock.run_for(46_000)
    expect(tablet.get_by_text("Är du kvar?")).to_be_visible()
    tablet.get_by_role("button", name="Jag är kvar").click()
    expect(tablet.get_by_text("Är du kvar?")).to_be_hidden()
    tablet.clock.run_for(61_000)
    expect(tablet).to_have_url(START)
    assert [one["name"] for one in tablet.context.cookies() if one["name"] == "svar"] == []
    tablet.evaluate("history.back()")
    expect(tablet.locator("button[value=short]")).to_be_visible()
    expect(tablet).to_have_url(START)
    expect(tablet.locator("input[type=radio]")).to_have_count(0)
