"""How is the whole database copied while people write to it, and how is a copy put back?

SQLite: VACUUM INTO reads one state and writes it anew, without what was erased and without keeping anybody
who writes. PostgreSQL: pg_dump reads one state, the same that the rest of the backup is described from.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, NullPool, create_engine, func, inspect, select, text

from survey.errors import SurveyError
from survey.store.database import Database, translate
from survey.store.tables import metadata, publication, published_cell, published_rate, published_theme

QUICK_COMPRESSION = "1"  # of 9: a copy is to be made soon, and disks are cheap
LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "username": "PGUSER",
    "password": "PGPASSWORD",
    "database": "PGDATABASE",
}
COUNTED = (publication, published_cell, published_rate, published_theme)
WHOLE = "ok"  # what SQLite says of a whole database


@dataclass(frozen=True)
class Described:
    """What a state of the database is: its schema, its label, and how much has been published."""

    revision: str
    label: str
    published: dict[str, int]


def describe(connection: Connection) -> Described:
    """What the database is in a transaction's eyes. Raises SurveyError backup_of_nothing for an empty one."""
    if not inspect(connection).has_table("installation"):
        raise SurveyError("backup_of_nothing")
    label = connection.execute(text("SELECT label FROM installation")).scalar()
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if label is None or revision is None:
        raise SurveyError("backup_of_nothing")
    counts = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in COUNTED
    }
    return Described(str(revision), str(label), counts)


def copy_database(database: Database, path: Path) -> Described:
    """Write one state of the database, as it was after this began, to a new file; what it is.

    The file is its owner's alone. Raises SurveyError database_*, pg_dump_missing and pg_dump_failed.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    described = copy_sqlite(database, path) if database.is_sqlite else copy_postgres(database, path)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return described


def copy_sqlite(database: Database, path: Path) -> Described:
    with translate(), closing(database.engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(path),))
    with reading_copy(path) as connection:
        return describe(connection)


@contextmanager
def reading_copy(path: Path) -> Iterator[Connection]:
    """A connection that reads a copy and leaves nothing beside it."""
    engine = create_engine("sqlite://", creator=lambda: open_copy(path), poolclass=NullPool)
    with translate(), engine.connect() as connection:
        yield connection


def open_copy(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(path.resolve().as_posix())}?mode=ro&immutable=1", uri=True)


def copy_postgres(database: Database, path: Path) -> Described:
    with translate(), database.engine.connect() as connection:
        steady = connection.execution_options(isolation_level="REPEATABLE READ")
        described = describe(steady)
        snapshot = steady.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        options = ("--format=custom", f"--compress={QUICK_COMPRESSION}", "--no-owner", "--no-privileges")
        run_tool(database, "pg_dump", *options, f"--snapshot={snapshot}", f"--file={path}")
    return described


def run_tool(database: Database, name: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's. The address goes by the environment: arguments can be read by others."""
    program = shutil.which(name)
    if program is None:
        raise SurveyError(f"{name}_missing")  # keys: error.pg_dump_missing, error.pg_restore_missing
    url = database.url
    said = {variable: getattr(url, part) for part, variable in LIBPQ.items()}
    said |= {f"PG{key.upper()}": value for key, value in url.query.items() if key.startswith("ssl")}
    environment = {**os.environ, **{key: str(value) for key, value in said.items() if value is not None}}
    done = subprocess.run(
        [program, "--no-password", *arguments], env=environment, capture_output=True, check=False
    )
    if done.returncode:
        raise SurveyError(
            f"{name}_failed", status=done.returncode
        )  # keys: error.pg_dump_failed, error.pg_restore_failed


def check_copy(path: Path) -> None:
    """Raises SurveyError backup_damaged when SQLite finds something wrong in a copy."""
    try:
        with closing(open_copy(path)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError:
        raise SurveyError("backup_damaged", file=path.name) from None
    if found != (WHOLE,) or loose is not None:
        raise SurveyError("backup_damaged", file=path.name)


def is_empty(database: Database) -> bool:
    """Whether there is nothing in the database; a SQLite file is not made for that. Raises SurveyError
    database_*.
    """
    if database.is_sqlite and not Path(str(database.url.database)).exists():
        return True
    with translate(), database.engine.connect() as connection:
        return not inspect(connection).get_table_names()


def fill_postgres(database: Database, path: Path) -> None:
    """Put a copy into an empty database, whole or not at all. Raises SurveyError pg_restore_*."""
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    run_tool(database, "pg_restore", *options, f"--dbname={database.url.database}", str(path))


def empty_postgres(database: Database) -> None:
    """Take every table away, as after a copy that was put back half. Raises SurveyError database_*."""
    with database.write() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
