"""Masked comments: which wait to be read by the chain, which may be shown, and how they were coded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    select,
    true,
    update,
)

from survey.store.tables import comment, comment_coding, response

ROWS_AT_ONCE = 1_000  # rows that are read at once


@dataclass(frozen=True)
class Written:
    """A comment as it is read by the chain."""

    id: bytes
    survey: str
    question: str
    text: str


@dataclass(frozen=True)
class Heard:
    """What the chain says of a comment. `themes` is a JSON document, {"theme": ["word"]}.

    `language` is None where it is not sure, `tone_score` (-1 to 1) where tone is not assessed.
    """

    id: bytes
    text: str
    chain: str
    language: str | None
    tone: str
    tone_score: float | None
    themes: str


@dataclass(frozen=True)
class Readable:
    """A comment with what was read out of it, for those who may."""

    id: bytes
    area: str
    month: str
    question: str
    text: str
    language: str | None
    tone: str
    tone_score: float | None
    themes: str
    quotable: bool


@dataclass(frozen=True)
class Coding:
    """Which themes somebody saw in a comment; none is a finding too."""

    comment_id: bytes
    coder: str
    themes: tuple[str, ...]
    made: date


def list_unread(connection: Connection, chain: str, limit: int) -> tuple[Written, ...]:
    """Some comments that were not read with this chain, in the order of their random ids."""
    c = comment.c
    query = select(c.id, c.survey, c.question, c.text).where(c.chain != chain).order_by(c.id).limit(limit)
    return tuple(Written(*row) for row in connection.execute(query))


def count_unread(connection: Connection, chain: str, *, survey: str = "", months: Sequence[str] = ()) -> int:
    """How many comments were not read with this chain, in some months of a survey when they are named."""
    query = select(func.count()).select_from(comment).where(comment.c.chain != chain)
    if survey:
        query = query.where(comment.c.survey == survey, comment.c.month.in_(months))
    return connection.execute(query).scalar_one()


def keep_heard(connection: Connection, rows: Sequence[Heard]) -> None:
    """Write what was read out of comments; one that was taken back meanwhile stays away."""
    if not rows:
        return
    names = ("text", "chain", "language", "tone", "tone_score", "themes")
    changed = (
        update(comment)
        .where(comment.c.id == bindparam("of_id"))
        .values({name: bindparam(f"to_{name}") for name in names})
    )
    values = [
        {"of_id": row.id, **{f"to_{name}": getattr(row, name) for name in names}}
        for row in sorted(rows, key=lambda one: one.id)
    ]
    connection.execute(changed, values)


def iterate_heard(
    connection: Connection, survey: str, months: Sequence[str]
) -> Iterator[tuple[Readable, bool]]:
    """Every comment of some months, and whether the panel may read it, in the order of random ids."""
    query = select_readable(comment.c.survey == survey, comment.c.month.in_(months), everybodys=True)
    rows = connection.execute(
        query.add_columns(comment.c.for_panel).execution_options(yield_per=ROWS_AT_ONCE)
    )
    for *columns, for_panel in rows:
        yield Readable(*columns), for_panel


def list_readable(
    connection: Connection, *, survey: str, areas: Sequence[str], months: Sequence[str], quotable: bool
) -> tuple[Readable, ...]:
    """The comments of some areas and months that the panel may read; only the cleared ones when asked."""
    c = comment.c
    wanted = (c.survey == survey, c.area.in_(areas), c.month.in_(months))
    only = (c.quotable,) if quotable else ()
    return tuple(Readable(*row) for row in connection.execute(select_readable(*wanted, *only)))


def find_readable(connection: Connection, comment_id: bytes) -> Readable | None:
    """One comment that the panel may read, None when there is none."""
    row: Row[tuple[object, ...]] | None = connection.execute(
        select_readable(comment.c.id == comment_id)
    ).first()
    return Readable(*row) if row else None  # type: ignore[arg-type]


def select_readable(*conditions: ColumnElement[bool], everybodys: bool = False):  # type: ignore[no-untyped-def]
    """A query of comments that are not withheld and, unless they are everybody's, that the panel may read."""
    c = comment.c
    consented = true() if everybodys else c.for_panel
    return select(*list_columns()).where(consented, ~c.withheld, *conditions).order_by(c.id)


def list_columns() -> tuple[ColumnElement[Any], ...]:
    """The columns that a Readable is made of, in their order."""
    return tuple(comment.c[one.name] for one in fields(Readable))


def read_readable(columns: Sequence[object]) -> Readable:
    """The comment of the columns of `list_columns`."""
    return Readable(*columns)  # type: ignore[arg-type]


def add_coding(connection: Connection, new: Coding) -> None:
    """Keep a coding in the place of the same person's earlier one of the same comment."""
    c = comment_coding.c
    connection.execute(delete(comment_coding).where(c.comment_id == new.comment_id, c.coder == new.coder))
    connection.execute(insert(comment_coding).values(**{**vars(new), "themes": " ".join(sorted(new.themes))}))


def is_withheld(connection: Connection, comment_id: bytes) -> bool | None:
    """Whether a comment that the panel may read is withheld; None when there is none."""
    c = comment.c
    return connection.execute(select(c.withheld).where(c.id == comment_id, c.for_panel)).scalar_one_or_none()


def list_codings_of(connection: Connection, comment_id: bytes) -> tuple[Coding, ...]:
    """How a comment was coded, by each who did."""
    k = comment_coding.c
    query = (
        select(k.comment_id, k.coder, k.themes, k.made).where(k.comment_id == comment_id).order_by(k.coder)
    )
    return tuple(Coding(row[0], row[1], tuple(row[2].split()), row[3]) for row in connection.execute(query))


def list_codings(connection: Connection, survey: str) -> tuple[tuple[Coding, Readable], ...]:
    """Every coding of a survey's comments with its comment, in the order of random ids."""
    k = comment_coding.c
    query = (
        select_readable(comment.c.survey == survey)
        .join(comment_coding, k.comment_id == comment.c.id)
        .add_columns(k.coder, k.themes, k.made)
        .order_by(k.coder)
    )
    return tuple(
        (Coding(columns[0], coder, tuple(themes.split()), made), Readable(*columns))
        for *columns, coder, themes, made in connection.execute(query)
    )


def count_codings(connection: Connection) -> int:
    """How many codings there are."""
    return connection.execute(select(func.count()).select_from(comment_coding)).scalar_one()


def list_receipts(connection: Connection) -> list[bytes]:
    """The receipt hash of every comment, each once."""
    return list(connection.scalars(select(comment.c.receipt).distinct()))


def list_ids(connection: Connection) -> list[bytes]:
    """The id of every comment."""
    return list(connection.scalars(select(comment.c.id)))


def set_quotable(connection: Connection, comment_id: bytes, *, quotable: bool) -> bool:
    """Clear a comment to be quoted, or no longer; False when the panel may not read it or it is gone."""
    c = comment.c
    changed = update(comment).where(c.id == comment_id, c.for_panel).values(quotable=quotable)
    return connection.execute(changed).rowcount == 1


def count_answers(connection: Connection, survey: str, months: Sequence[str]) -> dict[tuple[str, str], int]:
    """How many responses there are by (area, month)."""
    c = response.c
    query = (
        select(c.area, c.month, func.count())
        .where(c.survey == survey, c.month.in_(months))
        .group_by(c.area, c.month)
    )
    return {(row[0], row[1]): row[2] for row in connection.execute(query)}
