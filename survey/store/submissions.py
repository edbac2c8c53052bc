"""What is written when a person sends: the code goes, the sealed answer and the submission id come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.store.prepared import Prepared
from survey.store.tables import inbox, invitation_code, submission

IDS_AT_ONCE = 1000  # in one statement: engines bound how many values it may name
USE_CODE = delete(invitation_code).where(
    invitation_code.c.hash == bindparam("code"), invitation_code.c.round_id == bindparam("round")
)
FIND_CODE = select(invitation_code.c.round_id, invitation_code.c.area).where(
    invitation_code.c.hash == bindparam("code")
)
FIND_SUBMISSION = Prepared(select(submission.c.period).where(submission.c.id == bindparam("submission")))
ADD_SEALED = insert(inbox)
ADD_SUBMISSION = Prepared(
    sqlite.insert(submission).on_conflict_do_nothing().returning(submission.c.id),
    on_postgres=postgresql.insert(submission).on_conflict_do_nothing().returning(submission.c.id),
)


@dataclass(frozen=True)
class Sealed:
    """One sealed answer in the inbox. Nothing of it can be read but its month."""

    id: bytes
    period: str
    sealed: bytes


def add_codes(connection: Connection, round_id: str, codes: Iterable[tuple[bytes, bytes]]) -> None:
    """Keep the keyed hashes of codes, each with its sealed area, in the order of the hashes."""
    rows = [{"hash": code, "round_id": round_id, "area": area} for code, area in sorted(codes)]
    if rows:
        connection.execute(insert(invitation_code), rows)


def find_code(connection: Connection, code: bytes) -> tuple[str, bytes] | None:
    """The round and sealed area of a code that is not used, None for an unknown or used one."""
    row = connection.execute(FIND_CODE, {"code": code}).first()
    return (row[0], row[1]) if row else None


def use_code(connection: Connection, code: bytes, round_id: str) -> bool:
    """Delete the row of a code; False when there was none."""
    return connection.execute(USE_CODE, {"code": code, "round": round_id}).rowcount == 1


def has_submission(connection: Connection, submission_id: bytes) -> bool:
    return FIND_SUBMISSION.run(connection, {"submission": submission_id}).fetchone() is not None


def add_submission(connection: Connection, submission_id: bytes, period: str) -> bool:
    """Remember that this was sent; False when it was remembered already.

    Told by what is returned: psycopg does not say how many rows an INSERT wrote.
    """
    return ADD_SUBMISSION.run(connection, {"id": submission_id, "period": period}).fetchone() is not None


def forget_submissions(connection: Connection, period: str) -> None:
    """The period is closed: nobody can send to it again."""
    connection.execute(delete(submission).where(submission.c.period <= period))


def add_sealed(connection: Connection, rows: Sequence[Sealed]) -> None:
    """Put sealed answers into the inbox."""
    values = [{"id": r.id, "period": r.period, "sealed": r.sealed} for r in rows]
    if values:
        connection.execute(ADD_SEALED, values)


def count_sealed(connection: Connection, period: str) -> int:
    """How many sealed answers wait in a period."""
    query = select(func.count()).select_from(inbox).where(inbox.c.period == period)
    return connection.execute(query).scalar_one()


def take_sealed(
    connection: Connection, period: str, ids: Sequence[bytes] | None = None
) -> dict[bytes, bytes]:
    """Take sealed answers out of the inbox, all of a period or those of some ids; by id.

    One statement for every thousand, so that what is deleted is what is returned, whoever else writes at
    the same time.
    """
    if ids is None:
        return dict(take_rows(connection, inbox.c.period == period))
    found: dict[bytes, bytes] = {}
    for start in range(0, len(ids), IDS_AT_ONCE):
        chosen = inbox.c.id.in_(ids[start : start + IDS_AT_ONCE])
        found.update(take_rows(connection, (inbox.c.period == period) & chosen))
    return found


def take_rows(connection: Connection, chosen: ColumnElement[bool]) -> list[tuple[bytes, bytes]]:
    taken = connection.execute(delete(inbox).where(chosen).returning(inbox.c.id, inbox.c.sealed))
    return [(row[0], row[1]) for row in taken]


def list_sealed(connection: Connection, period: str) -> list[tuple[bytes, bytes]]:
    """The id and seal of every answer that waits in a period."""
    query = select(inbox.c.id, inbox.c.sealed).where(inbox.c.period == period)
    return [(row[0], row[1]) for row in connection.execute(query)]


def delete_sealed(connection: Connection, row_id: bytes) -> None:
    connection.execute(delete(inbox).where(inbox.c.id == row_id))


def delete_codes_of_rounds(connection: Connection, round_ids: Sequence[str]) -> int:
    """Remove the codes that nobody has used of rounds that are over; how many there were."""
    unused = delete(invitation_code).where(invitation_code.c.round_id.in_(round_ids))
    return connection.execute(unused).rowcount
