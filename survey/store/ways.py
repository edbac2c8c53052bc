"""Which ways into rounds are stored, and how many surveys have been begun through each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from survey.store.tables import round_begun, round_way


@dataclass(frozen=True)
class Way:
    """A poster's link or a tablet. `key` stands in its address; `most_a_day` limits what is begun."""

    key: str
    round_id: str
    kind: str
    name: str
    most_a_day: int | None
    closed: bool


def add_way(connection: Connection, found: Way) -> None:
    connection.execute(insert(round_way).values(**vars(found)))


def find_way(connection: Connection, key: str) -> Way | None:
    row = connection.execute(select(round_way).where(round_way.c.key == key)).first()
    return Way(*row) if row else None


def list_ways(connection: Connection, round_id: str) -> tuple[Way, ...]:
    """The ways into a round, by name."""
    c = round_way.c
    query = select(round_way).where(c.round_id == round_id).order_by(c.name, c.key)
    return tuple(Way(*row) for row in connection.execute(query))


def close_way(connection: Connection, key: str) -> bool:
    """Close a way for good; False when it was closed before."""
    c = round_way.c
    closed = update(round_way).where(c.key == key, ~c.closed).values(closed=True)
    return connection.execute(closed).rowcount == 1


def count_begun(
    connection: Connection, round_id: str, *, way: str | None = None, day: date | None = None
) -> int:
    """Surveys that were begun in a round; through one way, on one day, where those are named."""
    c = round_begun.c
    query = select(func.coalesce(func.sum(c.number), 0)).where(c.round_id == round_id)
    query = query.where(c.way == way) if way is not None else query
    query = query.where(c.day == day) if day is not None else query
    return int(connection.execute(query).scalar_one())


def note_begun(connection: Connection, round_id: str, *, way: str, day: date) -> None:
    """One more survey was begun."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(round_begun).values(round_id=round_id, way=way, day=day, number=1)
    more = {"number": round_begun.c.number + 1}
    connection.execute(new.on_conflict_do_update(index_elements=["round_id", "way", "day"], set_=more))
