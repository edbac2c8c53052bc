"""Does a resident follow what happens from the form on a phone to the letter, and leave it with one press?"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, expect
from starlette.applications import Starlette

from survey.digest.send import send_due
from survey.installation import Installation
from survey.light.headers import ProtectResponses
from survey.light.routes import ServeForm
from survey.proposals.states import State
from survey.running import set_installation
from tests.digest.readers import ADDRESS, SECONDS, make_mail_settings, read_part
from tests.mail.mail_server import Mailbox, run_mail_server
from tests.postgres_server import find_free_port
from tests.proposals.written import LJUNGBY, NEW, REASON, make
from tests.walks import A_DAY, Calendar, opened

PLACE = f"/vad-hande-sen/{LJUNGBY}"
SECONDS_TO_COME = 10


@dataclass
class Served:
    """The plain pages of an installation whose days and letters are the test's own."""

    address: str
    installation: Installation
    calendar: Calendar
    box: Mailbox

    def turn(self, days: int) -> None:
        self.calendar.day = A_DAY + timedelta(days=days)

    def send(self) -> None:
        send_due(self.installation, seconds=SECONDS)

    def find_link(self, letters: int) -> str:
        """The link of ours in the last letter, when so many have come."""
        until = time.monotonic() + SECONDS_TO_COME
        while len(self.box.raw) < letters:
            assert time.monotonic() < until, "no letter came"
            time.sleep(0.05)
        found = re.search(r"http://\S+/e/u/\S+", read_part(self.box.letters[-1], "plain"))
        assert found is not None
        return found[0]


@contextmanager
def serve(installation: Installation, port: int) -> Iterator[None]:
    """The plain pages at a port of this machine."""
    pages = ProtectResponses(ServeForm(Starlette()), secure=False)
    server = uvicorn.Server(uvicorn.Config(pages, port=port, log_level="warning"))
    set_installation(installation)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.05)
        yield
    finally:
        server.should_exit = True
        thread.join()
        set_installation(None)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    calendar, port = Calendar(), find_free_port()
    address = f"http://127.0.0.1:{port}"
    with run_mail_server() as box:
        settings = make_mail_settings(box.port, PUBLIC_ADDRESS=address, DEMO=True)
        url = f"sqlite:///{tmp_path / 'folj.db'}"
        with opened(url, tmp_path / "var", calendar, **settings) as installation, serve(installation, port):
            yield Served(address, installation, calendar, box)


def check_page(page: Page, axe: Callable[..., None]) -> None:
    """It keeps nobody out and never scrolls sideways."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    axe(page)


def test_a_resident_follows_is_told_and_leaves(served: Served, phone: Page, axe: Callable[..., None]) -> None:
    make(served.installation, State.DECLINED)
    served.turn(1)
    phone.goto(served.address + PLACE)
    phone.get_by_role("link", name="Få ett mejl när något nytt händer här").click()
    field = phone.get_by_label("Din e-postadress")
    field.fill("anna")
    phone.get_by_role("button", name="Skicka").click()

    # It is told at the field, which stays in sight with what was typed.
    expect(phone.get_by_role("alert")).to_contain_text("namn@exempel.se")
    expect(field).to_have_value("anna")
    expect(field).to_be_in_viewport()
    check_page(phone, axe)
    field.fill(ADDRESS)
    phone.get_by_role("button", name="Skicka").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Titta i din e-post")
    assert ADDRESS not in phone.url
    check_page(phone, axe)

    phone.goto(served.find_link(1))
    check_page(phone, axe)
    phone.get_by_role("button", name="Ja, skicka mig mejl").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Klart")
    phone.get_by_role("link", name="Vad hände sen?").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vad hände sen?")

    # A week without news is a week without a letter.
    served.turn(8)
    served.send()
    assert len(served.box.raw) == 1
    served.turn(9)
    make(served.installation, State.ACCEPTED)
    served.turn(15)
    served.send()
    leave = served.find_link(2)
    phone.goto("about:blank")  # a mailbox has no policy of ours
    phone.set_content(read_part(served.box.letters[-1], "html"))
    expect(phone.get_by_role("heading", name=NEW.title)).to_have_count(1)
    expect(phone.get_by_text(REASON)).to_be_visible()
    check_page(phone, axe)
    phone.get_by_role("link", name="Läs mer på webben").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vad hände sen i Ljungby?")

    phone.goto(leave)
    check_page(phone, axe)
    phone.get_by_role("button", name="Sluta få mejl").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Du får inga fler mejl")
    served.turn(30)
    make(served.installation, State.ACCEPTED)
    served.turn(40)
    served.send()
    assert len(served.box.raw) == 2
