"""Which tables hold reports: what was asked for, how far it has come, and the file until it is removed."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, LargeBinary, String, Table, Text

from survey.store.tables.metadata import metadata

report = Table(
    "report",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("wish", Text, nullable=False),  # JSON: survey/reports/wish.py
    Column("state", String(10), nullable=False),  # survey/reports/states.py
    Column("owner", String(60), nullable=False, index=True),  # a role and which of its people, never a name
    Column("role", String(30), nullable=False),  # whose figures a paper for inside use has
    Column("asked", DateTime(timezone=True), nullable=False),
    Column("done", Integer, nullable=False),  # steps
    Column("steps", Integer, nullable=False),  # of how many; 0 before it is known
    Column("tries", Integer, nullable=False),  # processes that have begun it
    Column("worker", String(16), nullable=False),  # who makes it now; empty for nobody
    Column("heard", DateTime(timezone=True)),  # when it last came further
    Column("fault", Text, nullable=False),  # JSON: the code and the facts of what went wrong; else empty
    Column("name", Text, nullable=False),  # of the file; empty until there is one
    Column("file", LargeBinary),
)
