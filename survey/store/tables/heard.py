"""What the panel has coded, what was learnt from it, and the themes that were published."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, LargeBinary, String, Table, Text

from survey.store.tables.metadata import ROWID_FREE, metadata

comment_coding = Table(
    "comment_coding",
    metadata,
    Column("comment_id", LargeBinary(16), primary_key=True),
    Column("coder", String(80), primary_key=True),
    Column("themes", Text, nullable=False),  # codes in order, with spaces between; empty: none of them
    Column("made", Date, nullable=False),
    **ROWID_FREE,
)

# Who reads a comment now or has read it. Two slots at most, so that no two people get the same unless meant.
comment_slot = Table(
    "comment_slot",
    metadata,
    Column("comment_id", LargeBinary(16), primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),  # 1, or 2 for a second reader
    Column("reader", String(80), nullable=False),
    Column("taken", DateTime(timezone=True), nullable=False),
    Column("done", Boolean, nullable=False),
    Index("comment_slot_by_reader", "reader"),
    **ROWID_FREE,
)

# What somebody says must happen with a comment, and whether it has.
comment_flag = Table(
    "comment_flag",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("comment_id", LargeBinary(16), nullable=False),
    Column("kind", String(20), nullable=False),  # answer_now, withheld, masked
    Column("note", Text, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("handled", DateTime(timezone=True)),  # none: waits
    Column("handled_by", String(80), nullable=False, server_default=""),
    Column("answer", Text, nullable=False, server_default=""),
    Index("comment_flag_by_comment", "comment_id"),
    **ROWID_FREE,
)

# What two readers who disagree say to each other; masked as what residents write is.
comment_remark = Table(
    "comment_remark",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("comment_id", LargeBinary(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("made_by", String(80), nullable=False),
    Index("comment_remark_by_comment", "comment_id"),
    **ROWID_FREE,
)

theme_model = Table(
    "theme_model",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("coded", Integer, nullable=False),  # comments it was learnt from
    Column("document", LargeBinary, nullable=False),  # numbers only, no word of any comment
    Column("evaluation", Text, nullable=False),  # how it did on comments it had not seen, one JSON document
)

# Which model is in force: the newest row says. None is the lexicon alone.
theme_choice = Table(
    "theme_choice",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("model", Integer),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("reason", Text, nullable=False),
)

# Counted once, when the last month of the period was published, and never changed.
published_theme = Table(
    "published_theme",
    metadata,
    Column("survey", String(40), primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("kind", String(10), nullable=False),  # quarter, year
    Column("answers", Integer, nullable=False),  # responses, to tell if a pool may be read in
    Column("comments", Integer, nullable=False),
    Column("readable", Integer, nullable=False),  # those of them that the panel may read
    Column("hidden", String(20)),  # why nobody sees it; none when it is shown
    Column("document", Text, nullable=False),  # survey/comments/counting.py
    Column("chain", String(60), nullable=False),
    Column("published", DateTime(timezone=True), nullable=False),
)
