"""Does one process carry a thousand people who think between the parts, a crowd at once, and half an hour?

    python -m benchmarks.load --face plain|app [--people 1000] [--think 20] [--minutes 5] [--spike 300]
        [--soak] [--database URL] [--core 0|1] [--port 8640]

Starts a server of its own on loopback with a new installation in a temporary folder, on one core
(`--core`); the people are on the other. They come spread over as long as a survey takes, answer with
pauses, and are followed by others until the time is out; half-way the spike comes all at once. At the end
the answers are mixed, and the receipt of each person who was given one is looked up. `--soak` is thirty
minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from benchmarks.bench_answering import PARTS, ROUND, find_port, open_round, start_server
from benchmarks.kept import prove_kept
from benchmarks.load_people import (
    BEGIN,
    DOOR,
    FACES,
    PART,
    SEND,
    Press,
    Seen,
    answer_once,
    hurry_in,
    think_about,
)
from benchmarks.load_server import Sampler, keep_sampling, tell_cpu, tell_growth

MOST_PEOPLE, MOST_MINUTES = 5_000, 180.0
SOAK_MINUTES = 30.0
WARM_UP, SETTLING = 60, 5.0  # people who answer without pauses first, and seconds of rest after them
CROWDED = 30.0  # seconds after the spike that are told apart
THOUGHTS = len(PARTS) + 2  # pauses of a survey
CORES = {0, 1}


@dataclass
class Run:
    """A run: who was there, when they were all in, when the spike came, and when nobody began any more."""

    seen: Seen = field(default_factory=Seen)
    crowd: Seen = field(default_factory=Seen)
    full: float = 0.0
    spike: float = 0.0
    end: float = 0.0

    def count_inside(self) -> int:
        return self.seen.inside + self.crowd.inside


async def drive(address: str, asked: argparse.Namespace, sampler: Sampler) -> Run:
    """Warm up, and let everybody come, answer, and finish what they are at."""
    run, warm = Run(), Seen()
    await asyncio.gather(*(answer_once(address, asked.face, warm, think_about(0.05)) for _ in range(WARM_UP)))
    await asyncio.sleep(SETTLING)
    sampler.take(0)
    sampling = asyncio.create_task(keep_sampling(sampler, run.count_inside))
    start = time.monotonic()
    run.full = start + THOUGHTS * asked.think
    run.end = run.full + 60 * asked.minutes
    run.spike = (run.full + run.end) / 2
    longest = run.end - start + 4 * THOUGHTS * asked.think + 120
    async with asyncio.timeout(longest):
        await asyncio.gather(
            *(come_and_go(address, n, run, asked) for n in range(asked.people)), crowd(address, run, asked)
        )
    sampling.cancel()
    with suppress(asyncio.CancelledError):
        await sampling
    run.seen.given |= warm.given | run.crowd.given
    return run


async def come_and_go(address: str, number: int, run: Run, asked: argparse.Namespace) -> None:
    """One place among the people: somebody answers, and then somebody else."""
    await asyncio.sleep(number / asked.people * THOUGHTS * asked.think)
    while time.monotonic() < run.end:
        await answer_once(address, asked.face, run.seen, think_about(asked.think))
        await asyncio.sleep(0.1)


async def crowd(address: str, run: Run, asked: argparse.Namespace) -> None:
    """So many at the same moment, straight to the first part, who then think like all others."""
    await asyncio.sleep(run.spike - time.monotonic())
    one = (answer_once(address, asked.face, run.crowd, hurry_in(asked.think)) for _ in range(asked.spike))
    await asyncio.gather(*one)


def tell_times(presses: Iterable[Press]) -> dict[str, float]:
    """How long they waited, in milliseconds."""
    times = sorted(press.seconds * 1000 for press in presses)
    if len(times) < 2:
        return {"n": len(times)}
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    told = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "most": times[-1]}
    return {"n": len(times)} | {name: round(value, 1) for name, value in told.items()}


def tell_presses(run: Run, *, has_spike: bool) -> dict[str, object]:
    """The waits of those who were there when all were in, by what they pressed for; the spike apart."""
    inside = [p for p in run.seen.presses if run.full <= p.at < run.end]
    crowded = [p for p in inside if has_spike and run.spike <= p.at < run.spike + CROWDED]
    quiet = [p for p in inside if p not in set(crowded)]
    told: dict[str, object] = {
        f"{kind}_ms": tell_times(p for p in quiet if p.kind == kind) for kind in (DOOR, BEGIN, PART, SEND)
    }
    if has_spike:
        first = [p for p in run.crowd.presses if p.kind == BEGIN]
        told["spike"] = {
            "door_ms": tell_times(p for p in run.crowd.presses if p.kind == DOOR),
            "begin_ms": tell_times(first),
            "part_ms": tell_times(p for p in run.crowd.presses if p.kind == PART),
            "all_had_begun_after_s": round(max((p.at + p.seconds for p in first), default=0) - run.spike, 1),
            "others_part_ms": tell_times(p for p in crowded if p.kind == PART),
            "had_to_work": run.crowd.worked,
        }
    return told


def tell_memory(sampler: Sampler, run: Run) -> dict[str, float]:
    """What the process held before anybody was there, and what each who is there adds."""
    base = sampler.samples[0]
    inside = sampler.list_between(run.full, run.end)
    people = statistics.mean(one.inside for one in inside)
    own = statistics.mean(one.own for one in inside)
    return {
        "base_own_mb": round(base.own / 1e6, 1),
        "people_inside": round(people),
        "kb_each": round((own - base.own) / people / 1e3, 1),
        **tell_growth(inside),
    }


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """One run against a new installation."""
    with tempfile.TemporaryDirectory() as folder:
        port = asked.port or find_port()
        os.environ.update({"VAR_DIR": folder, "PORT": str(port), "DATABASE_URL": asked.database})
        open_round()
        os.sched_setaffinity(0, {asked.core})
        server = start_server(dict(os.environ), port)
        os.sched_setaffinity(0, CORES - {asked.core})
        sampler = Sampler(server.pid)
        try:
            run = asyncio.run(drive(f"http://127.0.0.1:{port}", asked, sampler))
        finally:
            server.terminate()
            server.wait()
        os.sched_setaffinity(0, CORES)
        kept = prove_kept(run.seen.given, ROUND)
    return {
        "asked": vars(asked) | {"database": "PostgreSQL" if asked.database else "SQLite"},
        "load_average": os.getloadavg(),
        **tell_presses(run, has_spike=asked.spike > 0),
        "begun": run.seen.begun + run.crowd.begun,
        "wrong": dict(run.seen.wrong + run.crowd.wrong),
        "had_to_work": run.seen.worked,
        "asked_again": run.seen.again + run.crowd.again,
        **tell_cpu(sampler.list_between(run.full, run.end)),
        **tell_memory(sampler, run),
        **kept,
    }


def read_command() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--face", choices=tuple(FACES), required=True)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--think", type=float, default=20.0)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--spike", type=int, default=0)
    parser.add_argument("--soak", action="store_true")
    parser.add_argument("--database", default="")
    parser.add_argument("--core", type=int, choices=sorted(CORES), default=0)
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    if asked.soak:
        asked.minutes = SOAK_MINUTES
    if asked.people + asked.spike > MOST_PEOPLE or asked.minutes > MOST_MINUTES:
        parser.error(f"at most {MOST_PEOPLE} people and {MOST_MINUTES:g} minutes")
    return asked


def main() -> None:
    print(json.dumps(measure(read_command()), indent=1))


if __name__ == "__main__":
    main()
