"""What a first visit of the plain form weighs, and how long the trend page takes to draw again.

    python -m benchmarks.bench_pages [--runs 20]

Starts the demonstration on loopback (36 months, 20 municipalities), fetches the first page of the form with
all it asks for, and reruns the trend page over a websocket as a signed-in manager, another area each time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import aiohttp

from benchmarks.bench_answering import Load, find_port, read_cpu
from benchmarks.bench_app import BackMsg, Page, Person

LINKS = re.compile(r'(?:href|src)="(/e/fil/[^"]+)"')
START_SECONDS = 300
AREAS = ("07", "0780", "0781", "0765", "0764", "08", "0880", "0883", "0821", "0834")


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        return answer.read()


def weigh_first_visit(address: str) -> dict[str, int]:
    """Requests and bytes of the form's first page, as a browser without a cache asks for them."""
    listed = fetch(f"{address}/e").decode()
    path = next(
        p
        for p in re.findall(r'href="(/e/[^"?]+)', listed)
        if p not in ("/e/kod", "/e/kvitto") and "fil" not in p
    )
    page = fetch(address + path)
    files = [fetch(address + link) for link in dict.fromkeys(LINKS.findall(page.decode()))]
    return {"form_requests": 1 + len(files), "form_bytes": len(page) + sum(map(len, files))}


async def rerun_trends(address: str, runs: int) -> list[float]:
    """Seconds from asking for the trend page of an area until it is drawn, on one connection."""
    load = Load()
    async with aiohttp.ClientSession(address, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        await session.get("/roll/manager", allow_redirects=False)
        async with session.ws_connect("/_stcore/stream", protocols=["streamlit"], max_msg_size=0) as socket:
            person = Person(socket, load)
            for number in range(runs + 1):
                message = BackMsg()
                message.rerun_script.query_string = f"area={AREAS[number % len(AREAS)]}"
                message.rerun_script.page_name = "trends"
                started = time.perf_counter()
                await socket.send_bytes(message.SerializeToString())
                await person.read(Page("").query)
                load.times.append(time.perf_counter() - started)
    return load.times[1:]


def measure(runs: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        port = find_port()
        environment = {**os.environ, "VAR_DIR": folder, "PORT": str(port)}
        address = f"http://127.0.0.1:{port}"
        started = time.perf_counter()
        command = [sys.executable, "-m", "survey", "run", "--demo"]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            ready = wait_until_well(address, started)
            before = read_cpu(server.pid)
            times = asyncio.run(rerun_trends(address, runs))
            used = read_cpu(server.pid) - before
            weight = weigh_first_visit(address)
        finally:
            server.terminate()
            server.wait()
    return {
        "first_start_seconds": round(ready, 1),
        **weight,
        "trends_rerun_ms_median": round(1000 * statistics.median(times), 1),
        "trends_rerun_ms_max": round(1000 * max(times), 1),
        "trends_cpu_ms_each": round(1000 * used / (runs + 1), 1),
    }


def wait_until_well(address: str, started: float) -> float:
    while time.perf_counter() - started < START_SECONDS:
        try:
            fetch(f"{address}/readyz")
            return time.perf_counter() - started
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=20)
    print(json.dumps(measure(parser.parse_args().runs), indent=1))


if __name__ == "__main__":
    main()
