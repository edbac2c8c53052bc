"""Do writers wait in line, so that nothing is lost and nobody is left waiting?"""

from __future__ import annotations

import asyncio
import fcntl
import os
import queue
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from survey.errors import SurveyError
from survey.store import database as how
from survey.store import together
from survey.store.database import Database, claim_job
from survey.store.together import run_within
from tests.postgres_server import PostgresServer
from tests.processes import SPAWNED, run_together

WRITES = 40  # of each writer


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with one number in it, and a list of who has raised it."""
    found = Database(database_url)
    with found.write() as connection:
        connection.execute(text("CREATE TABLE total (n integer)"))
        connection.execute(text("INSERT INTO total VALUES (0)"))
        connection.execute(text("CREATE TABLE raised (writer text)"))
    yield found
    found.close()


def raise_total(connection: Connection, writer: str) -> None:
    """Read, then write: a writer who does not wait for the others loses their work."""
    locking = "" if connection.dialect.name == "sqlite" else " FOR UPDATE"
    n = connection.execute(text(f"SELECT n FROM total{locking}")).scalar_one()
    connection.execute(text("UPDATE total SET n = :n"), {"n": n + 1})
    connection.execute(text("INSERT INTO raised VALUES (:writer)"), {"writer": writer})


def write_alone(database: Database, writer: str) -> None:
    for _ in range(WRITES):
        with database.write() as connection:
            raise_total(connection, writer)


def write_with_others(database: Database, writer: str) -> None:
    for _ in range(WRITES):
        database.write_together(lambda connection: raise_total(connection, writer))


def read_total(database: Database) -> tuple[int, Counter[str]]:
    with database.read() as connection:
        total = connection.execute(text("SELECT n FROM total")).scalar_one()
        return total, Counter(connection.execute(text("SELECT writer FROM raised")).scalars())


@pytest.mark.parametrize("write", [write_alone, write_with_others])
def test_eight_threads_lose_nothing_and_nobody_starves(database: Database, write) -> None:  # type: ignore[no-untyped-def]
    writers = [f"thread {number}" for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(partial(write, database), writers))
    assert read_total(database) == (8 * WRITES, Counter(dict.fromkeys(writers, WRITES)))


@pytest.mark.parametrize("write", [write_alone, write_with_others])
def test_two_processes_of_four_threads_lose_nothing_and_nobody_starves(  # type: ignore[no-untyped-def]
    database: Database, database_url: str, write
) -> None:
    def write_in_threads(process: str) -> None:
        mine = Database(database_url)
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda thread: write(mine, f"{process}{thread}"), range(4)))

    database.close()
    done = run_together(*[partial(write_in_threads, process) for process in "ab"])
    assert [one.error for one in done] == ["", ""]
    writers = [f"{process}{thread}" for process in "ab" for thread in range(4)]
    assert read_total(database) == (8 * WRITES, Counter(dict.fromkeys(writers, WRITES)))


def test_a_write_that_fails_is_undone_and_lets_the_next_in(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        raise_total(connection, "first")
        raise ZeroDivisionError
    write_alone(database, "second")
    assert read_total(database) == (WRITES, Counter(second=WRITES))


def test_who_reads_is_not_kept_waiting_by_who_writes_and_sees_nothing_half_done(database: Database) -> None:
    with database.write() as connection:
        raise_total(connection, "half")
        assert read_total(database) == (0, Counter())
    assert read_total(database) == (1, Counter(half=1))


def test_a_refusal_among_writes_that_share_a_transaction_undoes_itself_alone(database: Database) -> None:
    def refuse(connection: Connection) -> None:
        raise_total(connection, "refused")
        raise SurveyError("code_unknown")

    def try_one(number: int) -> str:
        try:
            work = refuse if number % 2 else partial(raise_total, writer="kept")
            database.write_together(work, refusable=True)
        except SurveyError as wrong:
            return wrong.code
        return "kept"

    with ThreadPoolExecutor(16) as threads:
        told = list(threads.map(try_one, range(64)))
    assert Counter(told) == {"kept": 32, "code_unknown": 32}
    assert read_total(database) == (32, Counter(kept=32))


def test_a_process_that_dies_with_the_lock_leaves_it_to_the_next(
    database: Database, database_url: str
) -> None:
    def die_holding_it() -> None:
        with Database(database_url).write() as connection:
            raise_total(connection, "dead")
            os.kill(os.getpid(), signal.SIGKILL)

    database.close()
    dead = SPAWNED.Process(target=die_holding_it)
    dead.start()
    dead.join()
    assert dead.exitcode == -signal.SIGKILL
    write_alone(database, "living")
    assert read_total(database) == (WRITES, Counter(living=WRITES))


def test_a_writer_of_sqlite_waits_for_the_lock_beside_the_file_before_it_begins(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'invanarrosten.db'}")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE raised (writer text)"))
    begun = threading.Event()

    def write_one() -> None:
        with database.write() as connection:
            begun.set()
            connection.execute(text("INSERT INTO raised VALUES ('one')"))

    with (tmp_path / "invanarrosten.db.lock").open("r+") as held, ThreadPoolExecutor(1) as threads:
        fcntl.flock(held, fcntl.LOCK_EX)
        written = threads.submit(write_one)
        assert not begun.wait(0.2)
        fcntl.flock(held, fcntl.LOCK_UN)
        written.result()
    assert begun.is_set()
    database.close()


def test_who_claims_a_job_waits_for_whoever_has_it_and_those_who_share_it_do_not(
    postgres: PostgresServer,
) -> None:
    with postgres.fresh_database() as url:
        first, second = Database(url), Database(url)

        def is_free(*, shared: bool = False, job: str = "mixing") -> bool:
            try:
                with second.write() as connection:
                    connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
                    claim_job(connection, job, shared=shared)
            except SurveyError as wrong:
                assert wrong.code == "database_busy"
                return False
            return True

        with first.write() as connection:
            claim_job(connection, "mixing")
            assert (is_free(), is_free(shared=True), is_free(job="publishing")) == (False, False, True)
        with first.write() as connection:
            claim_job(connection, "mixing", shared=True)
            assert (is_free(), is_free(shared=True)) == (False, True)
        assert is_free()
        first.close()
        second.close()


def test_sqlite_is_kept_safe_against_a_power_cut_and_remembers_nothing_that_was_deleted(
    tmp_path: Path,
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'invanarrosten.db'}")
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "temp_store": 2}
    with database.write() as connection:
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted} == wanted
    assert oct((tmp_path / "invanarrosten.db.lock").stat().st_mode & 0o777) == "0o600"
    database.close()


def test_who_waits_too_long_for_a_lock_is_told_so_and_the_next_is_written_when_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "PATIENCE", 0.1)
    monkeypatch.setattr(how, "TURN_SECONDS", 0.5)
    database = Database(f"sqlite:///{tmp_path / 'invanarrosten.db'}")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE raised (writer text)"))
    with (tmp_path / "invanarrosten.db.lock").open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for _ in range(3):
            with pytest.raises(SurveyError, match="database_busy"):
                database.write_together(lambda connection: write_name(connection, "too late"))
        assert database.is_stuck()
        fcntl.flock(held, fcntl.LOCK_UN)
    monkeypatch.setattr(together, "PATIENCE", 60.0)
    database.write_together(lambda connection: write_name(connection, "next"))
    assert not database.is_stuck()
    with database.read() as connection:
        assert "next" in connection.execute(text("SELECT writer FROM raised")).scalars().all()
    database.close()


def write_name(connection: Connection, name: str) -> None:
    connection.execute(text("INSERT INTO raised VALUES (:name)"), {"name": name})


def test_a_writer_is_told_when_others_of_ours_keep_the_lock_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(how, "TURN_SECONDS", 0.05)
    database = Database(f"sqlite:///{tmp_path / 'invanarrosten.db'}")
    with database.write():
        pass
    with (tmp_path / "invanarrosten.db.lock").open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(SurveyError, match="database_busy"), database.write():
            raise AssertionError("it was written without the lock")
    with database.write():
        pass
    database.close()


def test_a_database_that_cannot_be_written_is_tried_once_for_all_who_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    @contextmanager
    def fail() -> Iterator[Connection]:
        tries.append("tried")
        time.sleep(0.2)  # so that the others gather
        raise SurveyError("database_full")
        yield

    writer = together.GroupWriter(fail)
    with ThreadPoolExecutor(20) as threads:
        told = list(threads.map(lambda _: tell_code(lambda: writer.do(lambda _: None)), range(20)))
    writer.close()
    assert set(told) == {"database_full"}
    assert len(tries) < 5


def tell_code(work: Callable[[], object]) -> str:
    try:
        work()
    except SurveyError as wrong:
        return wrong.code
    return ""


def test_who_waits_for_a_silent_database_is_told_in_time_and_nothing_is_made_of_what_it_says_later() -> None:
    speaks = threading.Event()

    async def ask() -> str:
        try:
            await run_within(0.05, speaks.wait)
        except SurveyError as wrong:
            return wrong.code
        finally:
            speaks.set()
        return ""

    assert asyncio.run(ask()) == "database_busy"


def test_what_a_database_says_in_time_is_heard() -> None:
    assert asyncio.run(run_within(10, lambda: "kept")) == "kept"


def make_table(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE raised (writer text)"))


def test_after_a_thread_that_died_another_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Fatal(queue.SimpleQueue[object]):
        def empty(self) -> bool:
            raise OSError("as where the clock is odd")

    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    monkeypatch.setattr(together, "PATIENCE", 0.2)
    database = Database(f"sqlite:///{tmp_path / 'invanarrosten.db'}")
    writer = database._together
    monkeypatch.setattr(writer, "_jobs", Fatal())
    with pytest.raises(SurveyError, match="database_busy"):
        database.write_together(
            lambda connection: connection.execute(text("CREATE TABLE raised (writer text)"))
        )
    monkeypatch.undo()
    database.write_together(lambda connection: connection.execute(text("CREATE TABLE raised (writer text)")))
    database.write_together(lambda connection: write_name(connection, "next"))
    with database.read() as connection:
        assert connection.execute(text("SELECT writer FROM raised")).scalars().all() == ["next"]
    database.close()
