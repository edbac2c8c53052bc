"""The panel's own rounds: what is rated, what members have begun, and what the group's answers came to.

A sent answer is kept sealed, beside no name, until its round is closed; then only counts are left, and free
texts under random ids in an order that tells nothing. Nothing joins a count or a text to a member.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, String, Table, Text

from survey.store.tables.metadata import ROWID_FREE, metadata

panel_round = Table(
    "panel_round",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("title", Text, nullable=False),
    Column("survey", String(40), nullable=False),
    Column("version", String(10), nullable=False),
    Column("state", String(16), nullable=False),  # survey/panel_rounds/states.py
    Column("answer_by", Date, nullable=False),  # the day that members are asked to keep
    Column("opened", Date, nullable=False),
    Column("changed", Date, nullable=False),  # when it came to its state
    Column("first_sent", Integer),  # how many sent; none until that round is closed
    Column("second_sent", Integer),
)

panel_subject = Table(
    "panel_subject",
    metadata,
    Column("round_id", String(16), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, in the order they are asked
    Column("kind", String(10), nullable=False),  # proposal, theme
    Column("ref", String(60), nullable=False),  # a proposal's id, a theme's code
    Column("title", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False),  # taken out of the round by a coordinator
)

panel_draft = Table(
    "panel_draft",
    metadata,
    Column("id", LargeBinary(32), primary_key=True),  # keyed hash of round, time round and member
    Column("round_id", String(16), nullable=False),
    Column("wave", Integer, nullable=False),  # 1, 2
    Column("sealed", LargeBinary, nullable=False),
    Column("sent", Boolean, nullable=False),
    **ROWID_FREE,
)

# How many gave each answer, once a round is closed; nothing tells which answers came from one member.
panel_count = Table(
    "panel_count",
    metadata,
    Column("round_id", String(16), primary_key=True),
    Column("wave", Integer, primary_key=True, autoincrement=False),
    Column("subject", Integer, primary_key=True, autoincrement=False),  # 0 for what is asked once
    Column("question", String(40), primary_key=True),
    Column("answer", String(500), primary_key=True),  # codes with spaces between; empty for skipped
    Column("number", Integer, nullable=False),
    **ROWID_FREE,
)

panel_text = Table(
    "panel_text",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("round_id", String(16), nullable=False),
    Column("wave", Integer, nullable=False),
    Column("subject", Integer, nullable=False),
    Column("question", String(40), nullable=False),
    Column("text", Text, nullable=False),  # masked before it was first written
    **ROWID_FREE,
)

# What came of a conversation that a disagreement was sent to; a correction is a new row.
panel_dialogue = Table(
    "panel_dialogue",
    metadata,
    Column("round_id", String(16), primary_key=True),
    Column("subject", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("held", Date, nullable=False),
    Column("outcome", String(12), nullable=False),  # survey/panel_rounds/dialogue.py
    Column("note", Text, nullable=False),  # masked before it was first written
    Column("made", Date, nullable=False),
    Column("made_by", String(80), nullable=False),
)

# A text that a member wrote as a proposal is taken once: by the draft that it became, or put aside.
panel_idea_taken = Table(
    "panel_idea_taken",
    metadata,
    Column("text_id", LargeBinary(16), primary_key=True),
    Column("proposal", String(16)),  # none when it was put aside
    **ROWID_FREE,
)
