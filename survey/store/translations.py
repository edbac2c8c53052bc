"""Translated texts that people have changed or approved, as they are stored."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select

from survey.store.tables import translation

T = translation.c


@dataclass(frozen=True)
class Kept:
    """A text as somebody left it. `source` is the checksum of the Swedish that it was made from."""

    part: str
    language: str
    key: str
    texts: tuple[str, ...]
    source: str
    is_approved: bool
    made: date
    made_by: str


def find_newest(connection: Connection) -> int:
    """A number that is another whenever anything has changed; 0 before anybody has changed anything."""
    return connection.execute(select(func.coalesce(func.max(T.id), 0))).scalar_one()


def list_kept(connection: Connection, part: str) -> Mapping[tuple[str, str], Kept]:
    """What holds of a part, by language and key."""
    query = select(translation).where(T.part == part).order_by(T.id)
    return {(row.language, row.key): read_kept(row) for row in connection.execute(query)}


def list_history(connection: Connection, part: str, language: str, key: str) -> tuple[Kept, ...]:
    """Everything that was made of a text, the newest first."""
    same = (T.part == part, T.language == language, T.key == key)
    query = select(translation).where(*same).order_by(T.id.desc())
    return tuple(read_kept(row) for row in connection.execute(query))


def add_kept(connection: Connection, kept: Sequence[Kept]) -> None:
    """Keep texts; they hold from now on."""
    rows = [{**vars(one), "texts": json.dumps(one.texts, ensure_ascii=False)} for one in kept]
    connection.execute(insert(translation), rows)


def read_kept(row) -> Kept:  # type: ignore[no-untyped-def]
    return Kept(
        row.part,
        row.language,
        row.key,
        tuple(json.loads(row.texts)),
        row.source,
        row.is_approved,
        row.made,
        row.made_by,
    )
