"""The panel's own rounds: what is rated, what members have begun, and counts without anybody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, insert, select, update

from survey.store.database import insert_once
from survey.store.tables import panel_count, panel_draft, panel_round, panel_subject, panel_text

R, S, D, C, T = panel_round.c, panel_subject.c, panel_draft.c, panel_count.c, panel_text.c
SENT_COLUMNS = {1: "first_sent", 2: "second_sent"}


@dataclass(frozen=True)
class PanelRound:
    """A round of the panel's. `sent` are how many sent the first and the second time, None until closed."""

    id: str
    title: str
    survey: str
    version: str
    state: str
    answer_by: date
    opened: date
    changed: date
    first_sent: int | None = None
    second_sent: int | None = None


@dataclass(frozen=True)
class Subject:
    """What is rated: a proposal or a theme, as it was when the round was opened."""

    number: int
    kind: str
    ref: str
    title: str
    about: str
    withdrawn: bool = False


@dataclass(frozen=True)
class KeptDraft:
    """What a member has begun, which the round's key opens."""

    id: bytes
    sealed: bytes
    sent: bool


@dataclass(frozen=True)
class Cell:
    """Which answer to a question about a subject; an empty answer is that it was skipped."""

    subject: int
    question: str
    answer: str


@dataclass(frozen=True)
class KeptText:
    """A masked text about a subject, under a random id."""

    id: bytes
    subject: int
    question: str
    text: str


def add_round(connection: Connection, new: PanelRound, subjects: Sequence[Subject]) -> None:
    connection.execute(insert(panel_round).values(**vars(new)))
    rows = [{"round_id": new.id, **vars(one)} for one in subjects]
    connection.execute(insert(panel_subject), rows)


def find_round(connection: Connection, round_id: str) -> PanelRound | None:
    row = connection.execute(select(panel_round).where(R.id == round_id)).first()
    return PanelRound(*row) if row else None


def list_rounds(connection: Connection) -> tuple[PanelRound, ...]:
    """Every round, the newest first."""
    query = select(panel_round).order_by(R.opened.desc(), R.id)
    return tuple(PanelRound(*row) for row in connection.execute(query))


def list_rounds_about(connection: Connection, kind: str, ref: str) -> tuple[PanelRound, ...]:
    """The rounds in which something is rated and still stands, the newest first."""
    about = select(S.round_id).where(S.kind == kind, S.ref == ref, ~S.withdrawn)
    query = select(panel_round).where(R.id.in_(about)).order_by(R.opened.desc(), R.id)
    return tuple(PanelRound(*row) for row in connection.execute(query))


def move_round(connection: Connection, found: PanelRound, state: str, *, day: date, sent: int | None) -> bool:
    """Bring a round from the state it was read in to another; False when somebody else moved it first.

    `sent` is how many sent when it is closed, None when that stays as it is.
    """
    values: dict[str, object] = {"state": state, "changed": day}
    if sent is not None:
        values[SENT_COLUMNS[1 if found.first_sent is None else 2]] = sent
    moved = update(panel_round).where(R.id == found.id, R.state == found.state).values(**values)
    return connection.execute(moved).rowcount == 1


def list_subjects(connection: Connection, round_id: str) -> tuple[Subject, ...]:
    """What is rated in a round, also what was taken out of it, in the order it is asked."""
    query = select(panel_subject).where(S.round_id == round_id).order_by(S.number)
    return tuple(Subject(*row[1:]) for row in connection.execute(query))


def withdraw_subject(connection: Connection, round_id: str, number: int) -> bool:
    """Take something out of a round; False when it is not there or was taken out already."""
    gone = update(panel_subject).where(S.round_id == round_id, S.number == number, ~S.withdrawn)
    return connection.execute(gone.values(withdrawn=True)).rowcount == 1


def find_draft(connection: Connection, draft_id: bytes) -> KeptDraft | None:
    row = connection.execute(select(D.id, D.sealed, D.sent).where(D.id == draft_id)).first()
    return KeptDraft(bytes(row.id), bytes(row.sealed), row.sent) if row else None


def keep_draft(connection: Connection, kept: KeptDraft, *, round_id: str, wave: int) -> None:
    """Keep what a member has begun in the place of what was there."""
    new = insert_once(connection, panel_draft).values(**vars(kept), round_id=round_id, wave=wave)
    if connection.execute(new).rowcount != 1:
        values = {"sealed": kept.sealed, "sent": kept.sent}
        connection.execute(update(panel_draft).where(D.id == kept.id).values(**values))


def list_sent(connection: Connection, round_id: str, wave: int) -> tuple[bytes, ...]:
    """The sealed answers that were sent, in the order of their keyed ids."""
    query = select(D.sealed).where(D.round_id == round_id, D.wave == wave, D.sent).order_by(D.id)
    return tuple(bytes(one) for one in connection.scalars(query))


def count_drafts(connection: Connection, round_id: str, wave: int) -> tuple[int, int]:
    """How many have sent, and how many have begun and not sent."""
    query = select(D.sent, func.count()).where(D.round_id == round_id, D.wave == wave).group_by(D.sent)
    found = {bool(row[0]): int(row[1]) for row in connection.execute(query)}
    return found.get(True, 0), found.get(False, 0)


def delete_unsent(connection: Connection, draft_ids: Collection[bytes]) -> int:
    """Remove what was begun and not sent; how many there were."""
    return connection.execute(delete(panel_draft).where(D.id.in_(draft_ids), ~D.sent)).rowcount


def delete_drafts_of(connection: Connection, round_id: str) -> int:
    """Remove every copy that belongs to a member, sent or not; how many there were."""
    return connection.execute(delete(panel_draft).where(D.round_id == round_id)).rowcount


def add_counts(connection: Connection, round_id: str, wave: int, counts: Mapping[Cell, int]) -> None:
    rows = [
        {"round_id": round_id, "wave": wave, **vars(cell), "number": number}
        for cell, number in sorted(counts.items(), key=lambda pair: tuple(vars(pair[0]).values()))
    ]
    if rows:
        connection.execute(insert(panel_count), rows)


def list_counts(connection: Connection, round_id: str, wave: int) -> Mapping[Cell, int]:
    """How many gave each answer when a round was closed."""
    query = select(C.subject, C.question, C.answer, C.number).where(C.round_id == round_id, C.wave == wave)
    return Counter({Cell(*row[:3]): row.number for row in connection.execute(query)})


def add_texts(connection: Connection, round_id: str, wave: int, texts: Sequence[KeptText]) -> None:
    """Keep texts in the order of their random ids, so that no order tells whose they are."""
    rows = [{"round_id": round_id, "wave": wave, **vars(one)} for one in sorted(texts, key=lambda t: t.id)]
    if rows:
        connection.execute(insert(panel_text), rows)


def list_texts(connection: Connection, round_id: str, wave: int) -> tuple[KeptText, ...]:
    """The texts of a round in the order of their random ids."""
    query = (
        select(T.id, T.subject, T.question, T.text)
        .where(T.round_id == round_id, T.wave == wave)
        .order_by(T.id)
    )
    return tuple(KeptText(bytes(row[0]), *row[1:]) for row in connection.execute(query))
