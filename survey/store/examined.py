"""What does a database say of itself: does it keep what it is given, and does its clock go right?"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from survey.store.database import Database, translate

MOUNTS = Path("/proc/mounts")
FULL = 2  # synchronous=FULL
TRIALS = 5  # writes that are timed


@dataclass(frozen=True)
class SqliteState:
    """How a SQLite database keeps what is written."""

    journal: str
    synchronous: int
    is_whole: bool


@dataclass(frozen=True)
class PostgresState:
    """How a PostgreSQL server keeps what is written, and how far its clock is ahead (seconds)."""

    settings: dict[str, str]
    is_replica: bool
    may_create: bool
    ahead: float
    is_pooled: bool


def examine_sqlite(database: Database) -> SqliteState:
    """Raises SurveyError database_*."""
    with database.read() as connection:
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
        said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    return SqliteState(str(journal), int(synchronous), said == "ok")


def examine_postgres(database: Database) -> PostgresState:
    """Raises SurveyError database_*."""
    names = ("synchronous_commit", "fsync", "full_page_writes", "server_encoding")
    with database.read(newest=True) as connection:
        settings = {name: str(connection.exec_driver_sql(f"SHOW {name}").scalar_one()) for name in names}
        is_replica = bool(connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one())
        may_create = connection.execute(
            text("SELECT has_schema_privilege(current_schema(), 'CREATE')")
        ).scalar_one()
        before = datetime.now(UTC)
        there = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        ahead = (there - (before + (datetime.now(UTC) - before) / 2)).total_seconds()
    return PostgresState(settings, is_replica, bool(may_create), ahead, is_pooled(database))


def is_pooled(database: Database) -> bool:
    """Whether transactions of one connection are served by several: a pooler in transaction mode is
    between.
    """
    with translate(), database.engine.connect() as connection:
        served: set[int] = set()
        for _ in range(TRIALS):
            served.add(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
            connection.rollback()
    return len(served) > 1


def measure_lag(database: Database) -> float | None:
    """How many seconds a replica is behind; None when what is read from is no replica."""
    if database.is_sqlite:
        return None
    query = (
        "SELECT pg_is_in_recovery(), CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() "
        "AND EXISTS (SELECT 1 FROM pg_stat_wal_receiver) THEN 0 "  # else it hears of nothing new
        "ELSE EXTRACT(EPOCH FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END"
    )
    with database.read() as connection:
        is_replica, behind = connection.execute(text(query)).one()
    return float(behind or 0) if is_replica else None


def check_writable(database: Database) -> None:
    """Raises SurveyError database_read_only, database_busy and database_* when nothing can be written."""
    with database.write() as connection:
        if not database.is_sqlite:
            connection.execute(text("CREATE TEMPORARY TABLE writable (id integer) ON COMMIT DROP"))


def find_file_system(folder: Path) -> str:
    """The kind of file system that a folder is on, as nfs4 or ext4; empty where that is not told."""
    best, kind = "", ""
    with suppress(OSError):
        for line in MOUNTS.read_text(encoding="utf-8").splitlines():
            _, place, found, *_ = line.split(" ")
            if folder.resolve().is_relative_to(place) and len(place) >= len(best):
                best, kind = place, found
    return kind


def holds_locks(folder: Path) -> bool:
    """Whether a lock on a file there keeps a second one out. Raises OSError."""
    path = folder / f".lock-{os.getpid()}"
    try:
        with path.open("w") as first, path.open("w") as second:
            fcntl.flock(first, fcntl.LOCK_EX)
            try:
                fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False
    finally:
        path.unlink(missing_ok=True)


def measure_disk(folder: Path) -> float:
    """Seconds until a small write is safe on disk there, the median of five. Raises OSError."""
    path = folder / f".write-{os.getpid()}"
    spent: list[float] = []
    try:
        with path.open("wb") as file:
            for _ in range(TRIALS):
                started = time.perf_counter()
                file.write(bytes(4096))
                file.flush()
                os.fsync(file.fileno())
                spent.append(time.perf_counter() - started)
    finally:
        path.unlink(missing_ok=True)
    return sorted(spent)[TRIALS // 2]
