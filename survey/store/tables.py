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
closed_sums = Table(
    "closed_sums",
    metadata,
    Column("survey", String(40), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("part", String(10), primary_key=True),  # people, or groups
    Column("document", LargeBinary, nullable=False),  # an Arrow stream: survey/store/closed.py
)

# How often two questions of one dimension were answered so and so by the same people, for reliability.
closed_pair = Table(
    "closed_pair",
    metadata,
    Column("survey", String(40), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("round_id", String(40), primary_key=True),
    Column("dimension", String(40), primary_key=True),
    Column("first", String(40), primary_key=True),
    Column("second", String(40), primary_key=True),
    Column("counts", Text, nullable=False),  # [[n]], rows and columns in the order of the scale
    **ROWID_FREE,
)

publication = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("survey", String(40), nullable=False),
    Column("month", String(7), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("reason", Text, nullable=False),  # why it was corrected; empty for the first revision
    Column("versions", String(200), nullable=False),  # definition versions that are in it
    Column("method", String(20), nullable=False),
    Column("code_version", String(60), nullable=False),
    Column("population_year", Integer),  # of the margins it was weighted to; none when it was not
    Column("threshold_public", Integer, nullable=False),
    Column("threshold_signed_in", Integer, nullable=False),
    Column("responses", Integer, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("published", DateTime(timezone=True), nullable=False),
    Index("publication_once", "survey", "month", "revision", unique=True),
)

published_cell = Table(
    "published_cell",
    metadata,
    Column("survey", String(40), primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("unit", String(40), primary_key=True),
    Column("kind", String(10), primary_key=True),  # month, quarter, half, year
    Column("measure", String(40), primary_key=True),
    Column("group", String(40), primary_key=True),
    Column("value", String(40), primary_key=True),
    Column("period", String(10), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("publication_id", Integer, nullable=False),
    Column("n", Integer),  # none where nobody may see the cell: then no number of it is kept
    Column("mean", Float),
    Column("sd", Float),
    Column("low", Float),
    Column("high", Float),
    Column("raw", Float),  # the mean of those who answered, unweighted
    Column("adjusted", Float),  # for who answered, where there was enough to adjust by
    Column("weighting", String(20), nullable=False),
    Column("n_effective", Float),
    Column("largest_weight", Float),
    Column("positive", Float),  # share with a score of 75 or more
    Column("positive_low", Float),
    Column("positive_high", Float),
    Column("shares", Text),  # {"code": share} of a question's answers
    Column("hidden_public", String(20)),  # why it is hidden; empty when it is shown
    Column("hidden_signed_in", String(20)),
    **ROWID_FREE,
)

published_reliability = Table(
    "published_reliability",
    metadata,
    Column("publication_id", Integer, primary_key=True),
    Column("round_id", String(40), primary_key=True),
    Column("dimension", String(40), primary_key=True),
    Column("questions", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("alpha", Float),
    Column("alpha_low", Float),
    Column("alpha_high", Float),
    Column("ordinal_alpha", Float),
    Column("omega", Float),
    Column("unit_reliability", Float),
    Column("n_needed", Integer),  # answers a municipality needs for .70
    **ROWID_FREE,
)

published_rate = Table(
    "published_rate",
    metadata,
    Column("publication_id", Integer, primary_key=True),
    Column("round_id", String(40), primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("invited", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("hidden_public", String(20)),
    Column("hidden_signed_in", String(20)),
    **ROWID_FREE,
)

invited = Table(
    "invited",
    metadata,
    Column("round_id", String(40), primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("people", Integer, nullable=False),  # codes that were made
)

population = Table(
    "population",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("area", String(20), primary_key=True),
    Column("age", String(40), primary_key=True),
    Column("gender", String(40), primary_key=True),
    Column("people", Integer, nullable=False),
)

population_source = Table(
    "population_source",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("source", String(200), nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("loaded", DateTime(timezone=True), nullable=False),
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
