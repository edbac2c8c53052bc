"""Does a migration that is killed leave a database that the next start can bring up to date?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import inspect, text

from survey.store.database import Database
from survey.store.schema import find_revision, migrate, migrate_down
from tests.store.schema_compared import compare
from tests.survey.killed_closing import Executioner, run

KILLED = -9
BEFORE = "0008"  # the schema that an installation has when it is upgraded


@pytest.fixture
def old(empty_database_url: str) -> Iterator[Database]:
    """A database of an older program, with a round in it."""
    found = Database(empty_database_url)
    migrate(found)
    migrate_down(found, BEFORE)
    with found.write() as connection:
        connection.execute(text("INSERT INTO definition VALUES ('s', '1', 'c', '{}', :no)"), {"no": False})
        connection.execute(
            text(
                "INSERT INTO round (id, survey, version, title, door, forms, opens, closes)"
                " VALUES ('kept', 's', '1', 'T', 'open', 'full', '2026-01-01', '2026-12-31')"
            )
        )
    yield found
    found.close()


def upgrade_and_die(url: str, statement: str, *, before_commit: bool) -> None:
    Executioner(statement, before_commit).watch()
    migrate(Database(url))
    os._exit(0)


@pytest.mark.parametrize(
    ("statement", "before_commit"),
    [
        ("CREATE TABLE", False),  # in the first of them
        ("UPDATE alembic_version SET version_num='0012'", False),  # between two
        ("UPDATE alembic_version SET version_num='0016'", False),  # all is done but for the commit
        ("ALTER TABLE", True),
    ],
)
def test_a_killed_upgrade_leaves_the_old_schema_and_the_next_start_finishes_it(
    old: Database, empty_database_url: str, statement: str, before_commit: bool
) -> None:
    old.close()
    assert run(partial(upgrade_and_die, empty_database_url, statement, before_commit=before_commit)) == KILLED
    assert find_revision(old) == BEFORE
    assert not inspect(old.engine).has_table("permit")
    assert migrate(old) is False
    assert compare(old) == []
    with old.read() as connection:
        assert connection.execute(text("SELECT id FROM round")).scalars().all() == ["kept"]
