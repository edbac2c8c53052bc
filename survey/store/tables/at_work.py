"""What people at work write down, load or ask for, and the log of what was done."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from survey.store.tables.metadata import ROWID_FREE, metadata

# Who asked for letters, and about what (survey/digest/abouts.py). An address is sealed with a key outside the
# database; it is found by its keyed hash, so that nobody is there twice for the same thing.
digest_request = Table(
    "digest_request",
    metadata,
    Column("id", LargeBinary(32), primary_key=True),  # keyed hash of the link that confirms it
    Column("address_key", LargeBinary(32), nullable=False),
    Column("about", String(20), nullable=False),  # signals, happened
    Column("sealed", LargeBinary, nullable=False),  # address, areas and language
    Column("letter", LargeBinary),  # the link, sealed, until it has been sent
    Column("asked", Date, nullable=False),
    Index("digest_request_by_address", "address_key"),
    **ROWID_FREE,
)

digest_subscription = Table(
    "digest_subscription",
    metadata,
    Column("address_key", LargeBinary(32), primary_key=True),
    Column("about", String(20), primary_key=True),  # signals, happened
    Column("leave_key", LargeBinary(32), nullable=False, unique=True),  # keyed hash of the link that ends it
    Column("sealed", LargeBinary, nullable=False),  # address, areas, language and the link that ends it
    Column("told", Integer, nullable=False),  # how far: a publication's number, or a day's since year 1
    Column("tries", Integer, nullable=False),  # letters in a row that the server put off
    Column("retry_after", Float),  # seconds since 1970
    Column("failures", Integer, nullable=False),  # letters in a row that were refused
    Column("paused", Date),  # since when nothing is sent, because too many were refused
    **ROWID_FREE,
)

strategy_version = Table(
    "strategy_version",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),  # the whole map, one JSON document
    Column("made", DateTime(timezone=True), nullable=False),
    Column("made_by", String(80), nullable=False),  # a role
    Column("changed", Text, nullable=False),  # [[framework, item, field]]
    Column("note", Text, nullable=False),  # why, as whoever made it says
)

# What managers decide: every change is a new row of the same id, and none is ever changed (survey/following).
goal = Table(
    "goal",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("survey", String(40), nullable=False),
    Column("area", String(20), nullable=False),
    Column("dimension", String(40), nullable=False),
    Column("target", Float, nullable=False),  # 0-100
    Column("due", String(7), nullable=False),  # the month by which it is to be reached
    Column("since", String(7), nullable=False),  # the month from which this version holds
    Column("state", String(10), nullable=False),  # stands, ended
    Column("reason", Text, nullable=False),  # the decision behind it
    Column("made", DateTime(timezone=True), nullable=False),
    Column("made_by", String(80), nullable=False),  # a role
)

measure_action = Table(
    "measure_action",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("survey", String(40), nullable=False),
    Column("area", String(20), nullable=False),
    Column("kind", String(10), nullable=False),  # action, event
    Column("title", Text, nullable=False),
    Column("dimensions", Text, nullable=False),  # [dimension]; an empty list is all of them
    Column("starts", String(7), nullable=False),
    Column("ends", String(7)),
    Column("direction", String(10), nullable=False),  # better, worse, unclear
    Column("owner", Text, nullable=False),  # a function, never a person's name
    Column("state", String(10), nullable=False),  # planned, ongoing, done, stopped
    Column("note", Text, nullable=False),  # why it was changed
    Column("made", DateTime(timezone=True), nullable=False),
    Column("made_by", String(80), nullable=False),  # a role
)

rebase = Table(
    "rebase",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("survey", String(40), nullable=False),
    Column("area", String(20), nullable=False),
    Column("dimension", String(40), nullable=False),
    Column("month", String(7), nullable=False),  # the first month of the new limits
    Column("state", String(10), nullable=False),  # stands, withdrawn
    Column("reason", Text, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("made_by", String(80), nullable=False),  # a role
)

# Figures from elsewhere: every change is a new revision, and none is ever changed (survey/indicators).
indicator = Table(
    "indicator",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("name_sv", String(120), nullable=False),
    Column("name_en", String(120), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("direction", String(10), nullable=False),  # higher, lower, neither
    Column("source", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("dimension", String(40), nullable=False),  # that it is shown beside; empty for none
    Column("loaded", DateTime(timezone=True), nullable=False),
)

indicator_value = Table(
    "indicator_value",
    metadata,
    Column("indicator", String(40), primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("period", String(10), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("value", Float),  # none when the source says that it has none, which is not zero
    Column("loaded", DateTime(timezone=True), nullable=False),
)
