"""Forms on paper between the first key and the sealed answer, and how many and how alike they were keyed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from survey.store.database import insert_once
from survey.store.monitoring import add_numbers
from survey.store.tables import keyed_alike, keyed_form, keyed_number, keying_share
from survey.store.times import restore_zone

F, N, A, S = keyed_form.c, keyed_number.c, keyed_alike.c, keying_share.c


@dataclass(frozen=True)
class KeyedForm:
    """A form that is keyed and not kept yet. `second_by` is empty until somebody else has keyed it too."""

    id: bytes
    round_id: str
    state: str
    first_by: str
    second_by: str
    sealed: bytes
    changed: datetime


def find_form(connection: Connection, form_id: bytes) -> KeyedForm | None:
    row = connection.execute(select(keyed_form).where(F.id == form_id)).first()
    return read_form(row) if row else None


def add_form(connection: Connection, form: KeyedForm) -> bool:
    """Keep a form for the first time; False when somebody was first."""
    written = connection.execute(insert_once(connection, keyed_form).values(**vars(form)).returning(F.id))
    return written.first() is not None


def change_form(connection: Connection, form: KeyedForm, *, was: str) -> bool:
    """Put a form in the place of what it was; False when it was not in that state any more."""
    values = {name: value for name, value in vars(form).items() if name != "id"}
    changed = connection.execute(update(keyed_form).where(F.id == form.id, F.state == was).values(**values))
    return changed.rowcount == 1


def take_form(connection: Connection, form_id: bytes, *, state: str) -> bool:
    """Remove a form that is in a state; False when it is not."""
    return connection.execute(delete(keyed_form).where(F.id == form_id, F.state == state)).rowcount == 1


def list_forms(
    connection: Connection,
    *,
    states: Iterable[str],
    round_id: str = "",
    by: str = "",
    before: datetime | None = None,
) -> tuple[KeyedForm, ...]:
    """The forms in some states, by id: of a round, that somebody changed last, from before a moment."""
    query = select(keyed_form).where(F.state.in_(list(states)))
    if round_id:
        query = query.where(F.round_id == round_id)
    if by:
        query = query.where(func.coalesce(func.nullif(F.second_by, ""), F.first_by) == by)
    if before is not None:
        query = query.where(F.changed < before)
    return tuple(read_form(row) for row in connection.execute(query.order_by(F.id)))


def count_forms(connection: Connection, round_id: str) -> dict[str, int]:
    """How many forms of a round are in each state."""
    query = select(F.state, func.count()).where(F.round_id == round_id).group_by(F.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def count_for_second(connection: Connection, round_id: str, *, state: str, but: str) -> int:
    """How many forms wait that somebody has not keyed themselves."""
    query = select(func.count()).where(F.round_id == round_id, F.state == state, F.first_by != but)
    return connection.execute(query).scalar_one()


def read_form(row) -> KeyedForm:  # type: ignore[no-untyped-def]
    form = KeyedForm(**row._asdict())
    return replace(form, id=bytes(form.id), sealed=bytes(form.sealed), changed=restore_zone(form.changed))


def find_share(connection: Connection, round_id: str) -> int | None:
    """Per cent of the forms of a round that are keyed twice; None when nobody has said."""
    return connection.execute(select(S.percent).where(S.round_id == round_id)).scalar()


def set_share(connection: Connection, round_id: str, percent: int) -> None:
    connection.execute(delete(keying_share).where(S.round_id == round_id))
    connection.execute(insert(keying_share).values(round_id=round_id, percent=percent))


def add_keyed(connection: Connection, round_id: str, day: date, keyer: str, number: int = 1) -> None:
    """So many more forms were finished by somebody on a day; fewer when one was undone."""
    add_numbers(
        connection, keyed_number, [{"round_id": round_id, "day": day, "keyer": keyer, "number": number}]
    )


def count_keyed(connection: Connection, round_id: str, *, day: date | None = None, keyer: str = "") -> int:
    """How many forms of a round were finished, on a day and by somebody where that is said."""
    query = select(func.coalesce(func.sum(N.number), 0)).where(N.round_id == round_id)
    if day is not None:
        query = query.where(N.day == day)
    if keyer:
        query = query.where(N.keyer == keyer)
    return int(connection.execute(query).scalar_one())


def add_alike(
    connection: Connection, round_id: str, numbers: Mapping[tuple[str, str], tuple[int, int]]
) -> None:
    """So many more fields were compared, and so many were alike, by kind and name."""
    rows = [
        {"round_id": round_id, "kind": kind, "name": name, "compared": compared, "alike": alike}
        for (kind, name), (compared, alike) in sorted(numbers.items())
    ]
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(keyed_alike)
    together = {"compared": A.compared + new.excluded.compared, "alike": A.alike + new.excluded.alike}
    keys = [column.name for column in keyed_alike.primary_key]
    connection.execute(new.on_conflict_do_update(index_elements=keys, set_=together), rows)


def list_alike(connection: Connection, round_id: str, kind: str) -> dict[str, tuple[int, int]]:
    """Fields compared and alike of a round, by name."""
    query = select(A.name, A.compared, A.alike).where(A.round_id == round_id, A.kind == kind)
    return {row[0]: (row[1], row[2]) for row in connection.execute(query.order_by(A.name))}


def delete_of_rounds(connection: Connection, round_ids: Sequence[str]) -> int:
    """Remove what tells who keyed how much in rounds that are over; how many rows there were."""
    number = connection.execute(delete(keyed_number).where(N.round_id.in_(round_ids))).rowcount
    keyers = (A.round_id.in_(round_ids), A.kind == "keyer")
    return number + connection.execute(delete(keyed_alike).where(*keyers)).rowcount
