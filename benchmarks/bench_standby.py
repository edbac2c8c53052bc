"""What a synchronous standby costs whoever waits for a commit: docs/scale.md.

    python -m benchmarks.bench_standby [--commits 300]

Starts a primary and a standby on this machine with the files of deploy/, and times commits of one row of a
sealed answer's size, alone, in turns: without waiting for the standby, until it has the row on disk, and
until whoever reads it sees the row. Both write to the same disk here, and no network lies between.
"""

from __future__ import annotations

import argparse
import json
import secrets
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg

from tests.browser.more_machines.database_machine import DatabaseMachine, start_primary, start_standby

SEALED = 8_240  # bytes
MODES = ("local", "on", "remote_apply")  # of synchronous_commit
ROUNDS = 3


def commit_each(primary: DatabaseMachine, mode: str, commits: int) -> list[float]:
    """Milliseconds until each of some commits was acknowledged."""
    spent: list[float] = []
    with psycopg.connect(
        host=str(primary.folder), port=primary.port, user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(f"SET synchronous_commit = {mode}".encode())
        for _ in range(commits):
            row = (secrets.token_bytes(16), secrets.token_bytes(SEALED))
            started = time.perf_counter()
            connection.execute("INSERT INTO sealed VALUES (%s, %s)", row)
            spent.append(1000 * (time.perf_counter() - started))
    return spent


def measure(commits: int) -> dict[str, dict[str, float]]:
    spent: dict[str, list[float]] = {mode: [] for mode in MODES}
    with tempfile.TemporaryDirectory(prefix="standby-") as made, ExitStack() as ending:
        folder = Path(made)
        folder.chmod(0o755)
        primary = start_primary(folder / "primary")
        ending.callback(primary.stop)
        primary.ask("CREATE TABLE sealed (id bytea PRIMARY KEY, sealed bytea)")
        standby = start_standby(folder / "standby", primary)
        ending.callback(standby.stop)
        for _ in range(ROUNDS):
            for mode in MODES:
                spent[mode] += commit_each(primary, mode, commits)
    return {
        mode: {
            "p50_ms": round(statistics.median(all_), 2),
            "p95_ms": round(statistics.quantiles(all_, n=20)[-1], 2),
            "most_ms": round(max(all_), 1),
        }
        for mode, all_ in spent.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--commits", type=int, default=300)
    print(json.dumps(measure(parser.parse_args().commits), indent=1))


if __name__ == "__main__":
    main()
