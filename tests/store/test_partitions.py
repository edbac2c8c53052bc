"""Does each month's response lie in a partition of its own on PostgreSQL, and what does that give?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Connection, Select, func, insert, select
from sqlalchemy.dialects import postgresql

from survey.store import responses, retention
from survey.store.database import Database
from survey.store.partitions import list_partitions
from survey.store.responses import Response
from survey.store.samples import list_sampled
from survey.store.schema import migrate, migrate_down
from survey.store.tables import response
from tests.postgres_server import PostgresServer
from tests.processes import run_together

BEFORE_PARTITIONS = "0016"
REMAINDER = "response_remainder"


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[Database]:
    with postgres.fresh_database() as address:
        found = Database(address)
        migrate(found)
        yield found
        found.close()


def make_response(number: int, month: str) -> Response:
    key = number.to_bytes(1, "big") * 16
    return Response(key, "s", "2026-1", "r", "0781", "", month, "open", "{}", "{}", "{}", key * 2)


def add(database: Database, *months: str, first: int = 1) -> None:
    """A response for each month that is named, in this order."""
    rows = [make_response(number, month) for number, month in enumerate(months, first)]
    with database.write() as connection:
        responses.add_responses(connection, rows)


def count_in_each(database: Database) -> dict[str, int]:
    with database.read(newest=True) as connection:
        return {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in list_partitions(connection)
        }


@contextmanager
def read_by_a_backup(database: Database) -> Iterator[None]:
    """As pg_dump reads: every table is held until the end."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE response IN ACCESS SHARE MODE")
        yield


def explain(connection: Connection, statement: Select[tuple[object, ...]]) -> list[tuple[str, str]]:
    """Which tables or indexes PostgreSQL would read for a statement, each with how."""
    written = statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {written}").scalar_one()
    return sorted(walk((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]))


def walk(node: dict[str, object]) -> Iterator[tuple[str, str]]:
    if "Relation Name" in node:
        yield str(node["Relation Name"]), str(node["Node Type"])
    for one in node.get("Plans", []):  # type: ignore[attr-defined]
        yield from walk(one)


def test_a_partition_comes_with_the_first_response_of_its_month(database: Database) -> None:
    assert count_in_each(database) == {REMAINDER: 0}
    add(database, "2026-10", "2026-09", "2026-10")
    add(database, "2026-10", first=4)
    assert count_in_each(database) == {"response_2026_09": 1, "response_2026_10": 3, REMAINDER: 0}


def test_processes_that_write_a_month_first_at_once_make_one_partition(database: Database) -> None:
    database.close()
    url = database.url.render_as_string(hide_password=False)
    jobs = [lambda n=n: add(Database(url), "2026-10", first=n) for n in (1, 2, 3)]
    assert [one.error for one in run_together(*jobs)] == ["", "", ""]
    assert count_in_each(database) == {"response_2026_10": 3, REMAINDER: 0}


def test_nothing_is_refused_while_a_backup_reads_and_the_next_batch_moves_what_came(
    database: Database,
) -> None:
    with read_by_a_backup(database), database.engine.begin() as other:
        other.exec_driver_sql(f"LOCK TABLE {REMAINDER} IN ACCESS SHARE MODE")
        add(database, "2026-10", "2026-10")
    assert count_in_each(database) == {REMAINDER: 2}
    add(database, "2026-10", first=3)
    assert count_in_each(database) == {"response_2026_10": 3, REMAINDER: 0}


def test_who_counts_a_month_reads_its_partition_alone(database: Database) -> None:
    add(database, "2026-08", "2026-09", "2026-10")
    month = select(response.c.answers).where(response.c.survey == "s", response.c.month == "2026-09")
    quarter = select(response.c.area).where(response.c.month.in_(["2026-08", "2026-10"]))
    with database.read() as connection:
        assert {name for name, _ in explain(connection, month)} == {"response_2026_09"}
        assert {name for name, _ in explain(connection, quarter)} == {"response_2026_08", "response_2026_10"}
        assert {name for name, _ in explain(connection, select(response.c.id))} == {
            "response_2026_08", "response_2026_09", "response_2026_10", REMAINDER,
        }  # fmt: skip


