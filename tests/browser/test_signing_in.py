"""Can a new installation be taken into use, people let in, and a cookie that was kept be worth nothing?"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pyotp import TOTP

from tests.browser.by_keyboard import press_on, tab_to
from tests.browser.running_app import run_app
from tests.browser.watched_page import Watch, open_watched_page, wait_until_drawn
from tests.mail.mail_server import Mailbox, run_mail_server
from tests.postgres_server import find_free_port

REAL = (sys.executable, "-m", "survey", "run")
ADA, MIA = "ada@exempel.se", "mia@exempel.se"
HERS, HIS = "rymdfärja på spåret 9", "igelkott utan paraply 4"
LINK = re.compile(r"http://127\.0\.0\.1:\d+/konto/lank/\S+")
SET_UP = re.compile(r"http://127\.0\.0\.1:\d+/set-up\?key=\S+")


def find_link(box: Mailbox, to: str) -> str:
    """The link in the last letter to somebody."""
    letters = [one for one in box.letters if one["To"] == to]
    found = LINK.search(str(letters[-1].get_content()))
    assert found is not None
    return found[0]


def set_up(page: Page, address: str) -> None:
    """The first round and the first administrator, who is then signed in."""
    page.goto(address)
    wait_until_drawn(page)
    page.get_by_label("Namn", exact=True).fill("Ada Provsson")
    page.get_by_label("E-postadress").fill(ADA)
    page.get_by_label("Rubrik som de som svarar ser").fill("Hösten")
    page.get_by_label("Namn i adressen").fill("host")
    page.get_by_role("button", name="Öppna omgången").click()
    page.get_by_role("link", name="Välj lösenord").click()
    page.get_by_label("Nytt lösenord").fill(HERS)
    page.get_by_role("button", name="Spara och logga in").click()
    wait_until_drawn(page)
    expect(page.get_by_text("Inloggad som administratör")).to_be_visible()


def invite(page: Page, address: str) -> None:
    """The administrator invites a manager, who gets a letter."""
    page.goto(f"{address}/accounts")
    wait_until_drawn(page)
    page.locator("summary", has_text="Bjud in någon").click()
    page.get_by_label("Namn", exact=True).fill("Mia Provsson")
    page.get_by_label("E-postadress").fill(MIA)
    page.get_by_role("button", name="Bjud in", exact=True).click()
    expect(page.get_by_text("En länk är på väg med e-post.")).to_be_visible()
    expect(page.get_by_role("link", name="Mia Provsson")).to_be_visible()


def type_in(page: Page, label: str, text: str) -> None:
    """Go to a field by Tab and fill it in."""
    field = page.get_by_role("main").get_by_label(label, exact=True)
    expect(field).to_be_visible()
    tab_to(page, field)
    page.keyboard.type(text)


def test_from_the_first_start_to_a_cookie_that_opens_nothing(
    browser: Browser, watch: Watch, tmp_path: Path, axe: Callable[..., None]
) -> None:
    port = find_free_port()
    with run_mail_server() as box:
        settings = {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(box.port),
            "SMTP_SECURITY": "none",
            "MAIL_FROM": "utskick@example.se",
            "PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
            "SECOND_STEP_ROLES": "manager",
        }
        with (
            run_app(tmp_path, command=REAL, port=port, **settings) as address,
            open_watched_page(browser, watch, viewport={"width": 1280, "height": 900}) as ada,
            open_watched_page(browser, watch, viewport={"width": 360, "height": 740}) as mia,
        ):
            found = SET_UP.search((tmp_path / "server.log").read_text())
            assert found is not None
            set_up(ada, found[0])
            invite(ada, address)
            axe(ada)

            # The manager chooses a password; the role asks for a second step before anything is shown.
            mia.goto(find_link(box, MIA))
            axe(mia)
            mia.get_by_label("Nytt lösenord").fill(HIS)
            mia.get_by_role("button", name="Spara och logga in").click()
            wait_until_drawn(mia)
            mia.goto(f"{address}/publications")
            wait_until_drawn(mia)
            expect(mia.get_by_text("Den här sidan är för dem som loggar in.")).to_be_visible()
            mia.get_by_role("link", name="Inloggning i två steg").click()
            axe(mia)
            app = TOTP(mia.locator(".receipt").inner_text().strip())
            mia.get_by_role("textbox", name="Kod").fill(app.now())
            mia.get_by_role("button", name="Slå på två steg").click()
            recovery = mia.locator(".receipt").inner_text().split()[0]
            mia.get_by_role("link", name="Gå vidare").click()
            wait_until_drawn(mia)
            expect(mia.get_by_role("heading", name="Publiceringar")).to_be_visible()

            # Trends, and the same after loading the page anew.
            mia.goto(f"{address}/trends")
            wait_until_drawn(mia)
            expect(mia.get_by_text("Inloggad som chef")).to_be_visible()
            mia.reload()
            wait_until_drawn(mia)
            expect(mia.get_by_text("Inloggad som chef")).to_be_visible()

            # Out; the cookie that somebody kept opens nothing.
            kept = mia.context.cookies()
            mia.get_by_role("link", name="Logga ut").click()
            mia.get_by_role("button", name="Logga ut här").click()
            expect(mia.get_by_text("Du är utloggad.")).to_be_visible()
            mia.context.add_cookies(kept)  # type: ignore[arg-type]
            mia.goto(f"{address}/publications")
            wait_until_drawn(mia)
            expect(mia.get_by_text("Du är inte längre inloggad.")).to_be_visible()
            expect(mia.get_by_text("Den här sidan är för dem som loggar in.")).to_be_visible()

            # In again with address, password and a recovery code, to where the way led; by keyboard alone.
            press_on(mia, mia.locator(".button.primary", has_text="Logga in"))
            type_in(mia, "E-postadress", MIA)
            type_in(mia, "Lösenord", HIS)
            mia.keyboard.press("Enter")
            type_in(mia, "Kod", recovery)
            press_on(mia, mia.get_by_role("button", name="Logga in"))
            wait_until_drawn(mia)
            expect(mia.get_by_role("heading", name="Publiceringar")).to_be_visible()
