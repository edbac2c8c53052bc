"""How many answers a second do other programs get, of series that lie ready, that have not changed, and that
must be worked out?

    python -m benchmarks.bench_api [--seconds 10] [--programs 20] [--connections 16] [--var-dir DIR]

Starts the demonstration on loopback (36 months, 20 municipalities) and asks it with permits, so that the
limit of each program is kept. Bounded in time and connections. With `--var-dir` the demonstration that lies
there is asked, and none is made.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path

import aiohttp

from benchmarks.bench_answering import find_port, read_cpu
from benchmarks.bench_pages import wait_until_well
from survey.api.permits import NewPermit, make_permit
from survey.installation import open_installation
from survey.people.roles import Person, Role
from survey.settings import Settings

SURVEY = "invanarupplevelse"
ROOT = f"/api/v1/surveys/{SURVEY}"
AREAS = ("07", "0780", "0781", "0765", "0764", "08", "0880", "0883", "0821", "0834")
ADMINISTRATOR = Person(Role.ADMINISTRATOR, "bench")


@dataclass
class Load:
    """What was asked for in a while: seconds of each, and statuses."""

    times: list[float] = field(default_factory=list[float])
    statuses: Counter[int] = field(default_factory=Counter[int])

    def describe(self, seconds: float, cpu: float) -> dict[str, object]:
        times = sorted(self.times)
        return {
            "a_second": round(len(times) / seconds),
            "p50_ms": round(1000 * statistics.median(times), 1),
            "p99_ms": round(1000 * times[int(0.99 * len(times))], 1),
            "cpu_ms_each": round(1000 * cpu / len(times), 2),
            "statuses": dict(self.statuses),
        }


async def ask(
    session: aiohttp.ClientSession, load: Load, until: float, asked: Iterator[tuple[str, dict[str, str]]]
) -> None:
    """Ask again and again until a time."""
    while time.perf_counter() < until:
        address, headers = next(asked)
        started = time.perf_counter()
        async with session.get(address, headers=headers) as answer:
            await answer.read()
        load.times.append(time.perf_counter() - started)
        load.statuses[answer.status] += 1


async def run_load(
    base: str, seconds: float, connections: int, asked: Iterator[tuple[str, dict[str, str]]]
) -> Load:
    load = Load()
    async with aiohttp.ClientSession(base, connector=aiohttp.TCPConnector(limit=connections)) as session:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(ask(session, load, until, asked) for _ in range(connections)))
    return load


def make_tokens(folder: str, number: int) -> Sequence[str]:
    """Permits of as many programs, made in the demonstration's own database."""
    settings = Settings(VAR_DIR=Path(folder), DEMO=True)  # type: ignore[call-arg]
    installation = open_installation(settings)
    made = [
        make_permit(installation, NewPermit(f"Prov {n}", "signed_in", 90), by=ADMINISTRATOR).token
        for n in range(number)
    ]
    installation.database.close()
    return made


def list_series(tokens: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The same ten series, by one program after another."""
    for token, area in zip(cycle(tokens), cycle(AREAS), strict=False):
        headers = {"Authorization": f"Bearer {token}"}
        yield f"{ROOT}/series?area={area}&measure=helhet&kind=month", headers


def list_known(tokens: Sequence[str], tags: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The same, by programs that have them already."""
    for address, headers in list_series(tokens):
        yield address, {**headers, "If-None-Match": tags[address]}


def list_new_pages(tokens: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Pages of a thousand rows that nobody has asked for before."""
    for number, token in zip(count(100), cycle(tokens), strict=False):
        months = f"from=2023-{11 + number % 2}&to=20{24 + number % 3}-{1 + number % 12:02d}"
        address = f"{ROOT}/cells?kind=month&limit={900 + number % 200}&{months}&area={AREAS[number % 10]}"
        yield address, {"Authorization": f"Bearer {token}"}


async def read_tags(base: str, tokens: Sequence[str]) -> dict[str, str]:
    """What the ten series are known by; they lie ready after this."""
    found: dict[str, str] = {}
    async with aiohttp.ClientSession(base) as session:
        for (address, headers), _ in zip(list_series(tokens), AREAS, strict=False):
            async with session.get(address, headers=headers) as answer:
                found[address] = answer.headers["ETag"]
    return found


def measure(seconds: float, programs: int, connections: int, var_dir: str | None) -> dict[str, object]:
    with nullcontext(var_dir) if var_dir else tempfile.TemporaryDirectory() as folder:
        port = find_port()
        base = f"http://127.0.0.1:{port}"
        environment = {**os.environ, "VAR_DIR": folder, "PORT": str(port)}
        command = [sys.executable, "-m", "survey", "run", "--demo"]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_until_well(base, time.perf_counter())
            tokens = make_tokens(folder, programs)
            tags = asyncio.run(read_tags(base, tokens))
            kinds: dict[str, Callable[[], Iterator[tuple[str, dict[str, str]]]]] = {
                "series_ready": lambda: list_series(tokens),
                "series_unchanged": lambda: list_known(tokens, tags),
                "pages_worked_out": lambda: list_new_pages(tokens),
            }
            found: dict[str, object] = {}
            for name, asked in kinds.items():
                before = read_cpu(server.pid)
                load = asyncio.run(run_load(base, seconds, connections, asked()))
                found[name] = load.describe(seconds, read_cpu(server.pid) - before)
            return found
        finally:
            server.terminate()
            server.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--programs", type=int, default=20)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--var-dir")
    options = parser.parse_args()
    print(
        json.dumps(measure(options.seconds, options.programs, options.connections, options.var_dir), indent=1)
    )


if __name__ == "__main__":
    main()
