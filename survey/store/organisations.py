"""Which organisations are there, and who has which role in which of them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from survey.store.database import claim_job, insert_once
from survey.store.tables import account, assignment, organisation
from survey.store.times import restore_zone

O, S = organisation.c, assignment.c  # noqa: E741


@dataclass(frozen=True)
class Organisation:
    """An organisation or a unit. `parent` is None for one that belongs to no other, `area` empty for none."""

    id: str
    version: int
    kind: str
    parent: str | None
    area: str
    name: str


@dataclass(frozen=True)
class Assignment:
    """That an account has a role in an organisation. `provided` by an identity provider, which may end it."""

    id: str
    account: str
    role: str
    organisation: str
    provided: bool
    since: datetime


def hold_tree(connection: Connection) -> None:
    """Let nobody else change what belongs to what before this transaction ends."""
    claim_job(connection, "organisations")


def add_organisation(connection: Connection, new: Organisation) -> bool:
    """Keep a new organisation; False when the id is taken."""
    added = insert_once(connection, organisation).values(**vars(new)).returning(O.id)
    return connection.execute(added).first() is not None


def change_organisation(connection: Connection, changed: Organisation, *, based_on: int) -> bool:
    """Put an organisation in the place of the version that was read; False when another has changed it."""
    where = (O.id == changed.id, O.version == based_on)
    return connection.execute(update(organisation).where(*where).values(**vars(changed))).rowcount == 1


def delete_organisation(connection: Connection, organisation_id: str, *, based_on: int) -> bool:
    """Remove an organisation; False when another has changed it since it was read."""
    where = (O.id == organisation_id, O.version == based_on)
    return connection.execute(delete(organisation).where(*where)).rowcount == 1


def find_organisation(connection: Connection, organisation_id: str) -> Organisation | None:
    row = connection.execute(select(organisation).where(O.id == organisation_id)).one_or_none()
    return None if row is None else Organisation(*row)


def list_organisations(connection: Connection) -> tuple[Organisation, ...]:
    """Every organisation, by name."""
    return tuple(
        Organisation(*row) for row in connection.execute(select(organisation).order_by(O.name, O.id))
    )


def is_used(connection: Connection, organisation_id: str) -> bool:
    """Whether somebody has a role in an organisation, or another belongs to it."""
    roles = select(func.count()).select_from(assignment).where(S.organisation == organisation_id)
    parts = select(func.count()).select_from(organisation).where(O.parent == organisation_id)
    return connection.execute(roles).scalar_one() + connection.execute(parts).scalar_one() > 0


def add_assignment(connection: Connection, new: Assignment) -> bool:
    """Keep a new assignment; False when the account has that role there already."""
    added = insert_once(connection, assignment).values(**vars(new)).returning(S.id)
    return connection.execute(added).first() is not None


def delete_assignment(connection: Connection, assignment_id: str) -> bool:
    """End an assignment; False when it has ended."""
    return connection.execute(delete(assignment).where(S.id == assignment_id)).rowcount == 1


def delete_assignments(connection: Connection, account_id: str) -> None:
    """End every assignment of an account."""
    connection.execute(delete(assignment).where(S.account == account_id))


def find_assignment(connection: Connection, assignment_id: str) -> Assignment | None:
    row = connection.execute(select(assignment).where(S.id == assignment_id)).one_or_none()
    return None if row is None else read_assignment(row)


def list_assignments(connection: Connection, account_id: str | None = None) -> tuple[Assignment, ...]:
    """The assignments of an account, or everybody's; the first that was made first."""
    query = select(assignment).order_by(S.since, S.id)
    if account_id is not None:
        query = query.where(S.account == account_id)
    return tuple(map(read_assignment, connection.execute(query)))


def list_holders(connection: Connection, role: str, *, state: str) -> frozenset[str]:
    """The accounts in a state that have a role anywhere."""
    joined = assignment.join(account, account.c.id == S.account)
    query = select(S.account).select_from(joined).where(S.role == role, account.c.state == state)
    return frozenset(connection.scalars(query))


def read_assignment(row) -> Assignment:  # type: ignore[no-untyped-def]
    values = dict(row._mapping)
    return Assignment(**values | {"since": restore_zone(values["since"])})
