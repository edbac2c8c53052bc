"""What is due to be removed because of its age, and how is it, with a line in the log of removals?"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from survey.audit.chain import remove_old_events, seal_events
from survey.backup.erasures import AgedOut
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.publication import PUBLISHING
from survey.retention.rules import Rule, find_rules
from survey.store import audits
from survey.store import retention as stored
from survey.store.database import Connection, claim_job
from survey.store.retention import Removal

log = logging.getLogger(__name__)
LOG = "audit"  # goes from the beginning of a chain
SHOWN = 50  # lines of the log of removals


@dataclass(frozen=True)
class Due:
    """A rule, the day before which its kind is due, and how much of it is older than that."""

    rule: Rule
    before: date
    number: int


def count_due(installation: Installation) -> tuple[Due, ...]:
    """What each rule has come to, also those that nobody has decided on. Raises SurveyError retention_*."""
    rules = find_rules(installation.settings)
    with installation.database.read(newest=True) as connection:
        return tuple(
            Due(rule, before, stored.COUNT[rule.kind](connection, before))
            for rule in rules
            for before in (installation.today() - timedelta(days=rule.days),)
        )


def remove_due(installation: Installation) -> tuple[Removal, ...]:
    """Remove what is due by the rules that are decided; what was removed.

    Each kind is one transaction with its line in the log of removals and its audit event. Idempotent. Raises
    SurveyError retention_* and database_*.
    """
    removed = tuple(
        one
        for rule in find_rules(installation.settings)
        if rule.is_decided and (one := remove_kind(installation, rule)) is not None
    )
    if removed:
        installation.database.overwrite_erased()
    return removed


def remove_kind(installation: Installation, rule: Rule) -> Removal | None:
    """Remove what is due of a kind; None when nothing is."""
    today = installation.today()
    before = today - timedelta(days=rule.days)
    if rule.kind == LOG:
        seal_events(installation)
    with installation.database.write() as connection:
        claim_job(connection, PUBLISHING)  # else a month could be counted with and without what goes
        number = remove_older(installation, connection, rule.kind, before)
        if not number:
            return None
        installation.erasures.note_aged_out(AgedOut(rule.kind, before, rule.decision))
        made = Removal(today, rule.kind, before, number, rule.decision)
        stored.add_removal(connection, made)
        audits.add_event(
            connection, "removed because of age", rule.kind, by=SYSTEM, number=number, before=before
        )
    return made


def remove_older(installation: Installation, connection: Connection, kind: str, before: date) -> int:
    """Remove what is older than a day, of one kind, in a transaction; how much."""
    if kind == LOG:
        return remove_old_events(installation, connection, before)
    return stored.REMOVE[kind](connection, before)


def remove_due_quietly(installation: Installation) -> None:
    """Remove what is due among other work: rules that are wrong are logged, and stop nothing else."""
    try:
        for one in remove_due(installation):
            log.info("removed %s older than %s: %d", one.kind, one.before, one.number)
    except SurveyError as wrong:
        log.error("nothing was removed because of its age: %s", wrong)


def list_removals(installation: Installation, *, viewer: Person) -> tuple[Removal, ...]:
    """What was removed, the newest first. Raises SurveyError not_allowed."""
    check_can_do(Permission.SEE_AUDIT, by=viewer)
    with installation.database.read(newest=True) as connection:
        return tuple(stored.list_removals(connection, SHOWN))
