"""The panel's members and missions, and the letters about them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from survey.store.tables.metadata import ROWID_FREE, metadata

# Name and address are sealed with a key outside the database; tags are chosen by the member and no diagnoses.
panel_member = Table(
    "panel_member",
    metadata,
    Column("id", String(32), primary_key=True),  # Person.id
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # name and address
    Column("language", String(20), nullable=False),
    Column("tags", Text, nullable=False),  # [tag]
    Column("times", Text, nullable=False),  # [time of the week]; an empty list is any time
    Column("paused_until", Date),  # the last day of a pause
    Column("joined", Date, nullable=False),
    Column("left_on", Date),
)

mission = Table(
    "mission",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Integer, nullable=False),  # one more with every decision
    Column("occasion", Integer, nullable=False),  # one more when it is moved
    Column("state", String(12), nullable=False),  # survey/panel/states.py
    Column("unit", Text, nullable=False),
    Column("requested_by", String(80), nullable=False),  # Person.name
    Column("purpose", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("form", String(12), nullable=False),
    Column("place", Text, nullable=False),  # a place or a link
    Column("day", Date, nullable=False),
    Column("starts", String(5), nullable=False),  # 13:30
    Column("minutes", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # people
    Column("tags", Text, nullable=False),  # [tag]: the experience that is wanted
    Column("feedback_by", Date, nullable=False),
    Column("feedback_from", Text, nullable=False),  # a function, never a person's name
    Column("contact", LargeBinary),  # the address that reminders go to, sealed
    Column("material", Text, nullable=False),
    Column("material_on", Date),
    Column("outcome", Text, nullable=False),  # what came of it
    Column("reason", Text, nullable=False),  # why it was declined or cancelled
    Column("requested", Date, nullable=False),
    Column("agreed", Date),
    Column("ended", Date),  # declined, cancelled or done
    Column("told", Date),
    Column("reminded", Date),
    Index("mission_by_state", "state"),
)

mission_invitation = Table(
    "mission_invitation",
    metadata,
    Column("id", String(32), primary_key=True),  # random; its link needs a key outside the database
    Column("mission", String(16), nullable=False),
    Column("occasion", Integer, nullable=False),
    Column("member", String(32), nullable=False),
    Column("state", String(12), nullable=False),  # survey/panel/states.py
    Column("asked", Date, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("answered", Date),
    Column("signed", Date),
    Column("agreement", String(20), nullable=False),  # the version that was signed
    Column("conflict", String(10), nullable=False),  # none, talk; empty before it is declared
    Column("evaluated", Boolean, nullable=False),
    UniqueConstraint("mission", "occasion", "member"),
    Index("mission_invitation_by_member", "member"),
)

mission_time = Table(
    "mission_time",
    metadata,
    Column("mission", String(16), primary_key=True),
    Column("member", String(32), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("minutes", Integer, nullable=False),
)

# What is to be paid for a day, as it was when the time was approved: never changed.
mission_fee = Table(
    "mission_fee",
    metadata,
    Column("mission", String(16), primary_key=True),
    Column("member", String(32), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("minutes", Integer, nullable=False),
    Column("step", String(10), nullable=False),  # whole_day, half_day, hours
    Column("amount", Integer, nullable=False),  # kronor
    Column("base_amount", Integer, nullable=False),  # the year's price base amount, kronor
    Column("approved", Date, nullable=False),
    Column("approved_by", String(80), nullable=False),
)

# All answers about a mission in one row, sorted, without day or member: neither place nor time tells whose.
mission_evaluation = Table(
    "mission_evaluation",
    metadata,
    Column("mission", String(16), primary_key=True),
    Column("definition", String(20), nullable=False),  # the version of the panel's survey
    Column("document", Text, nullable=False),  # [{question: code}]
    **ROWID_FREE,
)

# Letters that wait to be sent, written with what they tell of. `sealed` is gone once a letter is on its way.
mission_letter = Table(
    "mission_letter",
    metadata,
    Column("id", LargeBinary(32), primary_key=True),  # hash of what it tells whom, so that it is written once
    Column("kind", String(20), nullable=False),
    Column("mission", String(16), nullable=False),
    Column("invitation", String(32)),  # that it asks or tells about
    Column("sealed", LargeBinary),  # address and text
    Column("queued", Date, nullable=False),
    Column("outcome", String(10), nullable=False),  # waiting, sent, refused, dropped
    Column("tries", Integer, nullable=False),
    Column("retry_after", Float),  # seconds since 1970
    Index("mission_letter_by_outcome", "outcome"),
)
