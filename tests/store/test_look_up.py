"""Does the short way of looking one row up see what is on disk, and say what is wrong as any other does?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.util.concurrency import greenlet_spawn

from survey.errors import SurveyError
from survey.store.database import Database
from survey.store.drafts import find_draft, save_draft
from survey.store.prepared import Prepared
from survey.store.tables import metadata
from tests.processes import run_together

DAY = date(2026, 9, 10)
ONE = Prepared(text("SELECT n FROM number WHERE n = :n"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = Database(database_url)
    with found.write() as connection:
        metadata.create_all(connection)
    yield found
    found.close()


def keep(connection: Connection, draft_id: bytes, sealed: bytes) -> None:
    save_draft(connection, draft_id=draft_id, round_id="alla", sealed=sealed, expires=DAY)


def test_what_another_process_has_just_written_is_found(database: Database, database_url: str) -> None:
    def write_elsewhere() -> None:
        there = Database(database_url)
        with there.write() as connection:
            keep(connection, b"one", b"second")
        there.close()

    with database.write() as connection:
        keep(connection, b"one", b"first")
    assert find_draft(database, b"one") == b"first"
    database.close()
    assert [one.error for one in run_together(write_elsewhere)] == [""]
    assert find_draft(database, b"one") == b"second"


def test_a_row_that_was_written_since_the_last_look_is_found_by_every_thread(database: Database) -> None:
    def write_and_look(number: int) -> bytes | None:
        name = str(number).encode()
        database.write_together(lambda connection: keep(connection, name, name))
        return find_draft(database, name)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(write_and_look, range(80))) == [str(n).encode() for n in range(80)]
    assert find_draft(database, b"nobody's") is None


def test_the_day_is_kept_as_the_rest_of_the_store_reads_it(database: Database) -> None:
    with database.write() as connection:
        keep(connection, b"one", b"sealed")
        assert connection.execute(metadata.tables["draft"].select()).one().expires == DAY


def test_what_is_wrong_is_told_with_a_code_and_without_the_values(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(SurveyError) as told:
        database.look_up(ONE, {"n": 4711})
    assert told.value.code == "database_failed"
    assert "4711" not in caplog.text
    assert find_draft(database, b"one") is None


def test_a_file_that_is_no_database_is_told_as_one_that_failed(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(SurveyError) as told:
        Database(f"sqlite:///{tmp_path / 'x.db'}").look_up(ONE, {"n": 1})
    assert told.value.code == "database_failed"


def test_those_who_wait_in_an_event_loop_are_told_of_their_own_write(database: Database) -> None:
    def write(number: int) -> int:
        def work(connection: Connection) -> int:
            keep(connection, str(number).encode(), b"sealed")
            if number % 3 == 0:
                raise SurveyError("code_unknown", number=number)
            return number

        return database.write_together(work, refusable=True)

    async def write_all() -> list[int | BaseException]:
        tasks = [asyncio.create_task(greenlet_spawn(write, number)) for number in range(60)]
        await asyncio.sleep(0)  # every one has asked
        tasks[7].cancel()  # somebody who closed their browser meanwhile
        return await asyncio.gather(*tasks, return_exceptions=True)

    told = asyncio.run(write_all())
    refused = [number for number, one in enumerate(told) if isinstance(one, SurveyError)]
    assert refused == list(range(0, 60, 3))
    assert isinstance(told[7], asyncio.CancelledError)
    rest = [number for number in range(60) if number % 3 and number != 7]
    assert [one for one in told if isinstance(one, int)] == rest
    kept = [number for number in range(60) if find_draft(database, str(number).encode())]
    assert kept == [number for number in range(60) if number % 3]
