"""What has been published, and what its numbers were worked out from."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from survey.store.tables.metadata import ROWID_FREE, metadata

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
