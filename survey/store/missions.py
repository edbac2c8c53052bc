"""Missions, who was asked, their time and fees, as they are stored."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, delete, insert, select, update

from survey.store.database import insert_once
from survey.store.tables import mission, mission_evaluation, mission_fee, mission_invitation, mission_time

M, I, T, F = mission.c, mission_invitation.c, mission_time.c, mission_fee.c  # noqa: E741


@dataclass(frozen=True)
class Mission:
    """A mission as it is now. `contact` is sealed; `ended` is the day it was declined, cancelled or done."""

    id: str
    version: int
    occasion: int
    state: str
    unit: str
    requested_by: str
    purpose: str
    question: str
    form: str
    place: str
    day: date
    starts: str
    minutes: int
    number: int
    tags: tuple[str, ...]
    feedback_by: date
    feedback_from: str
    contact: bytes | None
    material: str
    material_on: date | None
    outcome: str
    reason: str
    requested: date
    agreed: date | None
    ended: date | None
    told: date | None
    reminded: date | None


@dataclass(frozen=True)
class Invitation:
    """That a member was asked about one occasion of a mission, and what they answered."""

    id: str
    mission: str
    occasion: int
    member: str
    state: str
    asked: date
    answer_by: date
    answered: date | None = None
    signed: date | None = None
    agreement: str = ""
    conflict: str = ""
    evaluated: bool = False


@dataclass(frozen=True)
class Time:
    """How long a member worked for a mission on a day."""

    mission: str
    member: str
    day: date
    minutes: int


@dataclass(frozen=True)
class Fee:
    """What is to be paid for a day, as it was when the time was approved."""

    mission: str
    member: str
    day: date
    minutes: int
    step: str
    amount: int
    base_amount: int
    approved: date
    approved_by: str


def add_mission(connection: Connection, new: Mission) -> None:
    connection.execute(insert(mission).values(**list_values(new)))


def change_mission(connection: Connection, changed: Mission, *, based_on: int) -> bool:
    """Put a mission in the place of the version that was read; False when another has changed it."""
    where = (M.id == changed.id, M.version == based_on)
    return connection.execute(update(mission).where(*where).values(**list_values(changed))).rowcount == 1


def find_mission(connection: Connection, mission_id: str) -> Mission | None:
    row = connection.execute(select(mission).where(M.id == mission_id)).one_or_none()
    return None if row is None else read_mission(row)


def list_missions(connection: Connection, *, states: Collection[str] | None = None) -> tuple[Mission, ...]:
    """Every mission, or those in some states, the earliest day first."""
    query = select(mission).order_by(M.day, M.starts, M.id)
    if states is not None:
        query = query.where(M.state.in_(states))
    return tuple(read_mission(row) for row in connection.execute(query))


def list_values(kept: Mission) -> dict[str, object]:
    return vars(kept) | {"tags": json.dumps(kept.tags)}


def read_mission(row: Row) -> Mission:
    values = dict(row._mapping)
    values["tags"] = tuple(json.loads(values["tags"]))
    return Mission(**values)


def add_invitation(connection: Connection, new: Invitation) -> bool:
    """Keep that somebody is asked; False when they have been asked about the occasion already."""
    added = insert_once(connection, mission_invitation).values(**vars(new)).returning(I.id)
    return connection.execute(added).first() is not None


def change_invitation(connection: Connection, changed: Invitation, *, state: str) -> bool:
    """Put an invitation in the place of the one that was read; False when it is in that state no more."""
    where = (I.id == changed.id, I.state == state)
    return connection.execute(update(mission_invitation).where(*where).values(**vars(changed))).rowcount == 1


def find_invitation(connection: Connection, invitation: str) -> Invitation | None:
    row = connection.execute(select(mission_invitation).where(I.id == invitation)).one_or_none()
    return None if row is None else Invitation(**row._mapping)


def list_invitations(
    connection: Connection, *, mission: str | None = None, member: str | None = None
) -> tuple[Invitation, ...]:
    """The invitations of a mission, of a member, or all, in the order people were asked."""
    query = select(mission_invitation).order_by(I.asked, I.id)
    if mission is not None:
        query = query.where(I.mission == mission)
    if member is not None:
        query = query.where(I.member == member)
    return tuple(Invitation(**row._mapping) for row in connection.execute(query))


def keep_time(connection: Connection, time: Time) -> None:
    """Write a day's time in the place of what was there; none at all takes it away."""
    where = (T.mission == time.mission, T.member == time.member, T.day == time.day)
    connection.execute(delete(mission_time).where(*where))
    if time.minutes:
        connection.execute(insert(mission_time).values(**vars(time)))


def list_times(
    connection: Connection, *, mission: str | None = None, member: str | None = None
) -> tuple[Time, ...]:
    """The days of a mission, of a member, or all, the earliest first."""
    query = select(mission_time).order_by(T.day, T.mission, T.member)
    if mission is not None:
        query = query.where(T.mission == mission)
    if member is not None:
        query = query.where(T.member == member)
    return tuple(Time(**row._mapping) for row in connection.execute(query))


def add_fee(connection: Connection, fee: Fee) -> bool:
    """Keep what is to be paid for a day; False when that day has been approved already."""
    added = insert_once(connection, mission_fee).values(**vars(fee)).returning(F.mission)
    return connection.execute(added).first() is not None


def list_fees(
    connection: Connection, *, mission: str | None = None, member: str | None = None
) -> tuple[Fee, ...]:
    """The fees of a mission, of a member, or all, the earliest day first."""
    query = select(mission_fee).order_by(F.day, F.mission, F.member)
    if mission is not None:
        query = query.where(F.mission == mission)
    if member is not None:
        query = query.where(F.member == member)
    return tuple(Fee(**row._mapping) for row in connection.execute(query))


def keep_evaluation(connection: Connection, mission_id: str, definition: str, document: str) -> None:
    """Write everything that is known about a mission's evaluation in the place of what was there."""
    connection.execute(delete(mission_evaluation).where(mission_evaluation.c.mission == mission_id))
    connection.execute(
        insert(mission_evaluation).values(mission=mission_id, definition=definition, document=document)
    )


def list_evaluations(connection: Connection) -> dict[str, tuple[str, str]]:
    """The survey's version and the document of each mission that somebody has evaluated."""
    rows = connection.execute(select(mission_evaluation))
    return {row.mission: (row.definition, row.document) for row in rows}
