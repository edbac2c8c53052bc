"""Is the database's schema the one this code knows, and how it is brought there."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

from survey.errors import SurveyError
from survey.store.database import Database

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def make_config(database: Database) -> Config:
    """Alembic's settings for a database; migrations/env.py takes the connection from here."""
    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    config.attributes["database"] = database
    return config


def find_revision(database: Database) -> str | None:
    """The revision the database is at, None when it is new. Raises SurveyError database_*."""
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(database: Database) -> bool:
    """Bring the database to this code's schema. True when it was new.

    Raises SurveyError database_newer when the database is of a later version than the code.
    """
    config = make_config(database)
    current = find_revision(database)
    check_known(config, current)
    if current != ScriptDirectory.from_config(config).get_current_head():
        command.upgrade(config, "head")
    return current is None


def migrate_down(database: Database) -> None:
    """Take every migration back, to an empty database. For tests and for people who know what they do."""
    command.downgrade(make_config(database), "base")


def check_known(config: Config, revision: str | None) -> None:
    """Raises SurveyError database_newer for a revision that this code has no migration for."""
    if revision is None:
        return
    try:
        ScriptDirectory.from_config(config).get_revision(revision)
    except CommandError:
        raise SurveyError("database_newer", revision=revision) from None
