"""Do the links in letters need a press, and does the press do what it says, from wherever it comes?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.applications import Starlette

from survey.digest.send import send_links
from survey.installation import Installation
from survey.light.headers import ProtectResponses
from survey.light.routes import ServeForm
from survey.running import set_installation
from tests.digest.readers import ADDRESS, SECONDS, ask, find_link, send, subscribe
from tests.insight.hand_made import add_publication
from tests.light.plain_phone import read_form, read_words
from tests.mail.mail_server import Mailbox


class Browser:
    """A browser without cookies, at the installation's public address."""

    def request(self, method: str, path: str, **how: Any) -> Response:
        return asyncio.run(self.ask(method, path, **how))

    async def ask(self, method: str, path: str, **how: Any) -> Response:
        served = ASGITransport(ProtectResponses(ServeForm(Starlette()), secure=True))
        async with AsyncClient(transport=served, base_url="https://svara.example.se") as client:
            return await client.request(method, path, **how)

    def get(self, path: str) -> Response:
        return self.request("GET", path)

    def post(self, path: str, **how: Any) -> Response:
        return self.request("POST", path, **how)


@pytest.fixture
def browser(installation: Installation) -> Iterator[Browser]:
    set_installation(installation)
    yield Browser()
    set_installation(None)


def find_path(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def get_confirm_link(installation: Installation, box: Mailbox) -> str:
    ask(installation)
    send_links(installation, seconds=SECONDS)
    return find_path(find_link(box.letters[-1]))


def get_leave_link(installation: Installation, box: Mailbox) -> str:
    """The link of a letter that somebody has got; another publication waits to be told."""
    subscribe(installation, box)
    add_publication(installation)
    send(installation)
    add_publication(installation, "2026-11")
    return find_path(find_link(box.letters[-1]))


def test_a_person_confirms_by_the_link_and_the_button(
    installation: Installation, box: Mailbox, browser: Browser
) -> None:
    page = browser.get(get_confirm_link(installation, box))
    assert page.status_code == 200
    assert "Ja, skicka mig mejl" in read_words(page)
    done = browser.post(read_form(page).action)
    assert done.status_code == 200
    assert "Utskicken är bekräftade" in read_words(done)
    add_publication(installation)
    assert send(installation) == {"sent": 1}


def test_a_person_leaves_by_the_link_and_the_button_and_it_is_final(
    installation: Installation, box: Mailbox, browser: Browser
) -> None:
    page = browser.get(get_leave_link(installation, box))
    for _ in range(2):  # pressed twice, it says the same
        done = browser.post(read_form(page).action)
        assert done.status_code == 200
        assert "Adressen är borttagen" in read_words(done)
    assert send(installation) == {}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_scanner_that_opens_every_link_changes_nothing(
    installation: Installation, box: Mailbox, browser: Browser, method: str
) -> None:
    leave = get_leave_link(installation, box)
    for _ in range(3):
        assert browser.request(method, leave).status_code == 200
    assert send(installation) == {"sent": 1}
    ask(installation, "bo@exempel.se")
    send_links(installation, seconds=SECONDS)
    browser.request(method, find_path(find_link(box.letters[-1])))
    add_publication(installation, "2026-12")
    assert send(installation) == {"sent": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://mail.example.com", "Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "multipart/form-data; boundary=x"},
    ],
)
def test_a_mailbox_ends_letters_with_one_click(
    installation: Installation, box: Mailbox, browser: Browser, headers: dict[str, str]
) -> None:
    get_leave_link(installation, box)
    header = box.letters[-1]["List-Unsubscribe"].strip("<>")
    assert header.startswith("https://")
    answer = browser.post(find_path(header), content="List-Unsubscribe=One-Click", headers=headers)
    assert answer.status_code == 200
    assert send(installation) == {}


def test_a_link_that_never_was_one_is_not_told_from_one_that_was(
    installation: Installation, box: Mailbox, browser: Browser
) -> None:
    known, unknown = get_leave_link(installation, box), "/e/u/nej/" + "A" * 32 + "?sprak=sv"
    token = urlsplit(known).path.rpartition("/")[2]
    first, second = browser.get(known), browser.get(unknown)
    assert first.text.replace(token, "A" * 32) == second.text
    assert browser.post(unknown).text == browser.post(known).text


def test_a_link_to_confirm_that_is_too_old_is_explained(
    installation: Installation, box: Mailbox, browser: Browser
) -> None:
    link = get_confirm_link(installation, box)
    browser.post(link)
    again = browser.post(link)
    assert again.status_code == 410
    assert "Länken gäller inte längre" in read_words(again)
    assert "<h1>Länken går inte att använda</h1>" in again.text


def test_the_pages_speak_the_letters_language_and_can_be_turned(
    installation: Installation, box: Mailbox, browser: Browser
) -> None:
    ask(installation, language="en")
    send_links(installation, seconds=SECONDS)
    link = find_path(find_link(box.letters[-1]))
    page = browser.get(link)
    assert '<html lang="en" dir="ltr">' in page.text
    assert "Yes, send me e-mails" in read_words(page)
    swedish = browser.get(link.replace("sprak=en", "sprak=sv"))
    assert "Ja, skicka mig mejl" in read_words(swedish)


def test_a_page_is_kept_nowhere_and_says_no_address(
    installation: Installation, box: Mailbox, browser: Browser
) -> None:
    link = get_leave_link(installation, box)
    for page in (browser.get(link), browser.post(link)):
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "same-origin"
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert ADDRESS not in page.text
