"""In what does a migrated database differ from what the code declares?"""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from survey.store.database import Database
from survey.store.partitions import list_partitions
from survey.store.tables import metadata


def compare(database: Database) -> list[object]:
    """Every difference, but for the partitions of a table, which are made as months come."""
    with database.read() as connection:
        parts = set(list_partitions(connection))
        opts = {
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or name not in parts,
        }
        context = MigrationContext.configure(connection, opts=opts)
        return compare_metadata(context, metadata)
