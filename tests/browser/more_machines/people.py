"""What do people do who answer while machines die? They press again, and keep the receipt they were given."""

from __future__ import annotations

import random
import re
import threading
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

RECEIPT = re.compile(r'class="receipt"[^>]*>([a-zåäö-]+)<')
PATIENCE = 90.0  # seconds that somebody goes on pressing before they give up
BETWEEN_PRESSES = 0.3  # seconds
LONGEST_PAGE = 10.0  # seconds until a browser that gets no answer is pressed again


class Form(HTMLParser):
    """What can be filled in on a page: where it goes, what is hidden in it, each question's answers."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.hidden: dict[str, str] = {}
        self.answers: dict[str, list[str]] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and found.get("id") != "sprak":
            self.action = self.action or found.get("action", "")
        elif tag == "select":
            self._select = found.get("name", "")
        elif tag == "option" and self._select and found.get("value"):
            self.answers.setdefault(self._select, []).append(found["value"])
        elif tag == "input" and found.get("type") == "hidden":
            self.hidden[found["name"]] = found.get("value", "")
        elif tag == "input" and found.get("type") in ("radio", "checkbox"):
            self.answers.setdefault(found["name"], []).append(found["value"])

    def fill_in(self) -> dict[str, str]:
        """One answer to each question, and what was hidden."""
        return self.hidden | {name: random.choice(values) for name, values in self.answers.items()}


@dataclass
class Crowd:
    """People who answer one after another until they are told to stop.

    `sent` is how many pressed the last button, `receipts` what those were given who saw it work, `refused`
    the statuses that pages had while machines were away, `longest` the longest time between two receipts.
    """

    address: str
    round_id: str
    sent: int = 0
    receipts: list[str] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    given_up: list[str] = field(default_factory=list)
    longest: float = 0.0
    _last: float = field(default_factory=time.monotonic)
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self, people: int) -> None:
        self._threads = [threading.Thread(target=self.answer_again_and_again) for _ in range(people)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let everybody finish what they are at."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def answer_again_and_again(self) -> None:
        while not self._over.is_set():
            try:
                self.answer()
            except TimeoutError as wrong:
                self.given_up.append(str(wrong))

    def answer(self) -> None:
        """One survey, from its first page to the receipt."""
        with httpx.Client(base_url=self.address, timeout=LONGEST_PAGE) as browser:
            page = self.press(browser, "POST", f"/e/{self.round_id}", {"form": "short"})
            while page.url.path.rpartition("/")[2].isdigit():
                form = Form(page.text)
                page = self.press(browser, "POST", form.action, form.fill_in() | {"do": "next"})
            with self._lock:
                self.sent += 1
            page = self.press(browser, "POST", Form(page.text).action, Form(page.text).hidden)
            self.keep_receipt(RECEIPT.search(page.text))

    def keep_receipt(self, found: re.Match[str] | None) -> None:
        if found is None:
            raise TimeoutError("a survey was sent and no receipt was shown")
        with self._lock:
            now = time.monotonic()
            self.longest, self._last = max(self.longest, now - self._last), now
            self.receipts.append(found[1])

    def press(self, browser: httpx.Client, method: str, path: str, fields: dict[str, str]) -> httpx.Response:
        """The page that a press leads to, pressed again while there is none. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE
        told = ""
        while time.monotonic() < deadline:
            try:
                page = browser.request(method, path, data=fields, follow_redirects=True)
                told = f"{path}: {page.status_code}"
                if page.status_code == httpx.codes.OK:
                    return page
                self.refused.add(page.status_code)
                if page.status_code == httpx.codes.CONFLICT:  # it was sent before, unheard
                    return browser.get(f"/e/{self.round_id}/tack")
            except httpx.TransportError as wrong:
                told = f"{path}: {type(wrong).__name__}"
            time.sleep(BETWEEN_PRESSES)
        raise TimeoutError(told)
