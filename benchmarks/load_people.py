"""What do people do who answer and think: at each face of the product, press by press?"""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlsplit

import aiohttp
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.bench_answering import PARTS, RECEIPT, ROUND, TOKEN, Load, choose
from benchmarks.bench_app import Page, Person, answer_widgets, find_receipt

LONGEST_STEP = 60.0  # seconds after which somebody gives up
DOOR, BEGIN, PART, SEND = "door", "begin", "part", "send"  # what a press was for
Think = Callable[[str], float]  # how many seconds somebody thinks before a press
FILES = re.compile(r'(?:href|src)="(/e/fil/[^"]+)"')
TASK = re.compile(r'name="uppgift" value="([^"]+)"')
BITS = re.compile(r'data-bits="(\d+)"')
QUESTION = re.compile(r"-answer-sv-(\w+)-$")  # how the id of a question's widget ends
SOLVERS = ProcessPoolExecutor(1)  # apart, so that nobody else waits for it
TEXTS = ("ft1", "ft2")  # masked before they are kept: not compared


@dataclass(frozen=True)
class Press:
    """How long somebody waited: `at` by the clock, from the press until the next page was whole."""

    kind: str
    at: float
    seconds: float


@dataclass
class Seen:
    """What everybody saw. `given` is what those answered who hold a receipt; `wrong` counts by kind."""

    presses: list[Press] = field(default_factory=list)
    given: dict[str, dict[str, str]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    begun: int = 0
    worked: int = 0  # had to do a second of work, because very many began
    again: int = 0  # was asked once more, because the connection had been closed meanwhile
    inside: int = 0  # are answering now

    def note(self, kind: str, started: float) -> None:
        self.presses.append(Press(kind, started, time.monotonic() - started))


class PageError(Exception):
    """A page that was not what somebody pressed for."""


@dataclass
class AtPlainForm:
    """Somebody at the plain form: HTTP, with a new connection whenever the last was closed meanwhile."""

    session: aiohttp.ClientSession
    seen: Seen
    think: Think

    async def walk(self) -> None:
        """From the door to the receipt. Raises PageError and aiohttp's errors."""
        page = await self.press(DOOR, "GET", f"/e/{ROUND}", None)
        for name in dict.fromkeys(FILES.findall(page)):
            await self.ask("GET", name, None)
        await self.pause(BEGIN)
        page = await self.press(BEGIN, "POST", f"/e/{ROUND}", {"form": "full"})
        given: dict[str, str] = {}
        for number, questions in enumerate(PARTS, start=1):
            await self.pause(PART)
            answers = {question: choose(question) for question in questions}
            given |= {q: a for q, a in answers.items() if q not in TEXTS and q != "b5" and q != "b8"}
            fields = answers | {"token": find(TOKEN, page), "do": "next"}
            page = await self.press(PART, "POST", f"/e/{ROUND}/{number}", fields)
        await self.pause(SEND)
        page = await self.press(SEND, "POST", f"/e/{ROUND}/granska", {"token": find(TOKEN, page)})
        self.seen.given[find(RECEIPT, page)] = given

    async def press(self, kind: str, method: str, path: str, fields: dict[str, str] | None) -> str:
        started = time.monotonic()
        page = await self.ask(method, path, fields)
        self.seen.note(kind, started)
        return page

    async def ask(self, method: str, path: str, fields: dict[str, str] | None) -> str:
        """A page. A connection that was closed meanwhile is opened again, once, as browsers do."""
        try:
            return await self.ask_once(method, path, fields)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            self.seen.again += 1
            return await self.ask_once(method, path, fields)

    async def ask_once(self, method: str, path: str, fields: dict[str, str] | None) -> str:
        async with self.session.request(method, path, data=fields) as answer:
            page = await answer.text()
            if answer.status == 429 and fields is not None and "uppgift" not in fields:
                return await self.work(path, fields, page)
            if answer.status != 200:
                raise PageError(f"{answer.status} at {path.rpartition('/')[2]}")
            return page

    async def work(self, path: str, fields: dict[str, str], page: str) -> str:
        """Find the number that the page of a busy minute asks for, as its script does, and begin."""
        self.seen.worked += 1
        task, bits = find(TASK, page), int(find(BITS, page))
        solved = await asyncio.get_running_loop().run_in_executor(SOLVERS, solve, task, bits)
        await asyncio.sleep(1)  # as long as a phone takes
        return await self.ask("POST", path, fields | {"uppgift": task, "losning": str(solved)})

    async def pause(self, before: str) -> None:
        await asyncio.sleep(self.think(before))


@dataclass
class AtApp:
    """Somebody in the app: one websocket, compressed as browsers ask for it, that answers pings."""

    session: aiohttp.ClientSession
    seen: Seen
    think: Think

    async def walk(self) -> None:
        """From the door to the receipt. Raises PageError and aiohttp's errors."""
        started = time.monotonic()
        async with self.session.get(f"/e/{ROUND}/app", allow_redirects=False) as door:
            if door.status != 303:
                raise PageError(f"{door.status} at the door")
            query = urlsplit(door.headers["location"]).query
        self.seen.note(DOOR, started)
        how = {"protocols": ["streamlit"], "max_msg_size": 0, "compress": 15}
        async with self.session.ws_connect("/_stcore/stream", **how) as socket:
            await self.answer(socket, query)

    async def answer(self, socket: aiohttp.ClientWebSocketResponse, query: str) -> None:
        person, given = Person(socket, Load()), dict[str, str]()
        page = await self.press(BEGIN, person, Page(query), [])
        for number in range(1, len(PARTS) + 1):
            await self.pause(socket, PART)
            answers = answer_widgets(page)
            given |= {
                found[1]: one.string_value
                for one in answers
                if (found := QUESTION.search(one.id)) and found[1] not in TEXTS
            }
            button = WidgetState(id=page.find_button(f"next-{number}"), trigger_value=True)
            page = await self.press(PART, person, page, [*answers, button])
        await self.pause(socket, SEND)
        button = WidgetState(id=page.find_button("send"), trigger_value=True)
        page = await self.press(SEND, person, page, [button])
        self.seen.given[find_receipt(page)] = given

    async def press(self, kind: str, person: Person, page: Page, states: list[WidgetState]) -> Page:
        started = time.monotonic()
        drawn = await asyncio.wait_for(person.run(page, states), LONGEST_STEP)
        self.seen.note(kind, started)
        return drawn

    async def pause(self, socket: aiohttp.ClientWebSocketResponse, before: str) -> None:
        """Think, and answer the server's pings meanwhile as a browser does."""
        try:
            async with asyncio.timeout(self.think(before)):  # the socket's own begins anew at every ping
                async for message in socket:
                    if message.type is not aiohttp.WSMsgType.BINARY:
                        raise PageError(f"the socket said {message.type.name}")
        except TimeoutError:
            return
        raise PageError("the socket was closed")


def solve(task: str, bits: int) -> int:
    """The number that makes a task's hash begin with so many zeros."""
    return next(
        n
        for n in count()
        if int.from_bytes(hashlib.sha256(f"{task}:{n}".encode()).digest()) >> (256 - bits) == 0
    )


FACES = {"plain": AtPlainForm, "app": AtApp}


def find(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise PageError(f"a page without {pattern.pattern[:20]}")
    return found[1]


async def answer_once(address: str, face: str, seen: Seen, think: Think) -> None:
    """One survey of one person, with a browser of their own. What goes wrong is counted."""
    seen.begun += 1
    seen.inside += 1
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=LONGEST_STEP, sock_read=LONGEST_STEP)
    cookies = aiohttp.CookieJar(unsafe=True)
    try:
        async with aiohttp.ClientSession(address, cookie_jar=cookies, timeout=timeout) as session:
            await FACES[face](session, seen, think).walk()
    except (PageError, aiohttp.ClientError, TimeoutError, RuntimeError, StopIteration) as wrong:
        seen.wrong[f"{type(wrong).__name__}: {str(wrong)[:80]}"] += 1
    finally:
        seen.inside -= 1


def think_about(seconds: float) -> Think:
    """Between half and one and a half times as long before every press."""
    return lambda _before: random.uniform(0.5 * seconds, 1.5 * seconds)


def hurry_in(seconds: float) -> Think:
    """The same, but at once from the door to the first part."""
    think = think_about(seconds)
    return lambda before: 0.0 if before == BEGIN else think(before)
