"""What people have made of the texts in residents' languages."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text

from survey.store.tables.metadata import metadata

# Every change is a new row, and none is ever changed: the newest of a text holds (survey/translating).
translation = Table(
    "translation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("part", String(80), nullable=False),  # the screens, or a survey in a version
    Column("language", String(20), nullable=False),
    Column("key", String(120), nullable=False),
    Column("texts", Text, nullable=False),  # its forms, as a JSON list
    Column("source", String(64), nullable=False),  # checksum of the Swedish that it was made from
    Column("is_approved", Boolean, nullable=False),
    Column("made", Date, nullable=False),
    Column("made_by", String(80), nullable=False),
    Index("translation_by_part", "part", "language"),
)
