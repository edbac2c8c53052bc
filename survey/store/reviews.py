"""Who reads which comment, what was said about it, and what must happen with it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, case, delete, func, insert, literal, select, update

from survey.store.comments import Readable, list_columns, read_readable
from survey.store.database import insert_once
from survey.store.tables import comment, comment_coding, comment_flag, comment_remark, comment_slot
from survey.store.times import restore_zone


@dataclass(frozen=True)
class Slot:
    """Somebody who reads a comment now, or has read it."""

    comment_id: bytes
    slot: int
    reader: str
    taken: datetime
    done: bool


@dataclass(frozen=True)
class Flag:
    """What must happen with a comment; `handled` is None while it waits."""

    id: bytes
    comment_id: bytes
    kind: str
    note: str
    made: datetime
    made_by: str
    handled: datetime | None = None
    handled_by: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Remark:
    """What a reader says to another about a comment."""

    id: bytes
    comment_id: bytes
    text: str
    made: datetime
    made_by: str


def find_held(connection: Connection, reader: str) -> Slot | None:
    """The comment that somebody reads now, None when none."""
    c = comment_slot.c
    query = select(comment_slot).where(c.reader == reader, ~c.done).order_by(c.comment_id)
    row = connection.execute(query).first()
    return make_slot(row) if row else None


def list_slots(connection: Connection, comment_id: bytes) -> tuple[Slot, ...]:
    """Who reads or has read a comment."""
    query = select(comment_slot).where(comment_slot.c.comment_id == comment_id).order_by(comment_slot.c.slot)
    return tuple(make_slot(row) for row in connection.execute(query))


def make_slot(row) -> Slot:  # type: ignore[no-untyped-def]
    return Slot(row.comment_id, row.slot, row.reader, restore_zone(row.taken), row.done)


def take_slot(connection: Connection, slot: Slot) -> bool:
    """Take a comment to read; False when somebody else was first."""
    new = insert_once(connection, comment_slot).values(**vars(slot)).returning(comment_slot.c.slot)
    return connection.execute(new).first() is not None


def give_back(connection: Connection, comment_id: bytes, reader: str) -> None:
    c = comment_slot.c
    connection.execute(delete(comment_slot).where(c.comment_id == comment_id, c.reader == reader, ~c.done))


def free_late(connection: Connection, before: datetime) -> int:
    """Give back what was taken before a time and is not done; how many."""
    c = comment_slot.c
    return connection.execute(delete(comment_slot).where(~c.done, c.taken < before)).rowcount


def finish_slot(connection: Connection, comment_id: bytes, reader: str) -> bool:
    """Mark that somebody has read a comment; False when they do not hold it."""
    c = comment_slot.c
    changed = update(comment_slot).where(c.comment_id == comment_id, c.reader == reader).values(done=True)
    return connection.execute(changed).rowcount == 1


def list_waiting(
    connection: Connection, *, survey: str, reader: str, second_below: bytes, limit: int
) -> tuple[tuple[Readable, int], ...]:
    """Comments that lack a reader and that this one has not had, each with the slot that is free.

    Those whose random id is below `second_below` want two readers. By id, those that somebody has begun
    first, so that pairs are completed.
    """
    c, k = comment.c, comment_slot.c
    taken = select(k.comment_id, func.count().label("n"), func.max(k.slot).label("last")).group_by(
        k.comment_id
    )
    slots = taken.subquery()
    own = select(k.comment_id).where(k.comment_id == c.id, k.reader == reader)
    number = func.coalesce(slots.c.n, 0)
    wanted = case((c.id < literal(second_below), 2), else_=1)
    query = (
        select(*list_columns(), func.coalesce(slots.c.last, 0))
        .outerjoin(slots, slots.c.comment_id == c.id)
        .where(
            c.survey == survey,
            c.for_panel,
            ~c.withheld,
            c.chain != "",
            number < wanted,
            ~own.exists(),
        )
        .order_by(number.desc(), c.id)
        .limit(limit)
    )
    return tuple(
        (read_readable(columns), 1 if last == 2 else last + 1) for *columns, last in connection.execute(query)
    )


def count_coded_themes(connection: Connection) -> dict[str, int]:
    """How many codings have each theme; how many comments are coded, by however many, under an empty name."""
    every = connection.execute(select(func.count(comment_coding.c.comment_id.distinct()))).scalar_one()
    counts: dict[str, int] = {"": every}
    query = select(comment_coding.c.themes, func.count()).group_by(comment_coding.c.themes)
    for found, number in connection.execute(query):
        for theme in found.split():
            counts[theme] = counts.get(theme, 0) + number
    return counts


def set_withheld(connection: Connection, comment_id: bytes, *, withheld: bool) -> bool:
    """Withhold a comment, or release it; False when it is so already or is gone."""
    c = comment.c
    changed = (
        update(comment)
        .where(c.id == comment_id, c.for_panel, c.withheld != withheld)
        .values(withheld=withheld, quotable=False)
    )
    return connection.execute(changed).rowcount == 1


def withhold_again(connection: Connection, comment_id: bytes, *, by: str) -> bool:
    """Withhold a comment whose words were masked after the backup that it comes from; whether it was not."""
    if not set_withheld(connection, comment_id, withheld=True):
        return False
    id_, note = secrets.token_bytes(16), "återställd säkerhetskopia"
    add_flag(connection, Flag(id_, comment_id, "withheld", note, datetime.now(UTC), by))
    return True


def replace_text(connection: Connection, comment_id: bytes, *, before: str, after: str) -> bool:
    """Put a masked text in the place of another; False when it was changed meanwhile or is gone."""
    c = comment.c
    changed = update(comment).where(c.id == comment_id, c.text == before).values(text=after, chain="")
    return connection.execute(changed).rowcount == 1


def add_flag(connection: Connection, new: Flag) -> None:
    connection.execute(insert(comment_flag).values(**vars(new)))


def list_all_flags(connection: Connection, kind: str, *, waiting: bool) -> tuple[tuple[Flag, Readable], ...]:
    """The flags of a kind with their comments, the oldest first: those that wait, or those that do not."""
    f = comment_flag.c
    handled = f.handled.is_(None) if waiting else f.handled.is_not(None)
    query = (
        select(*list_columns(), *comment_flag.c)
        .join(comment_flag, f.comment_id == comment.c.id)
        .where(f.kind == kind, handled)
        .order_by(f.made)
    )
    width = len(list_columns())
    return tuple((make_flag(row[width:]), read_readable(row[:width])) for row in connection.execute(query))


def make_flag(columns: Sequence[object]) -> Flag:
    found = Flag(*columns)  # type: ignore[arg-type]
    handled = restore_zone(found.handled) if found.handled else None
    return Flag(**{**vars(found), "made": restore_zone(found.made), "handled": handled})


def handle_flag(connection: Connection, flag_id: bytes, *, answer: str, by: str, at: datetime) -> bool:
    """Write what was done about a flag; False when somebody else was first."""
    f = comment_flag.c
    changed = (
        update(comment_flag)
        .where(f.id == flag_id, f.handled.is_(None))
        .values(answer=answer, handled=at, handled_by=by)
    )
    return connection.execute(changed).rowcount == 1


def add_remark(connection: Connection, new: Remark) -> None:
    connection.execute(insert(comment_remark).values(**vars(new)))


def list_remarks(connection: Connection, comment_ids: Collection[bytes]) -> dict[bytes, tuple[Remark, ...]]:
    """What readers said about each of some comments that anything was said about, the oldest first."""
    r = comment_remark.c
    query = select(comment_remark).where(r.comment_id.in_(comment_ids)).order_by(r.made, r.id)
    found: dict[bytes, tuple[Remark, ...]] = {}
    for row in connection.execute(query):
        one = Remark(*row[:3], restore_zone(row.made), row.made_by)
        found[one.comment_id] = (*found.get(one.comment_id, ()), one)
    return found
