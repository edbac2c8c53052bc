"""Does every test get a database that is real, empty and its own?"""

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from tests.postgres_server import PostgresServer


def list_tables(address: str) -> list[str]:
    return inspect(create_engine(address, poolclass=NullPool)).get_table_names()


def write_a_table(address: str) -> None:
    with create_engine(address, poolclass=NullPool).begin() as connection:
        connection.execute(text("CREATE TABLE mark (anything integer)"))


def test_a_table_written_by_one_test_is_unknown_to_the_next(postgres: PostgresServer) -> None:
    with postgres.fresh_database() as first, postgres.fresh_database() as second:
        write_a_table(first)
        assert list_tables(first) == ["mark"]
        assert list_tables(second) == []


def test_each_engine_gives_an_empty_database_that_can_be_written(empty_database_url: str) -> None:
    assert list_tables(empty_database_url) == []
    write_a_table(empty_database_url)
    assert list_tables(empty_database_url) == ["mark"]


def test_a_database_is_dropped_although_somebody_is_still_connected(postgres: PostgresServer) -> None:
    with postgres.fresh_database() as address:
        forgotten = create_engine(address, poolclass=NullPool).connect()
    forgotten.invalidate()
    with create_engine(postgres.name_address(), poolclass=NullPool).connect() as connection:
        names = connection.execute(text("SELECT datname FROM pg_database WHERE NOT datistemplate"))
        assert [name for (name,) in names] == ["postgres"]
