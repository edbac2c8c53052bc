"""What is older than a day, kind by kind, how it is removed, and what was."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from survey.store import audits
from survey.store.partitions import drop_partitions
from survey.store.tables import (
    comment,
    comment_coding,
    comment_flag,
    comment_remark,
    comment_slot,
    mission,
    mission_evaluation,
    mission_fee,
    mission_invitation,
    mission_letter,
    mission_time,
    panel_round,
    panel_text,
    proposal_quote,
    removal,
    response,
)

OVER = ("told", "declined", "cancelled")  # states of missions in which nothing more happens
FINISHED = "finished"  # of a panel round


@dataclass(frozen=True)
class Removal:
    """How much of a kind was removed on a day, older than another, and by which decision."""

    day: date
    kind: str
    before: date
    number: int
    decision: str


def select_comments(before: date) -> ColumnElement[bool]:
    return comment.c.month < before.isoformat()[:7]


def select_responses(before: date) -> ColumnElement[bool]:
    return response.c.month < before.isoformat()[:7]


def count(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()


def count_comments(connection: Connection, before: date) -> int:
    """Comments of months that ended before a day's month."""
    return count(connection, comment, select_comments(before))


def remove_comments(connection: Connection, before: date) -> int:
    """Remove them with all that was said of them; what was published of themes stays."""
    old = select(comment.c.id).where(select_comments(before))
    for table in (comment_coding, comment_slot, comment_flag, comment_remark, proposal_quote):
        connection.execute(delete(table).where(table.c.comment_id.in_(old)))
    return connection.execute(delete(comment).where(select_comments(before))).rowcount


def count_responses(connection: Connection, before: date) -> int:
    """Responses of months that ended before a day's month."""
    return count(connection, response, select_responses(before))


def remove_responses(connection: Connection, before: date) -> int:
    """Remove them, whole months at once where a month has a partition; what was published of them stays."""
    gone = drop_partitions(connection, before.isoformat()[:7])
    return gone + connection.execute(delete(response).where(select_responses(before))).rowcount


def select_missions(before: date):  # type: ignore[no-untyped-def]
    return select(mission.c.id).where(mission.c.state.in_(OVER), mission.c.day < before)


def count_missions(connection: Connection, before: date) -> int:
    """Missions that are over, of days before another."""
    return count(connection, mission, mission.c.state.in_(OVER), mission.c.day < before)


def remove_missions(connection: Connection, before: date) -> int:
    """Remove them with invitations, time, fees, evaluations and letters."""
    old = select_missions(before)
    for table in (mission_letter, mission_fee, mission_time, mission_evaluation, mission_invitation):
        connection.execute(delete(table).where(table.c.mission.in_(old)))
    return connection.execute(delete(mission).where(mission.c.id.in_(old))).rowcount


def select_texts(before: date) -> ColumnElement[bool]:
    old = select(panel_round.c.id).where(panel_round.c.state == FINISHED, panel_round.c.changed < before)
    return panel_text.c.round_id.in_(old)


def count_texts(connection: Connection, before: date) -> int:
    """What members wrote in panel rounds that were finished before a day."""
    return count(connection, panel_text, select_texts(before))


def remove_texts(connection: Connection, before: date) -> int:
    """Remove it; the counts stay."""
    return connection.execute(delete(panel_text).where(select_texts(before))).rowcount


Step = Callable[[Connection, date], int]
COUNT: dict[str, Step] = {
    "comments": count_comments,
    "responses": count_responses,
    "audit": audits.count_older,
    "missions": count_missions,
    "panel_texts": count_texts,
}
REMOVE: dict[str, Step] = {
    "comments": remove_comments,
    "responses": remove_responses,
    "missions": remove_missions,
    "panel_texts": remove_texts,
}


def add_removal(connection: Connection, new: Removal) -> None:
    connection.execute(insert(removal).values(id=secrets.token_bytes(16), **vars(new)))


def list_removals(connection: Connection, limit: int) -> Sequence[Removal]:
    """What was removed, the newest first."""
    r = removal.c
    query = select(removal).order_by(r.day.desc(), r.kind, r.id).limit(limit)
    return [Removal(*row[1:]) for row in connection.execute(query)]
