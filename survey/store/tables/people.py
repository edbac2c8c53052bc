"""Who may come in: organisations, accounts, their assignments, sessions and links."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from survey.store.tables.metadata import ROWID_FREE, metadata

organisation = Table(
    "organisation",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),  # region, municipality, administration, unit
    Column("parent", String(16), ForeignKey("organisation.id")),
    Column("area", String(20), nullable=False),  # an area's code; empty for none
    Column("name", Text, nullable=False),
)

# Address, name and the second step are sealed with a key outside the database; an account is found by the
# keyed hash of its address. Its id is random and is what stands in the audit log.
account = Table(
    "account",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Integer, nullable=False),  # one more with every change
    Column("address_key", LargeBinary(32), nullable=False, unique=True),
    Column("subject_key", LargeBinary(32), unique=True),  # keyed hash of who an identity provider says it is
    Column("sealed", LargeBinary, nullable=False),  # address, name and language
    Column("password", Text),  # an Argon2 hash with its parameters
    Column("second", LargeBinary),  # the second step, sealed: secret, last step used, recovery codes' hashes
    Column("state", String(10), nullable=False),  # survey/people/states.py
    Column("member", String(32), ForeignKey("panel_member.id"), unique=True),  # the panel's member it is
    Column("created", DateTime(timezone=True), nullable=False),
)

assignment = Table(
    "assignment",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("account", String(16), ForeignKey("account.id"), nullable=False),
    Column("role", String(30), nullable=False),
    Column("organisation", String(16), ForeignKey("organisation.id"), nullable=False),
    Column("provided", Boolean, nullable=False),  # an identity provider says so, and may take it back
    Column("since", DateTime(timezone=True), nullable=False),
    UniqueConstraint("account", "role", "organisation"),
)

session = Table(
    "session",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),  # keyed hash of what the cookie holds
    Column("account", String(16), ForeignKey("account.id"), nullable=False),
    Column("acting", String(16)),  # the assignment that is acted in
    Column("stage", String(6), nullable=False),  # code: the second step is asked for; full
    Column("way", String(8), nullable=False),  # password, provider
    Column("made", Float, nullable=False),  # seconds since 1970, as the three after it
    Column("seen", Float, nullable=False),
    Column("ends", Float, nullable=False),
    Column("revoked", Float),
    Column("hint", LargeBinary),  # what an identity provider wants back when it is signed out of, sealed
    Index("session_by_account", "account"),
    **ROWID_FREE,
)

account_link = Table(
    "account_link",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),  # keyed hash of the link's secret
    Column("account", String(16), ForeignKey("account.id"), nullable=False),
    Column("kind", String(8), nullable=False),  # invite, reset
    Column("expires", Float, nullable=False),  # seconds since 1970
    Column("used", Float),
    Column("letter", LargeBinary),  # the letter with the link, sealed, until it has been sent
    Column("tries", Integer, nullable=False),
    Column("retry_after", Float),
    Column("outcome", String(8), nullable=False),  # waiting, sent, refused, shown
    Index("account_link_by_account", "account"),
    **ROWID_FREE,
)

# Tries to sign in, by a keyed hash of the address that was typed, known or not, or of a known browser.
sign_in_try = Table(
    "sign_in_try",
    metadata,
    Column("door", LargeBinary(32), primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("last", Float, nullable=False),
    Column("until", Float, nullable=False),  # before this no password is looked at
    **ROWID_FREE,
)

# A sign-in that an identity provider is to answer, once.
sign_in_begun = Table(
    "sign_in_begun",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),  # keyed hash of state and the browser's own secret
    Column("sealed", LargeBinary, nullable=False),  # nonce, verifier and the way back
    Column("expires", Float, nullable=False),
    **ROWID_FREE,
)
