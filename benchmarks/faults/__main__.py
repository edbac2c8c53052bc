"""Is anything lost when what serves people is killed a hundred times while they answer?

    python -m benchmarks.faults [--engine sqlite|postgresql|both] [--kills 50] [--people 12] [--seed 1]
                               [--minutes 600] [--jumps 0]

People answer through the plain form over HTTP; the application, the database, and processes that mix, close a
month, erase and migrate are killed with SIGKILL at random moments, and started again. Afterwards every answer
that was acknowledged must be there once and whole, sealed or mixed, with every part that was acknowledged to
somebody who was interrupted. With --jumps the application's clock is set so many times between the kills,
wrong and right in turn. The same seed does the same things in the same order.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.faults.rehearsal import APP, BACKEND, CLOCK, DATABASE, Rehearsal, is_clean

# Of fifty kills on each engine.
SHARES = {
    "sqlite": {APP: 20, "mixing": 8, "closing": 8, "erasing": 8, "migrating": 6},
    "postgresql": {
        APP: 4,
        DATABASE: 20,
        BACKEND: 5,
        "mixing": 6,
        "closing": 5,
        "erasing": 5,
        "migrating": 5,
    },
}


def make_plan(engine: str, kills: int, jumps: int, chance: random.Random) -> list[str]:
    """What is killed or set, in a random order."""
    shares = SHARES[engine]
    kinds = [kind for kind, share in shares.items() for _ in range(share)]
    plan = [one for _ in range(-(-kills // len(kinds))) for one in chance.sample(kinds, len(kinds))]
    return plan[:kills] if not jumps else chance.sample([*plan[:kills], *[CLOCK] * jumps], kills + jumps)


def rehearse(engine: str, kills: int, jumps: int, people: int, seed: int, minutes: float) -> bool:
    """One engine, told as JSON; whether nothing was wrong."""
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="faults-") as folder:
        rehearsal = Rehearsal(Path(folder), engine, seed, people, has_clock=jumps > 0)
        started = time.perf_counter()
        try:
            found = rehearsal.run(make_plan(engine, kills, jumps, random.Random(seed)), minutes=minutes)
        finally:
            rehearsal.close()
    spent = round((time.perf_counter() - started) / 60, 1)
    said = {"minutes": spent, "load": [round(one, 1) for one in os.getloadavg()], **found}
    print(json.dumps(said | {"clean": is_clean(found)}, indent=1, ensure_ascii=False), flush=True)
    return is_clean(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=[*SHARES, "both"], default="both")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--jumps", type=int, default=0)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--minutes", type=float, default=600.0)
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    engines = [*SHARES] if asked.engine == "both" else [asked.engine]
    clean = [
        rehearse(one, asked.kills, asked.jumps, asked.people, asked.seed, asked.minutes) for one in engines
    ]
    sys.exit(0 if all(clean) else 1)


if __name__ == "__main__":
    main()
