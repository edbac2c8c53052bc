"""What does a server take while people answer: processor, and memory by kind, sample by sample?"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench_answering import read_cpu

BETWEEN = 5.0  # seconds between two samples
HOUR = 3600.0  # seconds


@dataclass(frozen=True)
class Sample:
    """A moment: processor seconds so far, and bytes. `own` is memory without the files mapped into it.

    SQLite sees its file as memory, which grows with the database and is given back when others need it.
    """

    at: float
    server_cpu: float
    driver_cpu: float
    resident: int
    own: int
    inside: int


def take_sample(pid: int, inside: int) -> Sample:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    kept = {
        name: int(rest.split()[0]) * 1024
        for name, _, rest in (line.partition(":") for line in lines)
        if name in ("VmRSS", "RssAnon")
    }
    cpu = read_cpu(pid), read_cpu(os.getpid())
    return Sample(time.monotonic(), *cpu, kept["VmRSS"], kept["RssAnon"], inside)


class Sampler:
    """Takes samples until it is cancelled."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.samples: list[Sample] = []

    def take(self, inside: int) -> Sample:
        self.samples.append(take_sample(self.pid, inside))
        return self.samples[-1]

    def list_between(self, start: float, end: float) -> list[Sample]:
        return [one for one in self.samples if start <= one.at <= end]


def tell_cpu(samples: Sequence[Sample]) -> dict[str, float]:
    """How much of a core the server and the people took."""
    first, last = samples[0], samples[-1]
    span = last.at - first.at or 1.0
    return {
        "server_cpu_of_a_core": round((last.server_cpu - first.server_cpu) / span, 3),
        "driver_cpu_of_a_core": round((last.driver_cpu - first.driver_cpu) / span, 3),
    }


def tell_growth(samples: Sequence[Sample]) -> dict[str, float]:
    """Whether memory is flat: megabytes an hour after the first third, and what it was at most."""
    later = samples[len(samples) // 3 :]
    if len(later) < 3:
        return {}
    times = [one.at for one in later]
    grown = {
        f"{name}_mb_an_hour": round(
            HOUR * statistics.linear_regression(times, [getattr(s, name) / 1e6 for s in later]).slope, 1
        )
        for name in ("own", "resident")
    }
    return grown | {"own_mb_most": round(max(s.own for s in samples) / 1e6, 1)}


async def keep_sampling(sampler: Sampler, find_inside: object) -> None:
    while True:
        sampler.take(find_inside())  # type: ignore[operator]
        await asyncio.sleep(BETWEEN)
