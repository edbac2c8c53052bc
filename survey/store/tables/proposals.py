"""What the panel proposes, who supports it, what was decided, and what residents were told of it."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, String, Table, Text

from survey.store.tables.metadata import ROWID_FREE, metadata

# Every change is a new row of the same id, and none is ever changed (survey/proposals).
proposal = Table(
    "proposal",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("survey", String(40), nullable=False),
    Column("area", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("dimension", String(40), nullable=False),
    Column("framework", String(40), nullable=False),  # of the strategy map; empty for no promise
    Column("item", String(8), nullable=False),
    Column("theme", String(60), nullable=False),  # empty for none
    Column("state", String(10), nullable=False),  # survey/proposals/states.py
    Column("event", String(10), nullable=False),  # what made this version
    Column("reason", Text, nullable=False),  # of the event, empty where it has none
    Column("answer_by", Date),  # the day by which a decision is promised; none until it is proposed
    Column("supporters", Integer),  # members who supported it when it was decided; none before
    Column("made", Date, nullable=False),
    Column("made_by", String(80), nullable=False),
    Index("proposal_by_area", "area"),
)

proposal_support = Table(
    "proposal_support",
    metadata,
    Column("proposal", String(16), primary_key=True),
    Column("member", String(40), primary_key=True),
    **ROWID_FREE,
)

# A comment stands behind one proposal at most: it is never shown under two labels. Its text is never copied,
# so that it is gone from everywhere when its writer takes it back.
proposal_quote = Table(
    "proposal_quote",
    metadata,
    Column("comment_id", LargeBinary(16), primary_key=True),
    Column("proposal", String(16), nullable=False),
    Index("proposal_quote_by_proposal", "proposal"),
    **ROWID_FREE,
)

# An activity of the action plan is an action of survey/following with this tie to its proposal.
proposal_action = Table(
    "proposal_action",
    metadata,
    Column("action", String(16), primary_key=True),
    Column("proposal", String(16), nullable=False),
    Column("organisation", String(12), nullable=False),  # region, municipality, both
    Index("proposal_action_by_proposal", "proposal"),
)

proposal_feedback = Table(
    "proposal_feedback",
    metadata,
    Column("proposal", String(16), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),  # {language: {heard, decided, done}}
    Column("made", Date, nullable=False),
    Column("made_by", String(80), nullable=False),
)
