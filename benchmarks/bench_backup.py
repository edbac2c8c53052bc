"""How long does a backup of a million responses take while answers come in, and starting again?

    python -m benchmarks.bench_backup [--stored 1000000] [--repeats 3] [--database URL] [--into URL]

Fills a fresh installation with mixed responses of a month that is open, lets one thread send answers all the
time, makes backups meanwhile, and times how long sending took with and without one. Then the newest backup is
put back in another place (`--into` names an empty PostgreSQL database for one), and the installation is
served, killed with SIGKILL and served again: recovery is from the start to the first 200 of /readyz.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.bench_publication import BATCH, make_responses
from survey.backup.restore import restore_backup
from survey.backup.take import take_backup
from survey.installation import Installation, open_installation
from survey.settings import Settings
from survey.store import responses
from tests.postgres_server import find_free_port
from tests.walks import answer_survey, open_a_round

MONTH = date.today().isoformat()[:7]  # noqa: DTZ011 - the served process has its own clock
QUIET_SECONDS = 5.0


def fill(installation: Installation, stored: int) -> None:
    """Responses with ids in order: random ones would take hours on one disk."""
    some = make_responses(installation, MONTH, BATCH)
    for start in range(0, stored, BATCH):
        rows = [
            replace(row, id=number.to_bytes(16, "big"), receipt=number.to_bytes(32, "big"))
            for number, row in enumerate(some, start)
        ]
        with installation.database.write() as connection:
            responses.add_responses(connection, rows)


class Sender(threading.Thread):
    """Sends answers until told to stop; how long each took."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(daemon=True)
        self.installation, self.round_ = installation, open_a_round(installation)
        self.spent: list[float] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            started = time.perf_counter()
            answer_survey(self.installation, self.round_)
            self.spent.append(1000 * (time.perf_counter() - started))

    def take(self) -> dict[str, float]:
        """What was sent since this was asked last."""
        spent, self.spent = sorted(self.spent), []
        return {
            "answers": len(spent),
            "p50_ms": round(statistics.median(spent), 1),
            "p99_ms": round(spent[int(0.99 * (len(spent) - 1))], 1),
            "most_ms": round(spent[-1], 1),
        }


def measure_backups(installation: Installation, into: Path, repeats: int) -> dict[str, object]:
    sender = Sender(installation)
    sender.start()
    time.sleep(QUIET_SECONDS)
    found: dict[str, object] = {"answering_alone": sender.take()}
    seconds: list[float] = []
    for _ in range(repeats):
        started = time.perf_counter()
        taken = take_backup(installation, into, keep_days=30)
        seconds.append(round(time.perf_counter() - started, 1))
        found["answering_meanwhile"] = sender.take()
        found["megabytes"] = taken.manifest.size // 10**6
        time.sleep(1.1)  # names have seconds
    sender.stopping.set()
    sender.join()
    return {**found, "backup_seconds": seconds}


def measure_restore(settings: Settings, folder: Path, into: str, keys: Path) -> float:
    place = folder.parent.parent / "restored"
    url = into or f"sqlite:///{place / 'restored.db'}"
    there = settings.model_copy(update={"var_dir": place, "database_url": url})
    started = time.perf_counter()
    restore_backup(there, folder, keys_from=keys)
    return round(time.perf_counter() - started, 1)


def start(settings: Settings, port: int) -> tuple[subprocess.Popen[bytes], tuple[float, float]]:
    """A served process, and the seconds until it was ready: by the clock, and of the processor."""
    environment = {**os.environ, "VAR_DIR": str(settings.var_dir), "DATABASE_URL": settings.database_url}
    environment["PORT"] = str(port)
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "survey", "run"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1)
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    return process, (round(time.perf_counter() - started, 2), read_processor_seconds(process.pid))


def read_processor_seconds(number: int) -> float:
    """Processor time of a process so far: what starting costs however busy the machine is."""
    fields = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()
    return round((int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), 2)


def measure_recovery(settings: Settings, repeats: int) -> list[tuple[float, float]]:
    port = find_free_port()
    found: list[tuple[float, float]] = []
    process, _ = start(settings, port)
    for _ in range(repeats):
        process.send_signal(signal.SIGKILL)
        process.wait()
        process, seconds = start(settings, port)
        found.append(seconds)
    process.kill()
    process.wait()
    return found


def measure(stored: int, repeats: int, database: str, into: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        home = Path(folder)
        url = database or f"sqlite:///{home / 'var' / 'invanarrosten.db'}"
        settings = Settings(VAR_DIR=home / "var", DATABASE_URL=url)  # type: ignore[call-arg]
        installation = open_installation(settings)
        fill(installation, stored)
        found: dict[str, object] = {
            "stored": stored,
            **measure_backups(installation, home / "kopior", repeats),
        }
        newest = max((home / "kopior").iterdir())
        installation.database.close()
        if not database or into:
            found["restore_seconds"] = measure_restore(settings, newest, into, settings.keys_dir)
        found["ready_after_kill_seconds"] = measure_recovery(settings, repeats)
        return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stored", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--database", default="")
    parser.add_argument("--into", default="")
    asked = parser.parse_args()
    print(json.dumps(measure(asked.stored, asked.repeats, asked.database, asked.into), indent=1))


if __name__ == "__main__":
    main()
