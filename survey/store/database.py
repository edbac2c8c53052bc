"""How the database is reached, and what a transaction is on each engine."""

from __future__ import annotations

import errno
import logging
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import QueuePool

from survey.errors import SurveyError
from survey.store.prepared import Prepared
from survey.store.together import GroupWriter
from survey.store.write_lock import BETWEEN_LOOKS, WriteLock

T = TypeVar("T")
log = logging.getLogger(__name__)
EMPTIED_TABLES = ("invitation_code", "inbox", "draft", "submission", "keyed_form")
SQLITE_BUSY_SECONDS = 15  # how long a writer waits for a program of others' before it gives up
TURN_SECONDS = 60  # how long for other writers of ours: the longest is what rewrites the file
POSTGRES_CONNECT_SECONDS = 5
# A server that is gone without a word, as with its machine, is given up after seconds and not hours.
POSTGRES_SILENT = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
# Who waits to rewrite a table keeps everybody who comes after waiting too, as long as a backup reads it.
FIND_LONG_READERS = """
SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()
AND backend_type = 'client backend' -- the server's own vacuuming gives way
AND (application_name = 'pg_dump' OR xact_start < clock_timestamp() - interval '2 seconds')
"""
MAPPED_BYTES = 268_435_456  # of SQLite's file that a connection sees as memory
FOLDER_ERRORS = {
    errno.EACCES: "database_read_only",
    errno.EPERM: "database_read_only",
    errno.EROFS: "database_read_only",
    errno.ENOSPC: "database_full",
}


class Database:
    """One database: `read()` and `write()` give connections inside a transaction.

    On SQLite writers wait for each other before BEGIN IMMEDIATE: store/write_lock.py.
    """

    def __init__(self, url: str, *, reader_url: str = "") -> None:
        self.url = parse_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = make_engine(self.url)
        self.reader = make_engine(parse_url(reader_url, name="READER_URL")) if reader_url else self.engine
        self.reader = self.reader.execution_options(reads=True)
        self._lock = WriteLock(f"{self.url.database}.lock", patience=TURN_SECONDS)
        self._lookers: list[sqlite3.Connection] = []
        self._together = GroupWriter(self.write)
        self.traces_left = False  # what was emptied could not be rewritten

    @contextmanager
    def read(self, *, newest: bool = False) -> Iterator[Connection]:
        """A connection that only reads. Raises SurveyError database_* as `translate` says.

        What is `newest` is never read from a replica, which may be behind.
        """
        source = self.engine.execution_options(reads=True) if newest else self.reader
        with translate(), source.connect() as connection:
            yield connection

    def look_up(self, statement: Prepared, values: Mapping[str, Any]) -> Sequence[Any] | None:
        """The first row that a statement finds, as it is on disk now. Raises SurveyError database_*.

        On SQLite by a connection that is kept for this: one from the pool would cost eight times the look.
        """
        if not self.is_sqlite:
            with self.read(newest=True) as connection:
                return statement.run(connection, values).fetchone()
        with translate():
            looker = self._take_looker()
            try:
                return looker.execute(statement.text, values).fetchone()
            finally:
                self._lookers.append(looker)

    def _take_looker(self) -> sqlite3.Connection:
        try:
            return self._lookers.pop()
        except IndexError:
            pooled = self.reader.raw_connection()
            driver = cast(sqlite3.Connection, pooled.driver_connection)
            pooled.detach()
            return driver

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose work is kept whole when the block ends well, and not at all otherwise."""
        with translate(), self._queue(), self.engine.begin() as connection:
            yield connection

    def write_together(self, work: Callable[[Connection], T], *, refusable: bool = False) -> T:
        """Do a small write that may share its transaction with other people's; see store/together.py.

        A refusable one may raise SurveyError, which undoes it alone.
        """
        return self._together.do(work, refusable=refusable)

    @contextmanager
    def _queue(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._lock.held():
            yield

    def forget_traces(self) -> None:
        """Rewrite what has been emptied, so that neither page order nor log tells what came when.

        SQLite: the file is rewritten and the log cut to nothing. PostgreSQL: the tables that are emptied
        are rewritten. Its log, and rows that were erased until they are vacuumed away, are out of the
        program's reach: docs/privacy.md says what to do about them.
        """
        if self.is_sqlite:
            self._rewrite_file()
            return
        with translate(), self.engine.connect() as connection:
            outside = connection.execution_options(isolation_level="AUTOCOMMIT")
            self.traces_left = bool(outside.exec_driver_sql(FIND_LONG_READERS).scalar_one())
            if self.traces_left:
                log.warning("a backup reads the tables: they are rewritten within the hour")
                return
            for table in EMPTIED_TABLES:
                outside.exec_driver_sql(f"VACUUM FULL {table}")

    def overwrite_erased(self) -> None:
        """Overwrite what was just deleted in SQLite's file, without waiting for anybody who reads.

        PostgreSQL does so when it next vacuums and writes over the place; its log is out of reach.
        """
        if self.is_sqlite:
            with self.read() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def _rewrite_file(self) -> None:
        """Outside any transaction, which is why SQLAlchemy's own connection cannot be used."""
        with translate(), self._queue():
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("VACUUM")
                held = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                self.traces_left = bool(held)
                if held:
                    log.warning("a reader held the log: it is cut within the hour")
            finally:
                connection.close()

    def is_stuck(self) -> bool:
        """Whether what people hand in has not been written for as long as they wait."""
        return self._together.is_stuck()

    def count_connections(self) -> tuple[int, int]:
        """How many connections of the pool are in use, and how many are open."""
        pool = cast(QueuePool, self.engine.pool)
        return pool.checkedout(), pool.checkedout() + pool.checkedin()

    def close(self) -> None:
        """Finish what is being written and give back every connection."""
        self._together.close()
        while self._lookers:
            self._lookers.pop().close()
        self.engine.dispose()
        self.reader.dispose()
        self._lock.close()


