"""How much memory does an open page of the app take while its reader thinks?

    python -m benchmarks.bench_open_pages [--pages 200]

Sixty whole surveys first, so that everything is loaded; then so many people come to part 3 and stay there,
eight at a time, each with a connection that is compressed as browsers ask for it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile

import aiohttp

from benchmarks.bench_answering import find_port, open_round, start_server
from benchmarks.load_people import PART, AtApp, Seen, answer_once, think_about
from benchmarks.load_server import Sample, take_sample

WARM_UP, AT_ONCE, SETTLING = 60, 8, 3.0
STAYS_BEFORE = 3  # the part that people come to and stay at


async def stay(address: str, gate: asyncio.Semaphore, there: asyncio.Queue[int], over: asyncio.Event) -> None:
    """Come to a part, and stay until it is over."""
    parts = 0

    def think(before: str) -> float:
        nonlocal parts
        parts += before == PART
        if parts < STAYS_BEFORE:
            return 0.0
        there.put_nowait(1)
        gate.release()
        return 3600.0

    await gate.acquire()
    async with aiohttp.ClientSession(address, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        walking = asyncio.create_task(AtApp(session, Seen(), think).walk())
        await over.wait()
        walking.cancel()
        await asyncio.gather(walking, return_exceptions=True)


async def open_pages(address: str, pid: int, pages: int) -> tuple[Sample, Sample]:
    """What the server held before anybody stayed, and with so many."""
    await asyncio.gather(*(answer_once(address, "app", Seen(), think_about(0.05)) for _ in range(WARM_UP)))
    await asyncio.sleep(SETTLING)
    before = take_sample(pid, 0)
    gate, there, over = asyncio.Semaphore(AT_ONCE), asyncio.Queue[int](), asyncio.Event()
    people = [asyncio.create_task(stay(address, gate, there, over)) for _ in range(pages)]
    for _ in range(pages):
        await asyncio.wait_for(there.get(), 60)
    await asyncio.sleep(SETTLING)
    after = take_sample(pid, pages)
    over.set()
    await asyncio.gather(*people)
    return before, after


def measure(pages: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        port = find_port()
        os.environ.update({"VAR_DIR": folder, "PORT": str(port), "DATABASE_URL": ""})
        open_round()
        server = start_server(dict(os.environ), port)
        try:
            before, after = asyncio.run(open_pages(f"http://127.0.0.1:{port}", server.pid, pages))
        finally:
            server.terminate()
            server.wait()
    return {
        "pages": pages,
        "base_mb": round(before.own / 1e6, 1),
        "kb_each": round((after.own - before.own) / pages / 1e3, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=200)
    print(json.dumps(measure(parser.parse_args().pages), indent=1))


if __name__ == "__main__":
    main()
