"""What may no page of ours do, whatever the test is about?

Ask another host for anything, break the content security policy, or fail in a script.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebError,
    WebSocket,
    expect,
)

OUR_HOST = "127.0.0.1"
INSIDE_THE_BROWSER = {"data", "blob", "about"}
DRAWN = "[data-test-script-state=notRunning]"
WAITS = "[data-testid=stSkeleton]"  # a part whose script is still on its way
MILLISECONDS_TO_DRAW = 30_000
MILLISECONDS_TO_LOOK_AGAIN, MOST_LOOKS = 50, 60  # three seconds
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# What is seen to move now. One that is cut off never tells that it is over, so nobody waits for that.
IS_STILL = """() => document.getAnimations().every((one) => one.playState !== "running"
  || one.effect.getComputedTiming().iterations === Infinity || !one.effect.target?.checkVisibility())"""


@dataclass
class Watch:
    """The faults seen so far in one browser context, each as a line to read."""

    faults: list[str] = field(default_factory=list)

    def note_address(self, address: str) -> None:
        """Remember an address asked for, unless it is our own or never leaves the browser."""
        parts = urlsplit(address)
        if parts.scheme not in INSIDE_THE_BROWSER and parts.hostname != OUR_HOST:
            self.faults.append(f"asked another host: {address}")

    def note_request(self, request: Request) -> None:
        self.note_address(request.url)

    def note_socket(self, socket: WebSocket) -> None:
        self.note_address(socket.url)

    def note_console(self, message: ConsoleMessage) -> None:
        """Chromium tells of a broken policy on the console and nowhere else a test can listen."""
        if "Content Security Policy" in message.text:
            self.faults.append(f"broke the policy: {message.text}")

    def note_error(self, error: WebError) -> None:
        self.faults.append(f"failed in a script: {error.error}")

    def follow(self, context: BrowserContext) -> None:
        """Listen to every page that the context opens."""
        context.on("request", self.note_request)
        context.on("console", self.note_console)
        context.on("weberror", self.note_error)
        context.on("page", lambda page: page.on("websocket", self.note_socket))


@contextmanager
def open_watched_page(browser: Browser, watch: Watch, **how: object) -> Iterator[Page]:
    """A page in a context of its own, Swedish unless `how` says otherwise, watched from its first request."""
    defaults: dict[str, object] = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm"}
    context = browser.new_context(**(defaults | how))
    watch.follow(context)
    try:
        yield context.new_page()
    finally:
        context.close()


def wait_until_drawn(page: Page) -> None:
    """Wait until Streamlit has run the script of the last step to its end, and what it unfolds is unfolded: a
    button that moves between the two halves of a press does not hear it, and no finger is as quick."""
    page.locator(DRAWN).wait_for(state="attached", timeout=MILLISECONDS_TO_DRAW)
    expect(page.locator(WAITS)).to_have_count(0, timeout=MILLISECONDS_TO_DRAW)
    wait_until_still(page)


def wait_until_still(page: Page) -> None:
    """Wait until nothing moves, or for three seconds: what still moves then is for the test to see."""
    page.evaluate(TWO_FRAMES)  # in which what was pressed begins to move
    for _ in range(MOST_LOOKS):
        if page.evaluate(IS_STILL):
            return
        page.wait_for_timeout(MILLISECONDS_TO_LOOK_AGAIN)
