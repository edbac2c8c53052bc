"""Is the migrated schema the one the code knows, on each engine, whoever migrates?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Integer, inspect, text

from survey.errors import SurveyError
from survey.store.database import Database
from survey.store.partitions import list_partitions
from survey.store.schema import find_revision, make_config, migrate, migrate_down
from survey.store.tables import metadata
from tests.processes import run_together
from tests.store.schema_compared import compare


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    """A database without any table."""
    found = Database(empty_database_url)
    yield found
    found.close()


def list_tables(database: Database) -> set[str]:
    """Every table, but not the parts of one."""
    with database.read() as connection:
        return set(inspect(connection).get_table_names()) - set(list_partitions(connection))


def find_head(database: Database) -> str | None:
    return ScriptDirectory.from_config(make_config(database)).get_current_head()


def test_a_new_database_gets_every_table_and_the_newest_revision(database: Database) -> None:
    assert (list_tables(database), find_revision(database)) == (set(), None)
    assert migrate(database)
    assert list_tables(database) == {*metadata.tables, "alembic_version"}
    assert find_revision(database) == find_head(database) is not None


def test_migrating_again_does_nothing(database: Database) -> None:
    migrate(database)
    assert not migrate(database)


def test_every_migration_can_be_taken_back_and_made_again(database: Database) -> None:
    migrate(database)
    migrate_down(database)
    assert list_tables(database) == {"alembic_version"}
    assert find_revision(database) is None
    migrate(database)
    assert list_tables(database) == {*metadata.tables, "alembic_version"}


def test_what_the_migrations_make_is_what_the_code_declares(database: Database) -> None:
    migrate(database)
    assert compare(database) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE draft ADD COLUMN more text",
        "ALTER TABLE draft DROP COLUMN expires",
        "DROP INDEX response_by_receipt",
        "CREATE TABLE more (id integer PRIMARY KEY)",
    ],
)
def test_a_schema_that_differs_is_seen(database: Database, change: str) -> None:
    migrate(database)
    with database.write() as connection:
        connection.execute(text(change))
    assert compare(database) != []


def test_a_table_that_must_hide_the_order_of_its_rows_has_no_row_number(database: Database) -> None:
    migrate(database)
    if not database.is_sqlite:
        with database.read() as connection:
            numbered = {
                (table, column["name"])
                for table in metadata.tables
                for column in inspect(connection).get_columns(table)
                if isinstance(column["type"], Integer) and "nextval" in str(column["default"])
            }
        # Publications and translations are public or work: their order tells of nobody who answers.
        assert numbered == {("publication", "id"), ("translation", "id")}
        return
    hiding = {"invitation_code", "draft", "submission", "inbox", "response", "comment", "import_row"}
    with database.read() as connection:
        made = dict(
            connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
        )
    assert {name for name in hiding if "WITHOUT ROWID" not in made[name]} == set()


def test_a_database_of_a_later_version_is_refused_and_left_alone(database: Database) -> None:
    migrate(database)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SurveyError) as wrong:
        migrate(database)
    assert (wrong.value.code, wrong.value.facts) == ("database_newer", {"revision": "9999"})
    assert list_tables(database) == {*metadata.tables, "alembic_version"}


def test_processes_that_migrate_at_once_make_one_schema(database: Database, empty_database_url: str) -> None:
    database.close()
    done = run_together(*[lambda: migrate(Database(empty_database_url))] * 3)
    assert [one.error for one in done] == ["", "", ""]
    assert compare(database) == []
