"""Do those who find a new SQLite file at the same moment all get to use it?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import pytest

from survey.store import database as how
from survey.store.database import Database


@contextmanager
def claimed(file: Path) -> Iterator[sqlite3.Connection]:
    """A new file that another is about to write to: SQLite changes no journal then, and does not wait."""
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE visit (day text)")
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_who_opens_a_new_file_that_another_is_writing_to_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Event()
    monkeypatch.setattr(how.time, "sleep", lambda _: refused.set())
    with claimed(tmp_path / "new.db") as other, ThreadPoolExecutor(1) as pool:
        reading = pool.submit(find_journal, tmp_path / "new.db")
        assert refused.wait(10)
        other.execute("COMMIT")
        assert reading.result(10) == "wal"


def find_journal(file: Path) -> str:
    with closing(Database(f"sqlite:///{file}")) as database, database.read() as connection:
        return connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()


def test_who_waits_for_a_new_file_longer_than_its_patience_is_refused(tmp_path: Path) -> None:
    with (
        claimed(tmp_path / "new.db"),
        closing(sqlite3.connect(tmp_path / "new.db")) as late,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        how.keep_log_beside(late.cursor(), patience=0.02)


def test_a_file_that_is_no_database_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(how.time, "sleep", lambda _: pytest.fail("waited for what does not pass"))
    (tmp_path / "letter.db").write_text("a letter, which is no database " * 100)
    with (
        closing(sqlite3.connect(tmp_path / "letter.db")) as connection,
        pytest.raises(sqlite3.DatabaseError, match="not a database"),
    ):
        how.keep_log_beside(connection.cursor(), patience=60)
