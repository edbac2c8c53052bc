"""How is a report made beside everything else, and gone on with when its process was killed?

Whoever makes it has claimed its row and is heard at every step. From one that was not heard for a while
anybody may take over; one that three processes have stopped over is said to be broken.
"""

from __future__ import annotations

import logging
import secrets
import threading
from datetime import UTC, datetime, timedelta

from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.logs import locate_fault
from survey.reports.compose import compose
from survey.reports.orders import read_wish_of, remove_old_reports
from survey.reports.states import UNDER_WAY, Event, State, list_origins
from survey.store import audits, reports
from survey.store.reports import Report

log = logging.getLogger(__name__)
SILENCE = timedelta(minutes=2)  # without a step: longer than any takes
MOST_TRIES = 3
AT_ONCE = threading.BoundedSemaphore(1)  # papers set at once by a process: two would slow those who answer


class TakenOverError(Exception):
    """Somebody else makes the report now, or it was removed."""


def make_report(installation: Installation, report_id: str, *, at: datetime | None = None) -> Report | None:
    """Make a report that nobody makes, and say how it went; None when it is somebody else's or gone.

    Never raises because of what is in the report: what goes wrong is kept with it. Raises SurveyError
    database_*.
    """
    worker, now = secrets.token_hex(8), at or datetime.now(UTC)
    report = take(installation, report_id, worker, now)
    if report is None:
        return None
    try:
        file, name = compose(
            installation,
            read_wish_of(report),
            role=report.role,
            tell=lambda done, steps: note(installation, report_id, worker, done, steps),
        )
    except TakenOverError:
        return None
    except SurveyError as wrong:
        if wrong.code.startswith("database_"):
            raise
        end(installation, report, worker, event=Event.FAIL, fault={"code": wrong.code, **tell_facts(wrong)})
    except Exception as fault:
        log.error("report %s failed: %s", report_id, locate_fault(fault))
        end(
            installation, report, worker, event=Event.FAIL, fault={"code": "report_failed"}
        )  # keys: error.report_failed
    else:
        end(installation, report, worker, file=file, name=name)
    return find(installation, report_id)


def tell_facts(wrong: SurveyError) -> dict[str, object]:
    """The facts of an error that can be kept."""
    return {name: fact for name, fact in wrong.facts.items() if isinstance(fact, str | int | float)}


def find(installation: Installation, report_id: str) -> Report | None:
    with installation.database.read(newest=True) as connection:
        return reports.find_report(connection, report_id)


def take(installation: Installation, report_id: str, worker: str, now: datetime) -> Report | None:
    """Claim a report that waits, or that nobody is heard from; None when there is none to claim.

    One that as many as may have stopped over is broken instead.
    """
    making, silent = State.MAKING.value, now - SILENCE
    with installation.database.write() as connection:
        found = reports.find_report(connection, report_id)
        won = any(
            reports.take_report(
                connection,
                report_id,
                was=list_origins(event),
                state=making,
                worker=worker,
                now=now,
                silent_since=since,
            )
            for event, since in ((Event.TAKE, None), (Event.TAKE_OVER, silent))
        )
    if found is None or not won:
        return None
    if found.tries >= MOST_TRIES:
        end(
            installation, found, worker, event=Event.GIVE_UP, fault={"code": "report_stopped"}
        )  # keys: error.report_stopped
        return None
    return found


def is_silent(report: Report, now: datetime) -> bool:
    """Whether nobody has been heard from who makes it."""
    return report.heard is None or report.heard < now - SILENCE


def note(
    installation: Installation,
    report_id: str,
    worker: str,
    done: int,
    steps: int,
    *,
    at: datetime | None = None,
) -> None:
    """Note a step. Raises TakenOverError when the report is somebody else's now."""
    now = at or datetime.now(UTC)
    with installation.database.write() as connection:
        if not reports.note_progress(connection, report_id, worker=worker, done=done, steps=steps, now=now):
            raise TakenOverError


def end(
    installation: Installation,
    report: Report,
    worker: str,
    *,
    file: bytes | None = None,
    event: Event = Event.MADE,
    name: str = "",
    fault: dict[str, object] | None = None,
) -> None:
    """Keep the file or the fault, if the report is still this worker's."""
    state = State.READY if fault is None else State.BROKEN
    with installation.database.write() as connection:
        kept = reports.finish_report(
            connection,
            report.id,
            was=list_origins(event),
            worker=worker,
            state=state.value,
            file=file,
            name=name,
            fault=fault,
        )
        if kept:
            facts = {"size": len(file or b"")} if fault is None else {"code": str(fault["code"])}
            action = "report made" if fault is None else "report broken"
            audits.add_event(connection, action, report.id, by=SYSTEM, **facts)


def start_making(installation: Installation, report_id: str) -> threading.Thread:
    """Make a report beside everything else; what goes wrong is logged, and the chores go on from there."""

    def make() -> None:
        with AT_ONCE:
            try:
                make_report(installation, report_id)
            except SurveyError as wrong:
                log.error("report put off: %s", wrong)

    thread = threading.Thread(target=make, daemon=True)
    thread.start()
    return thread


def wake(installation: Installation, report: Report, *, at: datetime | None = None) -> None:
    """Go on with a report that was left, when somebody looks at it and this process makes none."""
    now = at or datetime.now(UTC)
    is_left = report.asked < now - SILENCE if report.state == State.WAITING else is_silent(report, now)
    if report.state in UNDER_WAY and is_left and AT_ONCE.acquire(blocking=False):
        AT_ONCE.release()
        start_making(installation, report.id)


def list_left(installation: Installation, *, at: datetime | None = None) -> tuple[Report, ...]:
    """The reports that nobody makes: those that wait, and those whose process is not heard from."""
    now = at or datetime.now(UTC)
    with installation.database.read(newest=True) as connection:
        found = reports.list_reports(connection, states=UNDER_WAY)
    return tuple(one for one in found if one.state == State.WAITING or is_silent(one, now))


def tend_reports(installation: Installation, *, at: datetime | None = None) -> None:
    """Go on with reports that were left, the oldest first, and remove the old. Idempotent."""
    for one in reversed(list_left(installation, at=at)):
        with AT_ONCE:
            make_report(installation, one.id, at=at)
    remove_old_reports(installation, at=at)
