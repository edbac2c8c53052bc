"""How many answers came to a round, week by week, and how many people reached each part of its form."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.store.tables import answer_week, part_reached


def add_answers(connection: Connection, week: str, numbers: Mapping[tuple[str, str], int]) -> None:
    """So many more answers were mixed in a week, by round and area."""
    rows = [
        {"round_id": round_id, "area": area, "week": week, "number": number}
        for (round_id, area), number in sorted(numbers.items())
    ]
    add_numbers(connection, answer_week, rows)


def add_reached(connection: Connection, round_id: str, form: str, numbers: Mapping[str, int]) -> None:
    """So many more drafts reached the parts of a form."""
    rows = [
        {"round_id": round_id, "form": form, "part": part, "number": number}
        for part, number in sorted(numbers.items())
    ]
    add_numbers(connection, part_reached, rows)


def add_numbers(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    """Add to each row's number, in the order they are given: writers who meet wait, and never for each
    other."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(table)
    together = {"number": table.c.number + new.excluded.number}
    keys = [column.name for column in table.primary_key]
    connection.execute(new.on_conflict_do_update(index_elements=keys, set_=together), rows)


def take_answers(connection: Connection, round_id: str, week: str) -> dict[str, int]:
    """Take away the answers of a round in a week; by area."""
    c = answer_week.c
    taken = delete(answer_week).where(c.round_id == round_id, c.week == week).returning(c.area, c.number)
    return {row[0]: row[1] for row in connection.execute(taken)}


def list_answers(connection: Connection, round_id: str, *, last: str) -> dict[str, dict[str, int]]:
    """Answers of a round by area and week, until a week; weeks and areas without any are left out."""
    c = answer_week.c
    query = select(c.area, c.week, c.number).where(c.round_id == round_id, c.week <= last)
    found: dict[str, dict[str, int]] = {}
    for area, week, number in connection.execute(query.order_by(c.area, c.week)):
        found.setdefault(area, {})[week] = number
    return found


def list_reached(connection: Connection, round_id: str) -> dict[str, dict[str, int]]:
    """Drafts of a round by form and part that they reached; parts that none reached are left out."""
    c = part_reached.c
    query = select(c.form, c.part, c.number).where(c.round_id == round_id)
    found: dict[str, dict[str, int]] = {}
    for form, part, number in connection.execute(query.order_by(c.form, c.part)):
        found.setdefault(form, {})[part] = number
    return found
