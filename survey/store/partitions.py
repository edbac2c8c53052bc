"""In which part of its table does a month's response lie on PostgreSQL?

Each month has a partition of its own, so that who counts a month reads that month, and what is due goes as a
file. A partition comes with the month's first responses, in the same transaction; responses lie in the
remainder when it cannot come now, because a backup holds the table, and move into it with a later batch.
On SQLite there is one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from survey.store.database import claim_job
from survey.store.samples import sample_nothing_of

REMAINDER = "response_remainder"
MOVING = "response partitions"  # the job that one process at a time does
PATIENCE = "500ms"  # how long everybody who mixes may wait for somebody who reads everything
LOCK_NOT_AVAILABLE = "55P03"
# Read as rows are: what a name stands for is remembered until a lock is taken, whoever has made it since.
FIND = """
SELECT EXISTS (SELECT FROM pg_class WHERE relname = %s AND relnamespace = current_schema()::regnamespace)
"""
LIST = """
SELECT c.relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
WHERE inhparent = to_regclass('response') ORDER BY c.relname
"""


def name_partition(month: str) -> str:
    """The name of a month's partition. Raises ValueError for what is no month."""
    year, number = month.split("-")
    return f"response_{int(year):04}_{int(number):02}"


def list_partitions(connection: Connection) -> tuple[str, ...]:
    """Every partition, in the order of the months, and last the remainder; none on SQLite."""
    if connection.dialect.name != "postgresql":
        return ()
    return tuple(connection.exec_driver_sql(LIST).scalars())


def ensure_partitions(connection: Connection, months: Iterable[str]) -> None:
    """Make the partitions of some months where they lack, and move there what lies in the remainder.

    Where somebody reads the whole table meanwhile it is left for the next time.
    """
    if connection.dialect.name != "postgresql":
        return
    missing = [month for month in sorted(set(months)) if not has_partition(connection, month)]
    if missing:
        claim_job(connection, MOVING)
    for month in missing:
        if not has_partition(connection, month):
            with impatient(connection):
                make_partition(connection, month)


def has_partition(connection: Connection, month: str) -> bool:
    return bool(connection.exec_driver_sql(FIND, (name_partition(month),)).scalar_one())


def make_partition(connection: Connection, month: str) -> None:
    """A month's partition, with what lies in the remainder of it, in the order of their random ids."""
    name = name_partition(month)
    run = connection.exec_driver_sql
    run(f"LOCK TABLE {REMAINDER} IN ACCESS EXCLUSIVE MODE")
    run(f"CREATE TABLE {name} (LIKE response INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)")
    sample_nothing_of(connection, name)
    run(
        f"WITH moved AS (DELETE FROM {REMAINDER} WHERE month = %s RETURNING *) "  # noqa: S608
        f"INSERT INTO {name} SELECT * FROM moved ORDER BY id",
        (month,),
    )
    run(f"ALTER TABLE response ATTACH PARTITION {name} FOR VALUES IN ('{month}')")


def drop_partitions(connection: Connection, before: str) -> int:
    """Drop the partitions of all months before one, also empty ones; how many responses went with them.

    Where somebody reads the whole table meanwhile they stay, with what is in them.
    """
    old = [name for name in list_partitions(connection) if name < name_partition(before)]
    gone = 0
    if old:
        claim_job(connection, MOVING)
    for name in old:
        with impatient(connection):
            connection.exec_driver_sql("LOCK TABLE response IN ACCESS EXCLUSIVE MODE")
            number = connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608
            connection.exec_driver_sql(f"DROP TABLE {name}")
            gone += number
    return gone


def look_in_all(connection: Connection) -> None:
    """Say, before every partition is asked for one row, that there is little to do.

    Nothing is known of how receipts differ (samples.py), so PostgreSQL expects thousands of rows, and would
    first compile, for longer than a second, what then takes one millisecond.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL jit = off")


@contextmanager
def impatient(connection: Connection) -> Iterator[None]:
    """Do something whole, or not at all when a lock that it needs is not to be had at once."""
    savepoint = connection.begin_nested()
    try:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        yield
        connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as wrong:
        savepoint.rollback()
        if getattr(wrong.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        return
    savepoint.commit()
