"""Mixed responses and masked comments, and the one pass over them when their month closes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from sqlalchemy import Connection, bindparam, delete, func, insert, select, tuple_

from survey.store.database import unmapped
from survey.store.partitions import ensure_partitions, look_in_all
from survey.store.prepared import Prepared
from survey.store.tables import (
    comment,
    comment_coding,
    comment_flag,
    comment_remark,
    comment_slot,
    import_row,
    response,
)

ABOUT_COMMENTS = (comment_coding, comment_flag, comment_remark, comment_slot)
BATCH = 500  # responses that are read at once
RESEARCH_BATCH = 10_000  # of what a file for research reads of each


@dataclass(frozen=True)
class Response:
    """One person's answers, with nothing that tells who or when but the month."""

    id: bytes
    survey: str
    version: str
    round_id: str
    area: str
    unit: str
    month: str
    channel: str
    answers: str
    scores: str
    groups: str
    receipt: bytes


@dataclass(frozen=True)
class Comment:
    """One masked free text. Its receipt hash is another than its response's."""

    id: bytes
    survey: str
    area: str
    unit: str
    month: str
    question: str
    text: str
    for_panel: bool
    receipt: bytes


class Counted(NamedTuple):
    """What of a response is added up when its month closes; the documents as they are stored."""

    area: str
    unit: str
    version: str
    round_id: str
    channel: str
    answers: str
    scores: str
    groups: str


ONE_MONTH = select(
    response.c.area, response.c.month, response.c.channel, response.c.answers, response.c.groups
).where(response.c.survey == bindparam("survey"), response.c.month == bindparam("month"))
NEXT_MONTH = (
    select(response.c.survey, response.c.month)
    .where(tuple_(response.c.survey, response.c.month) > tuple_(bindparam("survey"), bindparam("month")))
    .order_by(response.c.survey, response.c.month)
    .limit(1)
)
RESEARCHED = Prepared(
    ONE_MONTH,
    on_postgres=ONE_MONTH.execution_options(stream_results=True, max_row_buffer=RESEARCH_BATCH),
)


class Researched(NamedTuple):
    """What of a response a file for research is made of; the documents as they are stored."""

    area: str
    month: str
    channel: str
    answers: str
    groups: str


def add_responses(connection: Connection, rows: Sequence[Response]) -> None:
    """Keep responses, each in its month's part of the table."""
    ensure_partitions(connection, (row.month for row in rows))
    if rows:
        connection.execute(insert(response), [vars(row) for row in rows])


def add_comments(connection: Connection, rows: Sequence[Comment]) -> None:
    if rows:
        connection.execute(insert(comment), [vars(row) for row in rows])


@dataclass(frozen=True)
class Found:
    """A response: where it counts, and as what."""

    survey: str
    month: str
    counted: Counted


def find_response(connection: Connection, response_hash: bytes) -> Found | None:
    """The response of a receipt, None when there is none."""
    c = response.c
    counted = (c.area, c.unit, c.version, c.round_id, c.channel, c.answers, c.scores, c.groups)
    look_in_all(connection)
    row = connection.execute(select(c.survey, c.month, *counted).where(c.receipt == response_hash)).first()
    return Found(row[0], row[1], Counted(*row[2:])) if row else None


def erase_response(connection: Connection, *, response_hash: bytes, comment_hash: bytes) -> tuple[int, int]:
    """Delete the response and the comments of a receipt, with their coding; how many of the first two."""
    own = select(comment.c.id).where(comment.c.receipt == comment_hash)
    look_in_all(connection)
    for table in ABOUT_COMMENTS:
        connection.execute(delete(table).where(table.c.comment_id.in_(own)))
    responses = connection.execute(delete(response).where(response.c.receipt == response_hash)).rowcount
    comments = connection.execute(delete(comment).where(comment.c.receipt == comment_hash)).rowcount
    return responses, comments


def iterate_counted(connection: Connection, survey: str, month: str) -> Iterator[Sequence[Counted]]:
    """Every response of a month, in batches, without holding more than one of them."""
    c = response.c
    query = (
        select(c.area, c.unit, c.version, c.round_id, c.channel, c.answers, c.scores, c.groups)
        .where(c.survey == survey, c.month == month)
        .execution_options(yield_per=BATCH, stream_results=True)
    )
    for rows in connection.execute(query).partitions():
        yield [Counted._make(row) for row in rows]


def iterate_researched(connection: Connection, survey: str, month: str) -> Iterator[Sequence[Researched]]:
    """Every response of a month in batches of plain tuples, as the driver gives them."""
    with unmapped(connection):
        found = RESEARCHED.run(connection, {"survey": survey, "month": month})
        try:
            while rows := found.fetchmany(RESEARCH_BATCH):
                yield cast(Sequence[Researched], rows)
        finally:
            found.close()


def count_responses(connection: Connection, survey: str, month: str) -> int:
    chosen = (response.c.survey == survey, response.c.month == month)
    return connection.execute(select(func.count()).select_from(response).where(*chosen)).scalar_one()


def count_by_round(
    connection: Connection, survey: str, *, rounds: Sequence[str], months: Sequence[str]
) -> dict[tuple[str, str, str], int]:
    """How many responses there are of some rounds in some months, by (round, area, month)."""
    c = response.c
    key = (c.round_id, c.area, c.month)
    query = (
        select(*key, func.count())
        .where(c.survey == survey, c.month.in_(months), c.round_id.in_(rounds))
        .group_by(*key)
    )
    return {(row[0], row[1], row[2]): row[3] for row in connection.execute(query)}


def list_months_with_responses(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Every (survey, month) that has a response, oldest first.

    Each is looked up after the one before: DISTINCT would go through millions to find a hundred.
    """
    found: list[tuple[str, str]] = []
    last = ("", "")
    while row := connection.execute(NEXT_MONTH, dict(zip(("survey", "month"), last, strict=True))).first():
        last = (row[0], row[1])
        found.append(last)
    return tuple(sorted(found, key=lambda one: (one[1], one[0])))


def list_versions(connection: Connection, survey: str, month: str) -> tuple[str, ...]:
    """The definition versions that were answered in a month."""
    query = select(response.c.version).where(response.c.survey == survey, response.c.month == month)
    return tuple(sorted(connection.scalars(query.distinct())))


def find_imported(connection: Connection, round_id: str) -> set[bytes]:
    """The keyed hashes of rows that were imported into a round already."""
    return set(connection.scalars(select(import_row.c.id).where(import_row.c.round_id == round_id)))


def add_imported(connection: Connection, round_id: str, ids: Sequence[bytes]) -> None:
    if ids:
        connection.execute(insert(import_row), [{"id": one, "round_id": round_id} for one in sorted(ids)])


def list_receipts(connection: Connection) -> list[bytes]:
    """The receipt hash of every response, to count what was kept."""
    return list(connection.scalars(select(response.c.receipt)))
