"""How long codes and their letters take to make, how much memory, and how large the file becomes.

    python -m benchmarks.bench_letters [--number 50000] [--database URL]

Orders codes in an empty installation, keeps their hashes, and takes the PDF as a browser would, with an
address in each letter. Memory is this process and its presses together, looked at four times a second.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from survey.installation import open_installation
from survey.letters.addresses import Addressee
from survey.letters.fetching import fetch_order
from survey.letters.files import Wish
from survey.letters.orders import make_ordered, order_codes
from survey.people.roles import Person, Role
from survey.rounds import NewRound, open_round
from survey.settings import Settings

PAGE = os.sysconf("SC_PAGE_SIZE")
BETWEEN_LOOKS = 0.25  # seconds
COORDINATOR = Person(Role.COORDINATOR)


def read_parent(folder: Path) -> int:
    """The parent of a process, from what stands behind its name."""
    return int((folder / "stat").read_text().rpartition(")")[2].split()[1])


def measure_now() -> int:
    """Bytes of memory of this process and those it started."""
    bytes_now = 0
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and os.getpid() in (int(folder.name), read_parent(folder)):
                bytes_now += int((folder / "statm").read_text().split()[1]) * PAGE
        except (OSError, ValueError, IndexError):
            continue  # it ended while it was looked at
    return bytes_now


@contextmanager
def watched() -> Iterator[list[int]]:
    """The largest memory seen during the block, in a list of one."""
    most, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(BETWEEN_LOOKS):
            most[0] = max(most[0], measure_now())

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield most
    finally:
        ended.set()
        thread.join()


def read_cpu() -> float:
    """CPU seconds of this process and of the presses that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure(number: int, database: str, folder: Path) -> None:
    """Order, make and take so many letters; told as it happens."""
    settings = Settings(VAR_DIR=folder, DATABASE_URL=database, PUBLIC_ADDRESS="https://svara.exempel.se")  # type: ignore[call-arg]
    installation = open_installation(settings)
    today = installation.today()
    new = NewRound("brev", "invanarupplevelse", "2026-1", "Brev", today, today + timedelta(90), door="coded")
    open_round(installation, new, by="benchmark")
    began, cpu = time.perf_counter(), read_cpu()
    order = order_codes(installation, "brev", {"0780": number}, by=COORDINATOR)
    make_ordered(installation, order.id)
    print(f"codes: {time.perf_counter() - began:.1f} s, {read_cpu() - cpu:.1f} CPU seconds", flush=True)
    cells = {"name": "Åsa Öberg", "street": "Storgatan 12", "code": "352 30", "town": "Växjö"}
    wish = Wish(addressees=(Addressee(cells),) * number)
    began, cpu, size = time.perf_counter(), read_cpu(), 0
    with watched() as most, (folder / "letters.pdf").open("wb") as file:
        for piece in fetch_order(installation, order.id, wish, by=COORDINATOR):
            size += file.write(piece)
    print(
        f"letters: {time.perf_counter() - began:.1f} s, {read_cpu() - cpu:.1f} CPU seconds, "
        f"{most[0] / 1e6:.0f} MB of memory at most, {size / 1e6:.0f} MB of PDF, "
        f"{size / number:.0f} bytes a letter"
    )
    installation.database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=50_000)
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(asked.number, asked.database, Path(folder))


if __name__ == "__main__":
    main()
