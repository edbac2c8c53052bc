"""Which tables there are, and why each looks as it does."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()
ROWID_FREE = {"sqlite_with_rowid": False}  # a rowid tells in which order rows came (privacy.md 1)

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("label", String(20), nullable=False),  # demonstration or real
    Column("pepper_check", LargeBinary(32), nullable=False),  # tells a wrong pepper file from the right one
    Column("created", Date, nullable=False),
    Column("set_up_key", LargeBinary(32)),  # hash of the one-time set-up address; gone when it has been used
)

definition = Table(
    "definition",
    metadata,
    Column("survey", String(40), primary_key=True),
    Column("version", String(10), primary_key=True),
    Column("checksum", String(64), nullable=False),
    Column("document", Text, nullable=False),
    Column("frozen", Boolean, nullable=False, default=False),  # it has been answered
)

round_ = Table(
    "round",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("survey", String(40), nullable=False),
    Column("version", String(10), nullable=False),
    Column("title", Text, nullable=False),
    Column("door", String(10), nullable=False),  # open, coded, panel, import
    Column("forms", String(20), nullable=False),  # full, short, choose
    Column("opens", Date, nullable=False),
    Column("closes", Date, nullable=False),
    ForeignKeyConstraint(["survey", "version"], ["definition.survey", "definition.version"]),
)

invitation_code = Table(
    "invitation_code",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),  # keyed; the row is deleted when the code is used
    Column("round_id", String(40), nullable=False),
    Column("area", LargeBinary, nullable=False),  # only the code opens it: it would tell codes apart
    **ROWID_FREE,
)

draft = Table(
    "draft",
    metadata,
    Column("id", LargeBinary(32), primary_key=True),
    Column("round_id", String(40), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # only the person's own secret opens it
    Column("expires", Date, nullable=False),
    **ROWID_FREE,
)

submission = Table(
    "submission",
    metadata,
    Column("id", LargeBinary(32), primary_key=True),  # so that sending twice counts once
    Column("period", String(7), nullable=False),
    **ROWID_FREE,
)

period_key = Table(
    "period_key",
    metadata,
    Column("period", String(7), primary_key=True),
    Column("public_key", LargeBinary(32), nullable=False),
    Column("destroyed", Boolean, nullable=False, default=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("period", String(7), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # area and round too: they would point at a person
    **ROWID_FREE,
)

response = Table(
    "response",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("survey", String(40), nullable=False),
    Column("version", String(10), nullable=False),
    Column("round_id", String(40), nullable=False),
    Column("area", String(20), nullable=False),
    Column("unit", String(40), nullable=False, default=""),
    Column("month", String(7), nullable=False),
    Column("channel", String(10), nullable=False),
    Column("answers", Text, nullable=False),  # one JSON document
    Column("scores", Text, nullable=False),  # {"dimension": 0-100}
    Column("groups", Text, nullable=False),  # {"group": "code"}, keys in order
    Column("receipt", LargeBinary(32), nullable=False),
    Index("response_by_month", "survey", "month"),
    Index("response_by_receipt", "receipt"),
    **ROWID_FREE,
)

comment = Table(
    "comment",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("survey", String(40), nullable=False),
    Column("area", String(20), nullable=False),
    Column("unit", String(40), nullable=False, default=""),
    Column("month", String(7), nullable=False),
    Column("question", String(40), nullable=False),
    Column("text", Text, nullable=False),  # masked before it came here
    Column("for_panel", Boolean, nullable=False),
    Column(
        "receipt", LargeBinary(32), nullable=False
    ),  # another hash than the response's: they cannot be joined
    Index("comment_by_month", "survey", "month"),
    Index("comment_by_receipt", "receipt"),
    **ROWID_FREE,
)

import_row = Table(
    "import_row",
    metadata,
    Column(
        "id", LargeBinary(32), primary_key=True
    ),  # keyed hash of source and row, so that none comes in twice
    Column("round_id", String(40), nullable=False),
    **ROWID_FREE,
)

# Sums per month as they were at closing. Later periods are added from these and not from the answers,
# so that an erased answer cannot be worked out from a quarter less its months.
closed_statistic = Table(
    "closed_statistic",
    metadata,
    Column("survey", String(40), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("group", String(40), primary_key=True),
    Column("value", String(40), primary_key=True),
    Column("measure", String(40), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("total", Float, nullable=False),
    Column("squares", Float, nullable=False),
    **ROWID_FREE,
)

publication = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("survey", String(40), nullable=False),
    Column("month", String(7), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("versions", String(200), nullable=False),  # definition versions that are in it
    Column("method", String(20), nullable=False),
    Column("threshold_public", Integer, nullable=False),
    Column("threshold_signed_in", Integer, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("published", DateTime(timezone=True), nullable=False),
    Index("publication_once", "survey", "month", "revision", unique=True),
)

published_cell = Table(
    "published_cell",
    metadata,
    Column("survey", String(40), primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("kind", String(10), primary_key=True),  # month, quarter, half, year
    Column("measure", String(40), primary_key=True),
    Column("group", String(40), primary_key=True),
    Column("value", String(40), primary_key=True),
    Column("period", String(10), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("publication_id", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("mean", Float),
    Column("sd", Float),
    Column("low", Float),
    Column("high", Float),
    Column("hidden_public", String(20)),  # why it is hidden; empty when it is shown
    Column("hidden_signed_in", String(20)),
    **ROWID_FREE,
)

audit = Table(
    "audit",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("facts", Text, nullable=False),
)
