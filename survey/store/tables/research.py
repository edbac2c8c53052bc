"""Which files for research were asked for, on which terms, and what came of it."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, String, Table, Text

from survey.store.tables.metadata import metadata

# The file itself lies outside the database, until `kept_until`, and its name is not here.
research_file = Table(
    "research_file",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Integer, nullable=False),  # raised by every change: two never change the same
    Column("survey", String(40), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("approval", String(20), nullable=False),  # of the Swedish Ethical Review Authority
    Column("principal", String(200), nullable=False),  # the organisation that answers for the research
    Column("people", Text, nullable=False),  # who will work with the file
    Column("until", Date, nullable=False),  # the last day of the agreement
    Column("format", String(8), nullable=False),
    Column("terms", Text, nullable=False),  # the text that was accepted, as it stood then
    Column("state", String(10), nullable=False),  # survey/research/states.py
    Column("asked", Date, nullable=False),
    Column("asked_by", String(80), nullable=False),
    Column("decided", Date),
    Column("decided_by", String(80), nullable=False),  # empty before
    Column("reason", Text, nullable=False),  # of the decision, or of an end before its time
    Column("made", Date),
    Column("kept_until", Date),  # the last day that the file lies there; none when it does not
    Column("checksum", LargeBinary(32)),  # SHA-256 of the file that was made last
    Column("told", Text, nullable=False),  # what was chosen and left out, as JSON; empty before
    Column("fetched", Date),
    Column("ended", Date),
    Index("research_file_by_state", "state"),
)
