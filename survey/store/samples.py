"""Which columns PostgreSQL may keep samples of, so that what was erased does not stay in its statistics.

ANALYZE keeps up to a hundred values of a column in pg_statistic until it next reads the table: codes that
were used, comments that somebody took back. So nothing is sampled of a column of free text or of bytes;
no query chooses its way by one, and those that are looked up have an index.
"""

from __future__ import annotations

from sqlalchemy import Connection

from survey.store.database import claim_job

# A partition's columns are changed with its whole table's, and by no other way.
SAMPLED = """
SELECT DISTINCT whole.relname, attname, format_type(atttypid, atttypmod)
FROM pg_attribute JOIN pg_class one ON one.oid = attrelid
JOIN pg_class whole
ON whole.oid = CASE WHEN one.relispartition THEN pg_partition_root(one.oid) ELSE one.oid END
WHERE one.relkind IN ('r', 'p') AND one.relnamespace = current_schema()::regnamespace
AND attnum > 0 AND NOT attisdropped
AND atttypid IN ('text'::regtype, 'bytea'::regtype) AND coalesce(attstattarget, -1) <> 0
ORDER BY whole.relname, attname
"""


def list_sampled(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """Table, column and type of every column of text or bytes that may be sampled; none on SQLite.

    What may be of a partition stands as its whole table's.
    """
    if connection.dialect.name != "postgresql":
        return ()
    return tuple(tuple(row) for row in connection.exec_driver_sql(SAMPLED))


def stop_sampling(connection: Connection) -> None:
    """Sample none of them any more, and forget what was sampled.

    That a column is given the type it has is PostgreSQL's way to drop its statistics; nothing is rewritten
    but the indexes of a table with partitions.
    """
    if not list_sampled(connection):
        return
    claim_job(connection, "migrate")
    for table, column, type_ in list_sampled(connection):
        forget_samples(connection, table, column, type_)


def sample_nothing_of(connection: Connection, table: str) -> None:
    """The same for one table, which has just been made."""
    for name, column, type_ in list_sampled(connection):
        if name == table:
            forget_samples(connection, name, column, type_)


def forget_samples(connection: Connection, table: str, column: str, type_: str) -> None:
    connection.exec_driver_sql(
        f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0,'
        f' ALTER COLUMN "{column}" TYPE {type_}'
    )
