"""What the panel talked over, and which of its ideas have become something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from survey.store.database import insert_once
from survey.store.tables import panel_dialogue, panel_idea_taken

D, T = panel_dialogue.c, panel_idea_taken.c


@dataclass(frozen=True)
class Dialogue:
    """What came of a conversation about a subject of a round; `number` counts what was written of it."""

    round_id: str
    subject: int
    number: int
    held: date
    outcome: str
    note: str
    made: date
    made_by: str


def add_dialogue(connection: Connection, new: Dialogue) -> bool:
    """Write what came of a conversation; False when its number is taken."""
    added = insert_once(connection, panel_dialogue).values(**vars(new)).returning(D.number)
    return connection.execute(added).first() is not None


def count_dialogues(connection: Connection, round_id: str, subject: int) -> int:
    """How many times something was written of conversations about a subject."""
    query = select(func.count()).where(D.round_id == round_id, D.subject == subject)
    return connection.execute(query).scalar_one()


def list_dialogues(connection: Connection, round_id: str) -> tuple[Dialogue, ...]:
    """Everything that was written of a round's conversations, the newest first."""
    query = select(panel_dialogue).where(D.round_id == round_id).order_by(D.subject, D.number.desc())
    return tuple(Dialogue(*row) for row in connection.execute(query))


def take_idea(connection: Connection, text_id: bytes, proposal: str | None) -> bool:
    """Note what became of an idea; False when somebody else was first."""
    added = insert_once(connection, panel_idea_taken).values(text_id=text_id, proposal=proposal)
    return connection.execute(added.returning(T.text_id)).first() is not None


def list_taken(connection: Connection) -> Mapping[bytes, str | None]:
    """The ideas that something became of, with the proposal, None where they were put aside."""
    return {bytes(row.text_id): row.proposal for row in connection.execute(select(panel_idea_taken))}
