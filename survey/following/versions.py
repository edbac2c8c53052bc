"""How does a new version of a goal, an action or new limits come to be, never in the place of another?"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import TypeVar

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.reach import check_can_reach
from survey.people.roles import Permission, Person
from survey.store import audits, following
from survey.store.database import Connection, claim_job
from survey.store.following import Action, Goal, Rebase

JOB = "following"  # two are never written at the same moment
FIRST = 1
ID_BYTES = 8

Kept = TypeVar("Kept", Goal, Action, Rebase)


@dataclass(frozen=True)
class Deed:
    """What is done to what, as the audit log names it, and who does it."""

    action: str
    by: Person


def check_can_follow_up(*, by: Person) -> None:
    """Raises SurveyError not_allowed when the person may not write goals, actions and new limits."""
    check_can_do(Permission.FOLLOW_UP, by=by)


def make_id() -> str:
    return secrets.token_hex(ID_BYTES)


def now() -> datetime:
    return datetime.now(UTC)


def add_first(
    installation: Installation, new: Kept, deed: Deed, *, check: Callable[[Connection], None] | None = None
) -> Kept:
    """Write the first version of something with its audit event, unless `check` raises.

    Raises SurveyError not_your_area and reach_missing.
    """
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        check_can_reach(installation, connection, new.area, by=deed.by)
        if check is not None:
            check(connection)
        write(connection, new, deed)
    return new


def add_next(
    installation: Installation,
    kind: type[Kept],
    found: str,
    make: Callable[[Kept], Kept],
    deed: Deed,
    *,
    based_on: int,
) -> Kept:
    """Write what is made of the newest version of an id as the next, with its audit event.

    `based_on` is the version that the person read. Raises SurveyError follow_unknown,
    follow_changed_meanwhile when there is a newer one, not_your_area, reach_missing, and what `make` raises.
    """
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        old = check_newest(following.list_versions_of(connection, kind, found), based_on)
        check_can_reach(installation, connection, old.area, by=deed.by)
        new = make(old)
        write(connection, new, deed)
    return new


def find_based(installation: Installation, kind: type[Kept], found: str, based_on: int) -> Kept:
    """The version that a person read. Raises SurveyError follow_unknown and follow_changed_meanwhile."""
    with installation.database.read(newest=True) as connection:
        versions = following.list_versions_of(connection, kind, found)
    return check_newest(versions, based_on)


def check_newest(versions: Sequence[Kept], based_on: int) -> Kept:
    """The newest version, which must be `based_on`. Raises as `find_based`."""
    if not versions:
        raise SurveyError("follow_unknown")
    if versions[-1].version != based_on:
        raise SurveyError("follow_changed_meanwhile")
    return versions[-1]


def write(connection: Connection, new: Goal | Action | Rebase, deed: Deed) -> None:
    """A version and its audit event. Raises SurveyError follow_changed_meanwhile when the number is taken."""
    if not following.add_version(connection, new):
        raise SurveyError("follow_changed_meanwhile")
    about = {"area": new.area, "survey": new.survey, "version": new.version, "state": new.state}
    audits.add_event(connection, deed.action, new.id, by=deed.by.name, **about)


def gather_histories(versions: Sequence[Kept]) -> tuple[tuple[Kept, ...], ...]:
    """The versions of each id together, the oldest first."""
    return tuple(tuple(some) for _, some in groupby(versions, key=lambda one: one.id))
