"""How long do a committee page and a programme report take, and how large do they become?

    python -m benchmarks.bench_reports [--runs 5] [--var DIR]

Makes the demonstration (36 months, 20 municipalities) in a folder of its own, or opens the one that is named,
draws each paper once to warm up, and then so many times. Memory is that of the largest press.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from pathlib import Path

from survey.demo import fill_when_new
from survey.installation import Installation, open_installation
from survey.people.roles import Person, Role
from survey.reports.compose import compose
from survey.reports.wish import Asked, read_wish
from survey.settings import Settings

MANAGER = Person(Role.MANAGER)
AREAS = ("0781", "07", "0780", "0765", "0834")
MEGABYTE = 1024 * 1024
KILOBYTES_IN_MEGABYTE = 1024


def read_cpu() -> float:
    """Processor seconds of this process and its presses."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def make(installation: Installation, asked: Asked) -> tuple[float, float, int]:
    """Seconds, processor seconds and bytes of one paper."""
    wish = read_wish(installation, asked, by=MANAGER)
    begun, cpu = time.perf_counter(), read_cpu()
    file, _ = compose(installation, wish, role=MANAGER.role.value, tell=lambda _done, _steps: None)
    return time.perf_counter() - begun, read_cpu() - cpu, len(file)


def tell(name: str, found: list[tuple[float, float, int]]) -> None:
    seconds, cpu, sizes = zip(*found, strict=True)
    print(
        f"{name}: median {statistics.median(seconds):.2f} s, most {max(seconds):.2f} s, "
        f"{statistics.median(cpu):.2f} CPU s, {max(sizes) / MEGABYTE:.2f} MB",
        flush=True,
    )


def measure(installation: Installation, runs: int) -> None:
    """Committee pages of some areas, then programme reports of every municipality."""
    everywhere = tuple(area.code for area in installation.areas.municipalities)
    for form in ("pdf", "docx"):
        make(installation, Asked(areas=AREAS[:1], format=form))
        pages = [make(installation, Asked(areas=(area,), format=form)) for area in AREAS for _ in range(runs)]
        tell(f"committee page, {form}", pages)
        programme = Asked("programme", everywhere, format=form)
        tell(f"programme of {len(everywhere)}, {form}", [make(installation, programme) for _ in range(runs)])
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KILOBYTES_IN_MEGABYTE
    print(f"largest press: {used:.0f} MB")


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--var", type=Path)
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        installation = open_installation(Settings(VAR_DIR=asked.var or Path(folder), DEMO=True))
        fill_when_new(installation, tell=print)
        measure(installation, asked.runs)
        installation.database.close()


if __name__ == "__main__":
    main()
