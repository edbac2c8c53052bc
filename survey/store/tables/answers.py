"""What people send, from their code to the response that nobody can join to it."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    false,
)

from survey.store.tables.metadata import ROWID_FREE, metadata

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
    Column("door", String(10), nullable=False),  # open, coded, kiosk, panel, import
    Column("forms", String(20), nullable=False),  # full, short, choose
    Column("opens", Date, nullable=False),
    Column("closes", Date, nullable=False),
    Column("mode", String(12), nullable=False, server_default="anonymous"),  # or confidential: coded only
    Column("audience", Text, nullable=False, server_default=""),  # whom it is for, in words
    Column("left_out", Text, nullable=False, server_default="[]"),  # sensitive questions that are not asked
    Column("most", Integer),  # surveys that may be begun in all; none for as many as come
    ForeignKeyConstraint(["survey", "version"], ["definition.survey", "definition.version"]),
)

invitation_code = Table(
    "invitation_code",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),  # keyed; the row is deleted when the code is used
    Column("round_id", String(40), nullable=False),
    Column("area", LargeBinary, nullable=False),  # only the code opens it: it would tell codes apart
    Column("reference", Integer),  # of a confidential round's letter; none in an anonymous one, ever
    **ROWID_FREE,
)

invited = Table(
    "invited",
    metadata,
    Column("round_id", String(40), primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("people", Integer, nullable=False),  # codes that were made
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
    Column("month", String(7), primary_key=True),  # of PostgreSQL's key: each month is a partition there
    Column("channel", String(10), nullable=False),
    Column("answers", Text, nullable=False),  # one JSON document
    Column("scores", Text, nullable=False),  # {"dimension": 0-100}
    Column("groups", Text, nullable=False),  # {"group": "code"}, keys in order
    Column("receipt", LargeBinary(32), nullable=False),
    Index("response_by_month", "survey", "month"),
    Index("response_by_receipt", "receipt"),
    postgresql_partition_by="LIST (month)",
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
    Column("chain", String(60), nullable=False, server_default=""),  # what it was read with; empty: unread
    Column("language", String(8)),  # none: unsure
    Column("tone", String(20), nullable=False, server_default=""),
    Column("tone_score", Float),  # -1 to 1; none where it is not assessed
    Column("themes", Text, nullable=False, server_default="{}"),  # {"theme": ["a word that caused it"]}
    Column("quotable", Boolean, nullable=False, server_default=false()),  # somebody decided that it may be
    Column("withheld", Boolean, nullable=False, server_default=false()),  # shown and counted nowhere
    Index("comment_by_chain", "chain"),
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

# Answers by the week in which they were mixed: never written when somebody sends (decision 0009).
answer_week = Table(
    "answer_week",
    metadata,
    Column("round_id", String(40), primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("week", String(8), primary_key=True),
    Column("number", Integer, nullable=False),
    **ROWID_FREE,
)

# Drafts that reached a part, written for at least twenty people together: no time and no area.
part_reached = Table(
    "part_reached",
    metadata,
    Column("round_id", String(40), primary_key=True),
    Column("form", String(20), primary_key=True),
    Column("part", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
    **ROWID_FREE,
)