def test_a_receipt_is_looked_up_by_an_index_of_every_partition(database: Database) -> None:
    add(database, "2026-09", "2026-10")
    mine = select(response.c.month).where(response.c.receipt == func.decode("00" * 32, "hex"))
    with database.read() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # two rows are read sooner without
        found = explain(connection, mine)
    assert [name for name, _ in found] == ["response_2026_09", "response_2026_10", REMAINDER]
    assert {how for _, how in found} <= {"Index Scan", "Bitmap Heap Scan"}
    with database.read() as connection:
        assert responses.find_response(connection, bytes([2]) * 32) is not None
        assert connection.exec_driver_sql("SHOW jit").scalar_one() == "off"


def test_of_a_new_partition_no_text_and_no_bytes_are_sampled(database: Database) -> None:
    add(database, "2026-10")
    with database.write() as connection:
        connection.exec_driver_sql("ANALYZE response_2026_10")
        kept = connection.exec_driver_sql(
            "SELECT attname FROM pg_stats WHERE tablename = 'response_2026_10'"
        ).scalars()
        assert set(kept) & {"id", "receipt", "answers", "scores", "groups"} == set()
        assert list_sampled(connection) == ()


def test_what_is_sampled_of_a_partition_is_forgotten_by_way_of_its_table(database: Database) -> None:
    add(database, "2026-10")
    with database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE response_2026_10 ALTER COLUMN answers SET STATISTICS 100")
        assert list_sampled(connection) == (("response", "answers", "text"),)
    migrate(database)
    with database.read() as connection:
        assert list_sampled(connection) == ()


def remove(database: Database, before: date) -> int:
    with database.write() as connection:
        return retention.remove_responses(connection, before)


def test_months_that_are_due_go_with_their_partitions(database: Database) -> None:
    add(database, "2024-01", "2024-02", "2024-02", "2024-03")
    assert remove(database, date(2024, 3, 1)) == 3
    assert count_in_each(database) == {"response_2024_03": 1, REMAINDER: 0}
    assert remove(database, date(2024, 3, 1)) == 0


def test_months_that_are_due_go_while_a_backup_reads_and_their_partitions_later(database: Database) -> None:
    add(database, "2024-01", "2024-02")
    with read_by_a_backup(database):
        assert remove(database, date(2024, 2, 1)) == 1
        assert count_in_each(database) == {"response_2024_01": 0, "response_2024_02": 1, REMAINDER: 0}
    assert remove(database, date(2024, 2, 1)) == 0
    assert count_in_each(database) == {"response_2024_02": 1, REMAINDER: 0}


def list_in_order(database: Database, tables: Sequence[str]) -> list[list[bytes]]:
    """The ids as they lie in the files."""
    with database.read(newest=True) as connection:
        return [
            [
                bytes(one)
                for one in connection.exec_driver_sql(f"SELECT id FROM {name} ORDER BY ctid").scalars()
            ]
            for name in tables
        ]


def test_an_old_database_is_divided_and_put_together_with_everything_and_without_order(
    database: Database,
) -> None:
    migrate_down(database, BEFORE_PARTITIONS)
    months = {3: "2026-10", 1: "2026-09", 4: "2026-09", 2: "2026-10"}
    with database.write() as connection:
        for number, month in months.items():
            connection.execute(insert(response).values(**vars(make_response(number, month))))
    before = read_all(database)
    migrate(database)
    assert read_all(database) == before
    ids = {number: bytes([number]) * 16 for number in months}
    september, october, rest = list_in_order(database, ["response_2026_09", "response_2026_10", REMAINDER])
    assert (september, october, rest) == ([ids[1], ids[4]], [ids[2], ids[3]], [])
    migrate_down(database, BEFORE_PARTITIONS)
    assert read_all(database) == before
    assert list_in_order(database, ["response"]) == [[ids[1], ids[2], ids[3], ids[4]]]


def read_all(database: Database) -> list[tuple[object, ...]]:
    with database.read(newest=True) as connection:
        return sorted(tuple(row) for row in connection.execute(select(response)))
