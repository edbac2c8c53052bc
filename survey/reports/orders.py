"""How is a report asked for, found again, taken away, and removed when it is old?

What was asked for, how far it has come and the file itself are rows in the database; who makes it claims the
row. So it can be left and found again, in any process, and goes on when one is killed.
"""

from __future__ import annotations

import logging
import secrets
from datetime import UTC, datetime, timedelta

from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.reports.states import UNDER_WAY, Event, State, list_origins
from survey.reports.wish import Asked, Wish, open_wish, read_wish, write_wish
from survey.store import audits, reports
from survey.store.database import claim_job
from survey.store.reports import Report

log = logging.getLogger(__name__)
KEPT = timedelta(days=30)  # how long a report lies to be fetched
MOST_UNDER_WAY = 5  # reports of one person that are not made yet
JOB = "reports"


def ask_for_report(
    installation: Installation, asked: Asked, *, by: Person, at: datetime | None = None
) -> Report:
    """Put a report in the queue; survey/reports/making.py makes it.

    Raises SurveyError what read_wish raises, and report_many when as many of theirs wait as may.
    """
    wish = read_wish(installation, asked, by=by)
    found = Report(
        secrets.token_hex(8),
        write_wish(wish),
        State.WAITING.value,
        by.name,
        by.role.value,
        at or datetime.now(UTC),
    )
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        if reports.count_reports(connection, owner=by.name, states=UNDER_WAY) >= MOST_UNDER_WAY:
            raise SurveyError("report_many", most=MOST_UNDER_WAY)
        reports.add_report(connection, found)
        facts = {"kind": wish.kind, "areas": len(wish.areas), "readers": wish.readers}
        audits.add_event(connection, "report asked for", found.id, by=by.name, **facts)
    return found


def read_wish_of(report: Report) -> Wish:
    return open_wish(report.wish)


def list_own_reports(installation: Installation, *, by: Person) -> tuple[Report, ...]:
    """A person's reports, the newest first. Raises SurveyError not_allowed."""
    check_can_do(Permission.SEE_SIGNED_IN_FIGURES, by=by)
    with installation.database.read(newest=True) as connection:
        return reports.list_reports(connection, owner=by.name)


def find_own_report(installation: Installation, report_id: str, *, by: Person) -> Report:
    """A person's report. Raises SurveyError not_allowed, and report_unknown for another's too."""
    check_can_do(Permission.SEE_SIGNED_IN_FIGURES, by=by)
    with installation.database.read(newest=True) as connection:
        found = reports.find_report(connection, report_id)
    if found is None or found.owner != by.name:
        raise SurveyError("report_unknown")
    return found


def fetch_report(installation: Installation, report_id: str, *, by: Person) -> bytes:
    """The file. Raises SurveyError not_allowed, report_unknown, report_not_ready."""
    found = find_own_report(installation, report_id, by=by)
    with installation.database.read(newest=True) as connection:
        file = reports.find_file(connection, report_id)
    if found.state != State.READY or file is None:
        raise SurveyError("report_not_ready")
    return file


def remove_report(installation: Installation, report_id: str, *, by: Person) -> None:
    """Take a report away, made or not. Raises SurveyError not_allowed and report_unknown."""
    find_own_report(installation, report_id, by=by)
    delete_report(installation, report_id, by=by.name)


def delete_report(installation: Installation, report_id: str, *, by: str) -> None:
    with installation.database.write() as connection:
        if reports.delete_report(connection, report_id, was=list_origins(Event.REMOVE)):
            audits.add_event(connection, "report removed", report_id, by=by)


def remove_old_reports(installation: Installation, *, at: datetime | None = None) -> None:
    """Take away what was asked for longer ago than it is kept."""
    before = (at or datetime.now(UTC)) - KEPT
    with installation.database.read(newest=True) as connection:
        found = reports.list_reports(connection, states=(State.READY, State.BROKEN))
    for one in found:
        if one.asked < before:
            delete_report(installation, one.id, by=SYSTEM)
