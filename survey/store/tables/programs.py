"""Which other programs may fetch figures, and which are told when something is published."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, LargeBinary, String, Table

from survey.store.tables.metadata import ROWID_FREE, metadata

# A permit that was taken back is gone: its token is then as unknown as one that never was.
permit = Table(
    "permit",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(80), nullable=False),  # what it is for
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),  # keyed; the token is nowhere
    Column("figures", String(12), nullable=False),  # public, or signed_in
    Column("made", Date, nullable=False),
    Column("expires", Date, nullable=False),  # the last day it holds
    Column("last_month", String(7)),  # that it was used in, and nothing finer
    **ROWID_FREE,
)

receiver = Table(
    "receiver",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(80), nullable=False),
    # Address and secrets, sealed with a key outside the database: an address may hold a secret of its own.
    Column("sealed", LargeBinary, nullable=False),
    Column("state", String(10), nullable=False),  # survey/store/notices.py
    Column("added", Date, nullable=False),
    **ROWID_FREE,
)

# The outbox and, when they are settled, the log. What is sent is written from the publication each time.
notice = Table(
    "notice",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("receiver", String(16), ForeignKey("receiver.id"), nullable=False),
    Column("publication_id", Integer),  # none for a trial
    Column("state", String(10), nullable=False),  # survey/store/notices.py
    Column("queued", Float, nullable=False),  # seconds since 1970, as all times here
    Column("tries", Integer, nullable=False),
    Column("next_try", Float, nullable=False),
    Column("last_try", Float),
    Column("status", Integer),  # of the last answer; none when none came
    Column("trouble", String(30)),  # why none came
    Index("notice_due", "state", "next_try"),
    Index("notice_of_receiver", "receiver", "queued"),
    **ROWID_FREE,
)
