"""Who wants a letter each week, and whose calendar is followed by which address."""

from __future__ import annotations

from sqlalchemy import Column, Date, LargeBinary, String, Table, UniqueConstraint

from survey.store.tables.metadata import ROWID_FREE, metadata

# A row is a member who wants the letter.
weekly_letter = Table(
    "weekly_letter",
    metadata,
    Column("member", String(32), primary_key=True),  # Person.id
    Column("since", Date, nullable=False),
    **ROWID_FREE,
)

# The address itself is not here: a key outside the database makes it from `seed`.
calendar_address = Table(
    "calendar_address",
    metadata,
    Column("role", String(20), primary_key=True),
    Column("person", String(32), primary_key=True),  # Person.id; empty for a role alone
    Column("seed", LargeBinary(16), nullable=False),  # random
    Column("token_hash", LargeBinary(32), nullable=False),  # keyed hash of the secret in the address
    Column("language", String(20), nullable=False),
    Column("made", Date, nullable=False),
    UniqueConstraint("token_hash"),
    **ROWID_FREE,
)
