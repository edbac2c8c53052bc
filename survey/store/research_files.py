"""Agreements about files for research, as they are stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from survey.store.tables import research_file

R = research_file.c


@dataclass(frozen=True)
class Agreement:
    """An agreement as it is now. Its states and events are told in survey/research/states.py.

    `told` is JSON of what was chosen and left out, empty before a file was made; `kept_until` is None where
    no file lies to be fetched.
    """

    id: str
    version: int
    survey: str
    purpose: str
    approval: str
    principal: str
    people: str
    until: date
    format: str
    terms: str
    state: str
    asked: date
    asked_by: str
    decided: date | None = None
    decided_by: str = ""
    reason: str = ""
    made: date | None = None
    kept_until: date | None = None
    checksum: bytes | None = None
    told: str = ""
    fetched: date | None = None
    ended: date | None = None


def add_agreement(connection: Connection, new: Agreement) -> None:
    connection.execute(insert(research_file).values(**vars(new)))


def find_agreement(connection: Connection, agreement_id: str) -> Agreement | None:
    row = connection.execute(select(research_file).where(R.id == agreement_id)).first()
    return Agreement(*row) if row else None


def list_agreements(
    connection: Connection, *, asked_by: str | None = None, states: Collection[str] | None = None
) -> tuple[Agreement, ...]:
    """Agreements, the newest first; of one who asked, and in some states, where they are named."""
    query = select(research_file).order_by(R.asked.desc(), R.id)
    if asked_by is not None:
        query = query.where(R.asked_by == asked_by)
    if states is not None:
        query = query.where(R.state.in_(states))
    return tuple(Agreement(*row) for row in connection.execute(query))


def change_agreement(connection: Connection, agreement_id: str, *, was: int, **values: object) -> bool:
    """Change an agreement that is still of a version; False when somebody else was first."""
    changed = update(research_file).where(R.id == agreement_id, R.version == was)
    return connection.execute(changed.values(version=was + 1, **values)).rowcount == 1
