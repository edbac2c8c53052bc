"""After a thousand letters have been answered over HTTP: is any code, address or browser in any file?

The service is run as it is run, by people whose browsers send all that browsers send and more.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import aiohttp
import pytest

from survey.answering.codes import show_code
from survey.installation import Installation, open_installation
from survey.rounds import NewRound, make_codes, open_round
from survey.store.database import Database
from tests.browser.running_app import run_app
from tests.walks import SURVEY, VERSION, make_settings

PEOPLE, AT_ONCE = 1_000, 16
AGENT, NETWORK = "Telefonen/7.3", "203.0.113."  # of documentation (RFC 5737): nobody's
TOKEN = re.compile(r'name="token" value="([^"]+)"')
RECEIPT = re.compile(r'class="receipt"[^>]*>([a-z-]+)<')
SEEN_AT_LEAST = 3  # kinds of file: the database, its log, the server's own log


@dataclass
class Crowd:
    """What the people had and got: what must be in no file."""

    codes: tuple[str, ...]
    receipts: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)


async def answer(address: str, code: str, number: int, crowd: Crowd) -> None:
    """One person types the code of a letter, skips everything and sends."""
    headers = {
        "User-Agent": f"{AGENT} nr {number}",
        "X-Forwarded-For": f"{NETWORK}{number % 250}",
        "X-Real-IP": f"{NETWORK}{number % 250}",
        "Referer": f"{address}/e/kod",
        "Origin": address,
    }
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(address, cookie_jar=jar, headers=headers) as session:
        async with session.post("/e/kod", data={"kod": show_code(code)}) as begun:
            assert begun.status == 200, await begun.text()
            place = begun.url.path.rpartition("/")[0]
        async with session.get(f"{place}/granska") as page:
            token = TOKEN.search(await page.text())
        assert token is not None
        async with session.post(f"{place}/granska", data={"token": token[1]}) as sent:
            receipt = RECEIPT.search(await sent.text())
        assert receipt is not None
        crowd.receipts.append(receipt[1])
        crowd.secrets |= {one.value for one in jar}


async def answer_all(address: str, crowd: Crowd) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, code: str) -> None:
        async with gate:
            await answer(address, code, number, crowd)

    await asyncio.gather(*(one(number, code) for number, code in enumerate(crowd.codes)))


def invite(folder: Path) -> tuple[str, ...]:
    """A thousand codes for a round that is open today, made in the installation that will be served."""
    url = f"sqlite:///{(folder / 'invanarrosten.db').resolve()}"
    found: Installation = open_installation(make_settings(url, folder))
    today = date.today()  # noqa: DTZ011 - the served process has its own clock
    new = NewRound(
        "brev", SURVEY, VERSION, "Brev", today - timedelta(days=1), today + timedelta(days=9), door="coded"
    )
    codes = make_codes(found, open_round(found, new, by="test"), area="0780", number=PEOPLE, by="test")
    found.database.close()
    return codes


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Crowd, Path]]:
    """The crowd and the folder of everything that was written, while the service still runs."""
    folder = tmp_path_factory.mktemp("thousand")
    crowd = Crowd(invite(folder))
    with run_app(folder, command=(sys.executable, "-m", "survey", "run")) as address:
        asyncio.run(answer_all(address, crowd))
        yield crowd, folder


def read_files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def find_in(files: dict[str, bytes], wanted: set[str]) -> list[tuple[str, str]]:
    """Which of some texts stand in which files, in UTF-8."""
    return [(name, one) for name, data in files.items() for one in wanted if one.encode() in data]


def test_everybody_was_heard(answered: tuple[Crowd, Path]) -> None:
    crowd, folder = answered
    assert len(set(crowd.receipts)) == PEOPLE
    database = Database(f"sqlite:///{folder / 'invanarrosten.db'}")
    with database.read() as connection:
        kept = connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM response)"
        ).scalar_one()
    database.close()
    assert kept == PEOPLE


def test_no_file_tells_a_code_an_address_a_browser_or_a_receipt(answered: tuple[Crowd, Path]) -> None:
    crowd, folder = answered
    files = read_files(folder)
    assert len(files) >= SEEN_AT_LEAST
    codes = {*crowd.codes, *map(show_code, crowd.codes)}
    wanted = {AGENT, NETWORK, *codes, *crowd.receipts, *crowd.secrets}
    assert find_in(files, wanted) == []


def test_the_search_finds_what_is_there(answered: tuple[Crowd, Path], tmp_path: Path) -> None:
    crowd, folder = answered
    files = read_files(folder)
    name, data = max(files.items(), key=lambda pair: len(pair[1]))
    files[name] = data + crowd.codes[500].encode() + crowd.receipts[500].encode()
    assert len(find_in(files, {*crowd.codes, *crowd.receipts})) == 2
