"""Is the database's schema the one this code knows, and how it is brought there."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import inspect

from survey.errors import SurveyError
from survey.store.database import Database
from survey.store.samples import stop_sampling

VERSION_TABLE = "alembic_version"
MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def make_config(database: Database | None = None) -> Config:
    """Alembic's settings for a database; migrations/env.py takes the connection from here."""
    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    config.attributes["database"] = database
    return config


@lru_cache(maxsize=1)
def read_scripts() -> ScriptDirectory:
    """The migrations of this code, read once: reading them is most of opening a database that is in order."""
    return ScriptDirectory.from_config(make_config())


def find_head() -> str:
    """The revision that this code's schema is."""
    return read_scripts().get_current_head() or ""


def find_revision(database: Database) -> str | None:
    """The revision the database is at, None when it is new. Raises SurveyError database_*."""
    with database.read(newest=True) as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        return connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()  # noqa: S608


def migrate(database: Database) -> bool:
    """Bring the database to this code's schema. True when it was new.

    Raises SurveyError database_newer when the database is of a later version than the code.
    """
    current = find_revision(database)
    check_known(current)
    if current != find_head():
        command.upgrade(make_config(database), "head")
    with database.write() as connection:
        stop_sampling(connection)
    return current is None


def check_at_head(database: Database) -> None:
    """Raises SurveyError schema_differs when the database has another schema than this code knows.

    As when a newer version was started beside this one, or the database was restored under it.
    """
    found = find_revision(database)
    if found != find_head():
        raise SurveyError("schema_differs", revision=found or "-", known=find_head())


def migrate_down(database: Database, revision: str = "base") -> None:
    """Take migrations back, to an empty database or to a revision.

    Raises SurveyError revision_unknown. What a migration added goes with it.
    """
    if revision != "base" and revision not in {one.revision for one in read_scripts().walk_revisions()}:
        raise SurveyError("revision_unknown", revision=revision[:20])
    command.downgrade(make_config(database), revision)


def check_known(revision: str | None) -> None:
    """Raises SurveyError database_newer for a revision that this code has no migration for."""
    if revision is None:
        return
    try:
        read_scripts().get_revision(revision)
    except CommandError:
        raise SurveyError("database_newer", revision=revision) from None
