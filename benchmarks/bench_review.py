"""How long a member waits for each page while 1,000 comments are read, coded and searched.

    python -m benchmarks.bench_review [--comments 1000] [--var FOLDER]

Starts the demonstration on loopback (in FOLDER, where it may be already) and is six members of the panel in
turn over Streamlit's own protocol: each press of "save and take the next" is timed until the next comment
stands there, and after every 20 the pages of agreement and of comments, searched in, are timed too.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing

import aiohttp
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.bench_answering import Load, find_port
from benchmarks.bench_app import BackMsg, Page, Person
from benchmarks.bench_pages import wait_until_well

MEMBERS = ("m1", "m2", "m3", "m4", "m5", "m6")
BETWEEN = 20  # comments coded between two looks at the other pages
WORDS = ("tid", "samma", "väntar", "maten", "telefon", "hemtjänst")
AIM_MS = 300
Times = dict[str, list[float]]


class Reader(Person):
    """A member at a page, who may press and search there."""

    async def open(self, name: str, query: str, states: list[WidgetState]) -> tuple[Page, float]:
        """A page as it is drawn at an address, and how many seconds that took."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = name
        message.rerun_script.widget_states.widgets.extend(states)
        started = time.perf_counter()
        await self.socket.send_bytes(message.SerializeToString())
        return await self.read(query), time.perf_counter() - started


@asynccontextmanager
async def come_in(address: str, member: str) -> AsyncIterator[Reader]:
    async with AsyncExitStack() as stack:
        jar = aiohttp.CookieJar(unsafe=True)
        session = await stack.enter_async_context(aiohttp.ClientSession(address, cookie_jar=jar))
        await session.get(f"/roll/panel_member?person={member}", allow_redirects=False)
        socket = session.ws_connect("/_stcore/stream", protocols=["streamlit"], max_msg_size=0)
        yield Reader(await stack.enter_async_context(socket), Load())


def answer(page: Page, chance: random.Random) -> list[WidgetState]:
    """One or two themes ticked and the comment saved; nothing when there is none to read."""
    boxes = [name for name, one in page.widgets.items() if type(one).__name__ == "Checkbox"]
    save = next((n for n in page.widgets if "Spara och ta nästa" in n), None)
    if save is None:
        return []
    ticked = set(chance.sample(boxes[:13], chance.choice((1, 1, 2))))
    states = [WidgetState(id=name, bool_value=name in ticked) for name in boxes]
    return [*states, WidgetState(id=save, trigger_value=True)]


async def code_one(reader: Reader, page: Page, times: Times, chance: random.Random) -> Page | None:
    """Save what stands there and get the next; None when there was nothing."""
    states = answer(page, chance)
    if not states:
        return None
    page, seconds = await reader.open("coding", "", states)
    times["coding: save and take the next"].append(seconds)
    return page


async def look_around(reader: Reader, times: Times, chance: random.Random) -> None:
    """Agreement, and a search among a county's comments of a quarter and of a year."""
    _, seconds = await reader.open("agreement", "", [])
    times["agreement"].append(seconds)
    for period in ("", "&period=2025"):
        page, _ = await reader.open("comments", f"area=07{period}", [])
        field = next(name for name, one in page.widgets.items() if type(one).__name__ == "TextInput")
        states = [WidgetState(id=field, string_value=chance.choice(WORDS))]
        _, seconds = await reader.open("comments", f"area=07{period}", states)
        times[f"comments: search{' a year' if period else ''}"].append(seconds)


async def review(address: str, comments: int) -> tuple[Times, int]:
    times: Times = defaultdict(list)
    chance, coded = random.Random(1), 0
    async with AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(come_in(address, one)) for one in MEMBERS]
        pages = [(await reader.open("coding", "", []))[0] for reader in readers]
        for number in range(comments):
            place = number % len(readers)
            found = await code_one(readers[place], pages[place], times, chance)
            if found is None:
                break
            pages[place], coded = found, coded + 1
            if number % BETWEEN == BETWEEN - 1:
                await look_around(readers[place], times, chance)
                pages[place], _ = await readers[place].open("coding", "", [])
    return times, coded


def measure(comments: int, folder: str) -> dict[str, object]:
    port = find_port()
    environment = {**os.environ, "VAR_DIR": folder, "PORT": str(port)}
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "survey", "run", "--demo"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_until_well(address, time.perf_counter())
        before = count_coded(folder)
        times, coded = asyncio.run(review(address, comments))
    finally:
        server.terminate()
        server.wait()
    return {
        "saved": coded,
        "kept": count_coded(folder) - before,
        **{name: tell(found) for name, found in times.items()},
    }


def count_coded(folder: str) -> int:
    """How many codings of these members lie in the database."""
    with closing(sqlite3.connect(f"{folder}/demonstration.db")) as database:
        query = "SELECT count(*) FROM comment_coding WHERE coder LIKE 'panel_member m_'"
        return int(database.execute(query).fetchone()[0])


def tell(seconds: list[float]) -> dict[str, float]:
    """Milliseconds, and how many took longer than what was aimed at."""
    found = sorted(1000 * one for one in seconds)
    return {
        "number": len(found),
        "median_ms": round(statistics.median(found), 1),
        "p95_ms": round(found[int(len(found) * 0.95)], 1),
        "max_ms": round(found[-1], 1),
        f"over_{AIM_MS}": len([one for one in found if one > AIM_MS]),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--comments", type=int, default=1000)
    parser.add_argument("--var", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(asked.comments, asked.var or folder), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
