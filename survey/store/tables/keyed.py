"""Which tables tell of forms on paper: what is keyed and not kept yet, how many, and how alike.

None of them tells what was answered, nor of which code.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Index, Integer, LargeBinary, String, Table

from survey.store.tables.metadata import ROWID_FREE, metadata

# A form between the first key and the sealed answer; the row goes when the answer is kept.
keyed_form = Table(
    "keyed_form",
    metadata,
    Column("id", LargeBinary(32), primary_key=True),  # only the form's code and the round's key lead to it
    Column("round_id", String(40), nullable=False),
    Column("state", String(10), nullable=False),  # survey/keying/states.py
    Column("first_by", String(60), nullable=False),
    Column("second_by", String(60), nullable=False),  # empty until somebody else has keyed it too
    Column(
        "sealed", LargeBinary, nullable=False
    ),  # the answers and the code's hash; the round's key opens it
    Column("changed", DateTime(timezone=True), nullable=False),
    Index("keyed_form_by_round", "round_id", "state"),
    **ROWID_FREE,
)

keying_share = Table(
    "keying_share",
    metadata,
    Column("round_id", String(40), primary_key=True),
    Column("percent", Integer, nullable=False),  # forms that are keyed twice
)

keyed_number = Table(
    "keyed_number",
    metadata,
    Column("round_id", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("keyer", String(60), primary_key=True),
    Column("number", Integer, nullable=False),
    **ROWID_FREE,
)

# Fields keyed twice, and how many were alike: of a question, and of a keyer. Never what was answered.
keyed_alike = Table(
    "keyed_alike",
    metadata,
    Column("round_id", String(40), primary_key=True),
    Column("kind", String(10), primary_key=True),  # question or keyer
    Column("name", String(60), primary_key=True),
    Column("compared", Integer, nullable=False),
    Column("alike", Integer, nullable=False),
    **ROWID_FREE,
)
