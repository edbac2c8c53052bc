"""Is what is kept safe: the database, its replica, the clock?"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from survey.doctor.finding import Finding, care, refused, wrong
from survey.doctor.patient import Patient
from survey.errors import SurveyError
from survey.store import audits, installations
from survey.store.database import Database
from survey.store.examined import (
    FULL,
    PostgresState,
    check_writable,
    examine_postgres,
    examine_sqlite,
    find_file_system,
    holds_locks,
    measure_disk,
    measure_lag,
)
from survey.store.schema import check_at_head

NETWORK = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph", "afs", "lustre", "davfs")
MEMORY = ("tmpfs", "ramfs")
MOST_AHEAD = 5.0  # seconds between two clocks
SLOW_DISK = 0.1  # seconds for one write
REFUSALS = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "var_unwritable",
    errno.EACCES: "var_unwritable",
}
MOST_LAG = 30.0  # seconds that a replica may be behind
SLACK = timedelta(minutes=1)


def check_database(patient: Patient) -> Iterator[Finding]:
    """Can it be reached and written, and is its schema the program's?"""
    if patient.settings.restore_mark.exists():
        yield refused("database", SurveyError("restore_unfinished"))
    if patient.stopped is not None:
        about, error = patient.stopped
        yield refused(about, error)
    if patient.database is None:
        return
    for check in (check_at_head, check_writable):
        try:
            check(patient.database)
        except SurveyError as error:
            yield refused("database", error)
    yield from check_label(patient, patient.database)


def check_label(patient: Patient, database: Database) -> Iterator[Finding]:
    """A demonstration and a real installation are never in the same place."""
    with database.read(newest=True) as connection:
        known = installations.find_installation(connection)
    if known is not None and known.label != patient.settings.label:
        facts = {"label": known.label, "asked": patient.settings.label}
        yield refused("database", SurveyError("label_differs", **facts))


def check_engine(patient: Patient) -> Iterator[Finding]:
    """Does what is written stay written?"""
    if patient.database is None:
        return
    if patient.database.is_sqlite:
        yield from check_sqlite(patient.database)
    else:
        yield from judge_postgres(examine_postgres(patient.database))


def try_disk(folder: Path) -> Iterator[Finding]:
    """Do locks hold, and how quick is it? Where nothing can be written, that alone."""
    try:
        if not holds_locks(folder):
            yield wrong("locks_do_not_hold", folder=folder.as_posix())
        spent = measure_disk(folder)
    except OSError as fault:
        if fault.errno not in REFUSALS:
            raise
        free = shutil.disk_usage(folder).free // 2**20
        yield wrong(REFUSALS[fault.errno], folder=folder.as_posix(), free=free)
        return
    if spent > SLOW_DISK:
        yield care("disk_slow", milliseconds=round(1000 * spent))


def check_sqlite(database: Database) -> Iterator[Finding]:
    folder = Path(str(database.url.database)).resolve().parent
    kind = find_file_system(folder)
    if kind.startswith(NETWORK):
        yield wrong("sqlite_on_network", folder=folder.as_posix(), kind=kind)
    if kind in MEMORY:
        yield wrong("sqlite_in_memory", folder=folder.as_posix())
    yield from try_disk(folder)
    state = examine_sqlite(database)
    if state.journal != "wal" or state.synchronous != FULL:
        yield wrong("sqlite_unsafe", journal=state.journal, synchronous=state.synchronous)
    if not state.is_whole:
        yield wrong("sqlite_damaged")


def judge_postgres(state: PostgresState) -> Iterator[Finding]:
    """What of a PostgreSQL server is not as it should be."""
    if state.settings["synchronous_commit"] == "off":
        yield wrong("commit_not_synchronous")
    unsafe = [name for name in ("fsync", "full_page_writes") if state.settings[name] != "on"]
    if unsafe:
        yield wrong("postgres_unsafe", names=", ".join(unsafe))
    if state.settings["server_encoding"] != "UTF8":
        yield wrong("encoding", encoding=state.settings["server_encoding"])
    if state.is_replica:
        yield wrong("writes_to_replica")
    elif not state.may_create:
        yield care("may_not_create")
    if abs(state.ahead) > MOST_AHEAD:
        yield wrong("clocks_differ", seconds=round(state.ahead))
    if state.is_pooled:
        yield care("pooled")


def check_reader(patient: Patient) -> Iterator[Finding]:
    """Is what is read from the same installation, and not far behind?"""
    database = patient.database
    if database is None or not patient.settings.reader_url:
        return
    try:
        with database.read(newest=True) as connection:
            own = installations.find_installation(connection)
        with database.read() as connection:
            other = installations.find_installation(connection)
        behind = measure_lag(database)
    except SurveyError as error:
        yield refused("reader", error)
        return
    if own is not None and (other is None or other.pepper_check != own.pepper_check):
        yield wrong("reader_elsewhere")
    elif behind is None:
        yield care("reader_no_replica")
    elif behind > MOST_LAG:
        yield care("reader_behind", seconds=round(behind))


def check_clock(patient: Patient) -> Iterator[Finding]:
    """Is it as late as it has been already, and are there time zones?"""
    try:
        ZoneInfo("Europe/Stockholm")
    except ZoneInfoNotFoundError:
        yield wrong("no_time_zones")
    if patient.database is None:
        return
    with patient.database.read(newest=True) as connection:
        newest = audits.list_events(connection, 1)
    if newest and newest[0].at > datetime.now(UTC) + SLACK:
        yield wrong("clock_behind", newest=newest[0].at.isoformat(timespec="minutes"))
