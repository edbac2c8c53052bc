"""What is kept of what was done: the audit log, the chain over it, and what has been removed."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Index, Integer, LargeBinary, String, Table, Text

from survey.store.tables.metadata import metadata

audit = Table(
    "audit",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("facts", Text, nullable=False),
    Index("audit_by_time", "at"),
)

# Each seal is a keyed hash of the one before it and of an event, so that no event can be changed, taken away
# or put between others without the key, which lies outside the database (survey/audit/chain.py).
audit_seal = Table(
    "audit_seal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("event_id", LargeBinary(16), nullable=False, unique=True),
    Column("hash", LargeBinary(32), nullable=False),
)

# What was removed because of its age: how much of what, never whose.
removal = Table(
    "removal",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("day", Date, nullable=False),
    Column("kind", String(30), nullable=False),  # survey/retention/kinds.py
    Column("before", Date, nullable=False),  # what is older than this day
    Column("number", Integer, nullable=False),
    Column("decision", Text, nullable=False),  # that it was removed by
)
