"""How many people were invited to a round, so that it can be said which share of them answered."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.store.tables import invited


def add_invited(connection: Connection, round_id: str, area: str, people: int) -> None:
    """So many more were invited to a round in a municipality."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(invited).values(round_id=round_id, area=area, people=people)
    together = {"people": invited.c.people + new.excluded.people}
    connection.execute(new.on_conflict_do_update(index_elements=["round_id", "area"], set_=together))


def list_invited(connection: Connection) -> dict[str, dict[str, int]]:
    """People who were invited, by round and municipality; nothing for a round without invitations."""
    c = invited.c
    found: dict[str, dict[str, int]] = {}
    for round_id, area, people in connection.execute(select(invited).order_by(c.round_id, c.area)):
        found.setdefault(round_id, {})[area] = people
    return found
