"""How a statement that every page runs is asked for by the shortest way an engine has."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects import sqlite

NAMED = sqlite.dialect(paramstyle="named")
sqlite3.register_adapter(date, date.isoformat)  # a day is kept as SQLAlchemy keeps it


class Prepared:
    """A statement whose text is made once.

    On SQLite the driver itself runs it: SQLAlchemy's way there costs four times what the database does. On
    PostgreSQL, where the way to the server and back is what counts, SQLAlchemy runs it like any other.
    """

    def __init__(self, statement: Executable, *, on_postgres: Executable | None = None) -> None:
        self.text = str(statement.compile(dialect=NAMED))
        self.on_postgres = statement if on_postgres is None else on_postgres

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """What the statement gives, with `fetchone` and `rowcount`. Raises the engine's own error."""
        if connection.dialect.name == "postgresql":
            return connection.execute(self.on_postgres, values)
        return connection.connection.driver_connection.execute(self.text, values)

    def run_for_each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Do a statement that gives nothing once for each row of values. Raises the engine's own error."""
        if connection.dialect.name == "postgresql":
            connection.execute(self.on_postgres, rows)
        else:
            connection.connection.driver_connection.executemany(self.text, rows)
