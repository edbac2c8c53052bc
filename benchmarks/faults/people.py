"""What do people do who answer while processes die? They press again, and look whether all is still there."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from multiprocessing.synchronize import Event
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar

RECEIPT = re.compile(r'class="receipt"[^>]*>([a-z-]+)<')
COMMENT = "Det gick bra, men det tog lång tid att få en tid."
NEAR = ("0780", "0781")  # so that there are soon enough of a municipality to be mixed
PATIENCE = 180.0  # seconds that somebody goes on pressing before they give up
BETWEEN_PRESSES = 0.3
LONGEST_PAGE = 20.0  # seconds until a browser that gets no answer is pressed again
THINKING = (0.05, 0.4)
OK, CONFLICT = 200, 409


class Page(HTMLParser):
    """The form of a page: where it goes, what is hidden in it, what can be chosen and what is chosen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self._select = "", ""
        self.hidden: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.chosen: dict[str, str] = {}
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, value = found.get("name", ""), found.get("value", "")
        if tag == "form" and found.get("id") == "del":
            self.action = found.get("action", "")
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self.texts.append(name)
        elif tag == "option" and value:
            self.offer(self._select, value, is_chosen="selected" in found)
        elif tag == "input" and found.get("type") == "hidden":
            self.hidden[name] = value
        elif tag == "input" and found.get("type") in ("radio", "checkbox"):
            self.offer(name, value, is_chosen="checked" in found)

    def offer(self, name: str, value: str, *, is_chosen: bool) -> None:
        self.choices.setdefault(name, []).append(value)
        if is_chosen:
            self.chosen[name] = value

    def fill_in(self, chance: random.Random) -> dict[str, str]:
        """One answer to each question, and now and then a text."""
        given = {
            name: chance.choice([one for one in NEAR if one in values] or values)
            for name, values in self.choices.items()
        }
        return given | (dict.fromkeys(self.texts, COMMENT) if chance.random() < 0.5 else {})


@dataclass
class Told:
    """What one person has been promised, and what they met. A line of JSON in the file that is heard."""

    receipt: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    comments: int = 0
    interrupted: int = 0  # presses that led to no page
    looked_back: int = 0  # parts that were looked at again after that
    lost: list[str] = field(default_factory=list)  # what had been acknowledged and was not there
    statuses: list[int] = field(default_factory=list)  # of the pages that said no
    given_up: str = ""


class Person:
    """One survey from its first page to the receipt, in a browser of one's own."""

    def __init__(self, address: str, round_id: str, chance: random.Random, browser: ClientSession) -> None:
        self.address, self.home, self.chance, self.browser = address, f"/e/{round_id}", chance, browser
        self.told = Told()
        self.kept: dict[str, dict[str, str]] = {}  # by the address of a part: what was acknowledged

    async def answer(self) -> Told:
        try:
            path, page = await self.press(self.home, {"form": self.chance.choice(["full", "short"])})
            while path.rpartition("/")[2].isdigit():
                path, page = await self.hand_in(Page(page))
            if path != f"{self.home}/granska":
                self.told.lost.append(f"led to {path} instead of looking over")
                return self.told
            for given in self.kept.values():
                self.told.answers |= given
            path, page = await self.press(path, Page(page).hidden)
            self.keep_receipt(path, page)
        except TimeoutError as wrong:
            self.told.given_up = str(wrong)
        return self.told

    async def hand_in(self, page: Page) -> tuple[str, str]:
        """A part is filled in and handed in; where that leads, with the page there."""
        await asyncio.sleep(self.chance.uniform(*THINKING))
        met, given = self.told.interrupted, page.fill_in(self.chance)
        led = await self.press(page.action, page.hidden | given | {"do": "next"})
        self.kept[page.action] = given
        if self.told.interrupted > met:
            await self.look_back()
        return led

    async def look_back(self) -> None:
        """Is everything there that was acknowledged?"""
        for path, given in self.kept.items():
            shown = Page((await self.press(path, None))[1]).chosen
            self.told.looked_back += 1
            wanted = {name: value for name, value in given.items() if value != COMMENT}
            if shown != wanted:
                self.told.lost.append(f"{path}: {sorted(wanted.items() - shown.items())}")

    def keep_receipt(self, path: str, page: str) -> None:
        found = RECEIPT.search(page)
        if found is None:
            self.told.lost.append(f"no receipt at {path}")
            return
        self.told.receipt = found[1]
        self.told.comments = sum(value == COMMENT for value in self.told.answers.values())

    async def press(self, path: str, fields: dict[str, str] | None) -> tuple[str, str]:
        """Where a press leads, and the page; pressed again while there is none. Raises TimeoutError."""
        deadline, met = time.monotonic() + PATIENCE, ""
        while time.monotonic() < deadline:
            try:
                method = "GET" if fields is None else "POST"
                async with self.browser.request(method, self.address + path, data=fields) as answer:
                    text = await answer.text()
                if answer.status == OK:
                    return answer.url.path, text
                met = str(answer.status)
                self.told.statuses.append(answer.status)
                if answer.status == CONFLICT:  # it was sent before, unheard
                    path, fields = f"{self.home}/tack", None
            except (ClientError, TimeoutError, OSError) as wrong:
                met = type(wrong).__name__
            self.told.interrupted += 1
            await asyncio.sleep(BETWEEN_PRESSES)
        raise TimeoutError(f"{path}: {met}")


async def answer_again(address: str, round_id: str, seed: str, heard: Path, over: Event) -> None:
    """One person after another until it is over; each is written down when they are done."""
    number = 0
    while not over.is_set():
        chance = random.Random(f"{seed} {number}")
        number += 1
        jar, limit = CookieJar(unsafe=True), ClientTimeout(total=LONGEST_PAGE)
        async with ClientSession(cookie_jar=jar, timeout=limit) as browser:
            told = await Person(address, round_id, chance, browser).answer()
        with heard.open("a") as file:
            file.write(json.dumps(told.__dict__) + "\n")


def answer_until_over(address: str, round_id: str, seed: int, people: int, heard: Path, over: Event) -> None:
    """Several who answer at once, in a process of their own."""

    async def crowd() -> None:
        names = [f"{seed} {one}" for one in range(people)]
        await asyncio.gather(*[answer_again(address, round_id, name, heard, over) for name in names])

    asyncio.run(crowd())


def read_heard(heard: Path) -> list[Told]:
    """What everybody who is done has told."""
    lines = heard.read_text().splitlines() if heard.exists() else []
    return [Told(**json.loads(line)) for line in lines]
