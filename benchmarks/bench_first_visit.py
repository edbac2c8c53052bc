"""How long until somebody can answer on the slowest phone: a slow line, a processor four times slower?

    python -m benchmarks.bench_first_visit [--runs 5]

The plain form in a running Chromium with nothing kept from visit to visit. From the request to where a radio
button could be chosen or the button pressed: it is there, does not move and takes the press. A line adds its
round trip to every request and lets so many bits through; opening the connection is not slowed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.bench_answering import ROUND, find_port, open_round, start_server

SLOWER = 4  # times
LONGEST = 120_000  # milliseconds
SIZE = {"width": 360, "height": 740}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@dataclass(frozen=True)
class Line:
    """A line: milliseconds of a round trip, and kilobits a second down and up."""

    name: str
    round_trip: float
    down: float
    up: float


LINES = (
    Line("400 ms, 400 kbit/s", 400, 400, 400),
    Line("DevTools' Slow 4G: 562.5 ms, 1440/675 kbit/s", 562.5, 1440, 675),
    Line("Lighthouse's slow 4G: 150 ms, 1638/750 kbit/s", 150, 1638.4, 750),
)


def open_slow_page(browser: Browser, line: Line) -> Page:
    """A page that has nothing kept, on a slow line and a slow processor."""
    page = browser.new_context(viewport=SIZE, has_touch=True, is_mobile=True).new_page()
    page.set_default_timeout(LONGEST)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    speed = {"downloadThroughput": line.down * 125, "uploadThroughput": line.up * 125}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": line.round_trip, **speed})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def visit(browser: Browser, address: str, line: Line) -> tuple[float, float]:
    """Seconds until the first page's button could be pressed, and from it until a radio could be chosen."""
    page = open_slow_page(browser, line)
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("button[value=full]").click(trial=True)
    at_door = time.perf_counter() - started
    page.wait_for_load_state()
    started = time.perf_counter()
    page.locator("button[value=full]").click(no_wait_after=True)
    page.locator("input[type=radio]").first.check()
    at_part = time.perf_counter() - started
    page.context.close()
    return at_door, at_part


def tell(seconds: list[float]) -> dict[str, float]:
    return {"median_s": round(statistics.median(seconds), 2), "most_s": round(max(seconds), 2)}


def measure(runs: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = find_port()
        os.environ.update({"VAR_DIR": folder, "PORT": str(port), "DATABASE_URL": ""})
        open_round()
        server = start_server(dict(os.environ), port)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        try:
            visit(browser, f"http://127.0.0.1:{port}/e/{ROUND}", LINES[-1])  # the browser's own start
            seen = {
                line: [visit(browser, f"http://127.0.0.1:{port}/e/{ROUND}", line) for _ in range(runs)]
                for line in LINES
            }
        finally:
            browser.close()
            server.terminate()
            server.wait()
    return {
        "load_average": os.getloadavg(),
        "processor_slower": SLOWER,
        **{
            line.name: {"button": tell([d for d, _ in times]), "radio": tell([p for _, p in times])}
            for line, times in seen.items()
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    print(json.dumps(measure(parser.parse_args().runs), indent=1))


if __name__ == "__main__":
    main()
