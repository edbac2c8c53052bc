"""Which tables tell how people are invited: orders of codes, reminders, and ways into open rounds.

None of them holds a code, a name or an address.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, String, Table, Text

from survey.store.tables.metadata import ROWID_FREE, metadata

letter_order = Table(
    "letter_order",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("round_id", String(40), nullable=False),
    Column("areas", Text, nullable=False),  # [["0780", 120]]: how many codes for each municipality
    Column("number", Integer, nullable=False),
    Column("first_reference", Integer, nullable=False),
    Column("made", Integer, nullable=False),  # codes whose hashes are kept so far
    Column("state", String(10), nullable=False),  # survey/letters/states.py
    Column("tries", Integer, nullable=False),  # downloads that were begun
    Column("made_by", String(60), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False),
    Column("claimed", DateTime(timezone=True)),  # when the download that goes on was begun
)

reminder = Table(
    "reminder",
    metadata,
    Column("round_id", String(40), primary_key=True),
    Column("day", Date, primary_key=True),  # when a list of unused references was handed out
)

round_way = Table(
    "round_way",
    metadata,
    Column("key", String(16), primary_key=True),  # in the address of a poster or a tablet; no secret
    Column("round_id", String(40), nullable=False),
    Column("kind", String(10), nullable=False),  # link or kiosk
    Column("name", Text, nullable=False),
    Column("most_a_day", Integer),  # surveys that may be begun; none for as many as come
    Column("closed", Boolean, nullable=False),
)

# Surveys begun through a way or, with an empty key, the round's own door. Never written when somebody sends.
round_begun = Table(
    "round_begun",
    metadata,
    Column("round_id", String(40), primary_key=True),
    Column("way", String(16), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("number", Integer, nullable=False),
    **ROWID_FREE,
)