def claim_job(connection: Connection, job: str, *, shared: bool = False) -> None:
    """Wait until nobody else does this job, and keep it until the transaction ends.

    Those who share a job wait only for one who does not. On SQLite there is one writer at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
        connection.execute(select(lock(zlib.crc32(job.encode()))))


def insert_once(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that does nothing where another process has put the row already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()


def parse_url(url: str, *, name: str = "DATABASE_URL") -> URL:
    """A URL of a database we know, with the driver we use.

    Raises SurveyError database_url_wrong with the name of the setting that it was. The URL itself is never
    told on: it may hold a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SurveyError("database_url_wrong", name=name) from None
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "postgresql+psycopg") or not parsed.database:
        raise SurveyError("database_url_wrong", name=name)
    return parsed


def make_engine(url: URL) -> Engine:
    """An engine with the settings that privacy.md 5 gives each database."""
    try:
        if url.get_backend_name() == "sqlite":
            make_folder(Path(str(url.database)).parent)
            arguments = {"timeout": SQLITE_BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}
            engine = create_engine(
                url, poolclass=QueuePool, pool_size=40, max_overflow=40, connect_args=arguments
            )
            event.listen(engine, "connect", prepare_sqlite)
            event.listen(engine, "begin", begin_immediately)
            return engine
        limits = {"connect_timeout": POSTGRES_CONNECT_SECONDS, "prepare_threshold": None, **POSTGRES_SILENT}
        return create_engine(url, pool_size=20, max_overflow=20, pool_pre_ping=True, connect_args=limits)
    except (NoSuchModuleError, ArgumentError):
        raise SurveyError("database_url_wrong", name="DATABASE_URL") from None


def make_folder(folder: Path) -> None:
    """The folder of a database file. Raises SurveyError database_full, _read_only or _folder_wrong."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise SurveyError(
            FOLDER_ERRORS.get(wrong.errno or 0, "database_folder_wrong")
        ) from None  # keys: error.database_*


def prepare_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]
    """The pragmas every SQLite connection needs."""
    cursor = connection.cursor()
    keep_log_beside(cursor, patience=SQLITE_BUSY_SECONDS)
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "cache_size=-32000",
        f"mmap_size={MAPPED_BYTES}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def keep_log_beside(cursor: sqlite3.Cursor, *, patience: float) -> None:
    """Have SQLite keep its log beside the file, which processes that find a new file ask for at once.

    Only one may change it, and SQLite refuses the others without letting them wait. Raises
    sqlite3.OperationalError when it is refused for longer than `patience`, in seconds.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as wrong:
            if wrong.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(BETWEEN_LOOKS)


@contextmanager
def unmapped(connection: Connection) -> Iterator[None]:
    """While all of a table is read once: SQLite's file is not seen as memory, which it would fill."""
    if connection.dialect.name == "postgresql":
        yield
        return
    connection.exec_driver_sql("PRAGMA mmap_size=0").close()
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA mmap_size={MAPPED_BYTES}").close()


def begin_immediately(connection: Connection) -> None:
    """Start a writer as one at once, so that it cannot fail half-way for a lock; a reader needs no BEGIN."""
    if not connection.get_execution_options().get("reads", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def translate() -> Iterator[None]:
    """Database errors as SurveyErrors with a code, without the statement or its values."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as wrong:
        said = wrong.orig if isinstance(wrong, DBAPIError) else wrong
        code = classify(wrong, str(said))
        log.error("database error %s (%s)", code, type(said).__name__)
        raise SurveyError(code) from None  # keys: error.database_*
    except OSError as wrong:
        if wrong.errno == errno.ENOSPC:
            raise SurveyError("database_full") from None
        raise


# On a disk that may not be written SQLite cannot make its log, and says that it cannot open the database.
READ_ONLY = ("readonly database", "attempt to write a readonly", "unable to open database file")


def classify(wrong: DBAPIError | sqlite3.Error, said: str) -> str:
    """The code of a database error: full, read_only, busy, unreachable or failed."""
    state = getattr(getattr(wrong, "orig", None), "sqlstate", None) or ""
    if state == "53100" or "database or disk is full" in said:
        return "database_full"
    if state == "25006" or any(words in said for words in READ_ONLY):
        return "database_read_only"
    if "database is locked" in said or state in ("55P03", "40001", "40P01"):
        return "database_busy"
    if isinstance(wrong, OperationalError | sqlite3.OperationalError) and not any(
        w in said for w in ("no such table", "no such column")
    ):
        return "database_unreachable"
    return "database_failed"
