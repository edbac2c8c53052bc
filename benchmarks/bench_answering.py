"""How many people can answer the plain form at once: completed surveys a second, page times, server CPU.

    python -m benchmarks.bench_answering [--people 500] [--at-once 100] [--database URL]

Starts a server of its own on loopback with an installation in a temporary folder, sends whole five-part
surveys through it (start, five parts, look over, send, receipt: 16 requests, each draft sealed and on disk),
and then opens the inbox to see that every acknowledged answer is there once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date, timedelta
from pathlib import Path

import aiohttp

from benchmarks.kept import prove_kept
from survey.answering.effort import BUSY

TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')
RECEIPT = re.compile(r'class="receipt"[^>]*>([a-z-]+)<')
ROUND = "matning"
WARM_UP = 40  # people before those who are measured
PARTS = (
    ("b1", "b2", "b5", "b6"),
    tuple(f"a{n:02}" for n in range(1, 10)),
    tuple(f"a{n}" for n in range(10, 18)),
    ("a18", "a19", "a20", "a21", "a22", "ft1", "ft2"),
    ("c1", "b7", "b3", "b4", "b8"),
)
FIXED = {
    "b1": "self",
    "b5": "vardcentral",
    "b6": "n1",
    "b3": "a65_79",
    "b4": "woman",
    "b7": "most",
    "b8": "alone",
}
FIXED |= {"c1": "yes_panel", "ft1": "Allt fungerade bra.", "ft2": "Ring mig på 070-123 45 67."}


def choose(question: str) -> str:
    """An answer to a question."""
    if question == "b2":
        return random.choice(("0780", "0781", "0880", "0882"))
    return FIXED.get(question) or random.choice("12345")


class Load:
    """What a run of the load generator saw."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.receipts: list[str] = []
        self.failures: list[str] = []


async def fetch(
    session: aiohttp.ClientSession, load: Load, method: str, path: str, data: dict | None = None
) -> str:
    started = time.perf_counter()
    async with session.request(method, path, data=data, allow_redirects=False) as answer:
        body = await answer.text()
        load.times.append(time.perf_counter() - started)
        if answer.status == 303:
            return answer.headers["location"]
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return body


async def answer_survey(address: str, load: Load) -> None:
    """One person, from the first page to the receipt."""
    async with aiohttp.ClientSession(address, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        await fetch(session, load, "GET", f"/e/{ROUND}")
        page = await fetch(session, load, "POST", f"/e/{ROUND}", {"form": "full"})
        for questions in PARTS:
            html = await fetch(session, load, "GET", page)
            fields = {question: choose(question) for question in questions}
            fields |= {"token": TOKEN.search(html)[1], "do": "next"}
            page = await fetch(session, load, "POST", page, fields)
        html = await fetch(session, load, "GET", page)
        page = await fetch(session, load, "POST", page, {"token": TOKEN.search(html)[1]})
        load.receipts.append(RECEIPT.search(await fetch(session, load, "GET", page))[1])


async def send_people(address: str, people: int, at_once: int) -> tuple[Load, float]:
    """`people` surveys, `at_once` at a time, without pauses."""
    load, gate = Load(), asyncio.Semaphore(at_once)

    async def one() -> None:
        async with gate:
            try:
                await answer_survey(address, load)
            except Exception as wrong:
                load.failures.append(repr(wrong))

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(people)))
    return load, time.perf_counter() - started


def read_cpu(pid: int) -> float:
    """CPU seconds that a process has used, from /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start_server(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """The product's own server, ready to answer."""
    server = subprocess.Popen(
        [sys.executable, "-m", "survey", "run"], env=environment, stdout=subprocess.DEVNULL
    )
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1)
            return server
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def open_round() -> None:
    """A round that is open now, in the installation of the environment."""
    from survey.commands import open_here
    from survey.rounds import NewRound
    from survey.rounds import open_round as open_new

    day = date.today()  # noqa: DTZ011
    new = NewRound(ROUND, "invanarupplevelse", "2026-1", "Mätning", day, day + timedelta(days=2))
    open_new(open_here(), new, by="benchmark")


def measure(people: int, at_once: int, database: str) -> dict[str, object]:
    """One run against a fresh installation."""
    with tempfile.TemporaryDirectory() as folder:
        port = find_port()
        chosen = {"VAR_DIR": folder, "PORT": str(port), "DATABASE_URL": database}
        os.environ.update(chosen)
        open_round()
        server = start_server(dict(os.environ), port)
        try:
            asyncio.run(send_people(f"http://127.0.0.1:{port}", WARM_UP, 10))
            before = read_cpu(server.pid)
            load, seconds = asyncio.run(send_people(f"http://127.0.0.1:{port}", people, at_once))
            used = read_cpu(server.pid) - before
            kept = prove_kept({receipt: {} for receipt in load.receipts}, ROUND)
        finally:
            server.terminate()
            server.wait()
    cuts = statistics.quantiles(load.times, n=100)
    return {
        "people": people,
        "at_once": at_once,
        "failures": len(load.failures),
        "first_failure": load.failures[:1],
        "surveys_a_second": round(len(load.receipts) / seconds, 1),
        "server_cpu_ms_each": round(1000 * used / max(1, len(load.receipts)), 2),
        "page_ms_p50": round(1000 * cuts[49], 1),
        "page_ms_p95": round(1000 * cuts[94], 1),
        **kept,
        "warm_up": WARM_UP,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--at-once", type=int, default=100)
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    if asked.people + WARM_UP > BUSY:
        parser.error(f"of more than {BUSY - WARM_UP} people in a minute some are asked for work first")
    print(json.dumps(measure(asked.people, asked.at_once, asked.database), indent=1))


if __name__ == "__main__":
    main()
