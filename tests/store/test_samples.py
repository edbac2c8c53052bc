"""Does PostgreSQL keep no sample of what people wrote or hold, which would outlive its erasure?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from survey.store.database import Database
from survey.store.samples import list_sampled
from survey.store.schema import migrate
from tests.postgres_server import PostgresServer

KEPT = "SELECT attname FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'written'"


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[Database]:
    with postgres.fresh_database() as address:
        found = Database(address)
        yield found
        found.close()


def run(database: Database, statement: str) -> list[str]:
    with database.write() as connection:
        found = connection.exec_driver_sql(statement)
        return [row[0] for row in found] if found.returns_rows else []


def test_no_column_of_text_or_bytes_is_sampled(database: Database) -> None:
    migrate(database)
    with database.read() as connection:
        assert list_sampled(connection) == ()


def test_what_was_sampled_before_is_forgotten_and_other_columns_keep_theirs(database: Database) -> None:
    run(database, "CREATE TABLE written (area varchar(20), words text, code bytea)")
    run(database, "INSERT INTO written SELECT '0780', 'ord ' || n, decode(md5(n::text), 'hex') "
                  "FROM generate_series(1, 500) n")  # fmt: skip
    run(database, "ANALYZE written")
    assert set(run(database, KEPT)) == {"area", "words", "code"}
    with database.read() as connection:
        assert [one[:2] for one in list_sampled(connection)] == [("written", "code"), ("written", "words")]
    migrate(database)
    assert run(database, KEPT) == ["area"]
    run(database, "ANALYZE written")
    assert run(database, KEPT) == ["area"]
