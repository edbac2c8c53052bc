"""Is the plain form enough for a phone with little: a slow line, no scripts, a server that dies?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.conftest import FLAGS, PHONE, ROUND, find_chromium
from tests.browser.watched_page import Watch, open_watched_page
from tests.killable_server import (
    find_address,
    kill,
    make_environment,
    open_for_everybody,
    running,
)

MOST_BYTES = 100_000  # of a whole walk, headers and all, as they went over the line
# No pictures, no fonts but the phone's own, no cookies of other sites.
LEAST = [
    "--blink-settings=imagesEnabled=false",
    "--disable-remote-fonts",
    "--test-third-party-cookie-phaseout",
]
WRITTEN = "Hon kom alltid i tid."


@pytest.fixture(scope="module")
def bare_browser(browser: Browser) -> Iterator[Browser]:
    """A browser that shows no pictures, fetches no fonts and takes no cookies of other sites."""
    bare = browser.browser_type.launch(executable_path=find_chromium(), args=[*FLAGS, *LEAST])
    yield bare
    bare.close()


@pytest.fixture
def bare_phone(bare_browser: Browser, watch: Watch) -> Iterator[Page]:
    """A small phone with that browser, and without scripts."""
    size = {"width": PHONE[0], "height": PHONE[1]}
    with open_watched_page(bare_browser, watch, viewport=size, java_script_enabled=False) as page:
        yield page
    assert watch.faults == []


@dataclass
class Line:
    """What went over the line to a page: bytes of bodies and headers as they were sent, by kind of answer."""

    bytes: list[int] = field(default_factory=list)
    encodings: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda told: self.bytes.append(int(told["encodedDataLength"])))
        session.on("Network.responseReceived", self.note_encoding)
        session.on("Network.requestWillBeSent", self.note_redirect)

    def note_encoding(self, told: dict) -> None:
        headers = {name.lower(): value for name, value in told["response"]["headers"].items()}
        self.encodings.add(headers.get("content-encoding", "none"))

    def note_redirect(self, told: dict) -> None:
        if "redirectResponse" in told:
            self.bytes.append(int(told["redirectResponse"]["encodedDataLength"]))


def go(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def test_a_whole_walk_with_nothing_kept_weighs_less_than_100_kilobytes(survey: str, bare_phone: Page) -> None:
    page, line = bare_phone, Line()
    line.listen(page)
    page.goto(survey)
    first = sum(line.bytes)
    go(page, "button[value=full]")
    for number in range(1, 6):
        expect(page.locator(".progress")).to_have_text(f"Del {number} av 5")
        if page.locator("#ft1").count():
            page.locator("#ft1").fill(WRITTEN)
        go(page, "main button[value=next]")
    expect(page.get_by_text(WRITTEN)).to_be_visible()
    go(page, "main button")
    expect(page.locator(".receipt")).to_be_visible()
    assert 0 < first < sum(line.bytes) < MOST_BYTES
    assert line.encodings == {"none"}  # by our own server; a proxy makes it less


def test_the_phone_with_little_shows_no_pictures_and_runs_no_scripts(bare_phone: Page) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    bare_phone.set_content(f"<img src='data:image/svg+xml,{picture}'><script>document.title = 'ran'</script>")
    assert bare_phone.title() == ""
    expect(bare_phone.locator("img")).to_have_js_property("naturalWidth", 0)


def test_a_server_that_is_killed_before_next_is_pressed_loses_nothing(
    tmp_path: Path, page_at: Callable[..., Page]
) -> None:
    environment, page = make_environment(tmp_path), page_at(*PHONE, java_script_enabled=False)
    open_for_everybody(environment, ROUND)
    with running(environment) as server:
        page.goto(f"{find_address(environment)}/e/{ROUND}")
        go(page, "button[value=full]")
        page.locator("input[name=b1][value=carer]").check()
        go(page, "main button[value=next]")
        page.locator("input[name=a01][value='5']").check()
        kill(server)
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        go(page, "main button[value=next]")
    expect(page.locator(".progress")).to_have_count(0)
    with running(environment):
        page.reload()  # hands the same answers in again
        expect(page.locator(".progress")).to_have_text("Del 3 av 5")
        go(page, "main button[value=back]")
        expect(page.locator("input[name=a01][value='5']")).to_be_checked()
        go(page, "main button[value=back]")
        expect(page.locator("input[name=b1][value=carer]")).to_be_checked()
