"""Could the installation be had back: keys, their second place, backups, the list of what was erased?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from survey.answering.rehearse import rehearse_keys
from survey.backup.newest import find_newest
from survey.backup.take import list_backups
from survey.doctor.finding import Finding, Level, care, refused, wrong
from survey.doctor.patient import Patient
from survey.errors import SurveyError
from survey.installation import Installation, check_keys_in_use
from survey.store import publications

OLD, VERY_OLD = timedelta(hours=26), timedelta(days=7)  # of the newest backup
OTHERS = 0o077


def check_keys(patient: Patient) -> Iterator[Finding]:
    """Is every key that the database needs here, and in the second place?"""
    found = patient.installation
    if found is None:
        return
    for one in rehearse_keys(found, found.keys.folder):
        if one.wrong is not None:
            yield refused("keys", one.wrong)
    if found.keys.copies is None:
        yield care("keys_no_second_place")
    elif not found.keys.copies.is_dir():
        yield wrong("keys_second_place_gone", folder=found.keys.copies.as_posix())
    else:
        bad = [one.wrong for one in rehearse_keys(found) if one.wrong is not None]
        yield from (refused("second_place", one) for one in bad)


def check_answers(patient: Patient) -> Iterator[Finding]:
    """Would answers be taken now?"""
    if patient.installation is None:
        return
    try:
        check_keys_in_use(patient.installation)
    except SurveyError as error:
        yield refused("answers", error)


def check_backups(patient: Patient) -> Iterator[Finding]:
    """Is there a backup, how old is it, and is none kept too long?"""
    found = patient.installation
    if found is None or found.is_demo:
        return
    newest = find_newest(found.settings)
    if newest is None:
        yield care("backup_none")
        return
    age = datetime.now(UTC) - newest.made
    if age > OLD:
        hours = round(age.total_seconds() / 3600)
        yield (wrong if age > VERY_OLD else care)("backup_old", hours=hours)
    if not newest.folder.is_dir():
        yield care("backup_gone", folder=newest.folder.as_posix())
        return
    if newest.folder.stat().st_mode & OTHERS:
        yield care("backup_open", folder=newest.folder.as_posix())
    kept = timedelta(days=found.settings.backup_days)
    if any(datetime.now(UTC) - made > kept for made, _ in list_backups(newest.folder.parent, "real")):
        yield wrong("backup_kept", folder=newest.folder.parent.as_posix(), days=found.settings.backup_days)
    yield from check_closing(found, newest.made)


def check_closing(installation: Installation, made: datetime) -> Iterator[Finding]:
    """A month's key is destroyed when it is closed: only a backup from after that holds its answers."""
    with installation.database.read(newest=True) as connection:
        published = publications.list_publications(connection)
    if any(one.published > made for one in published):
        yield care("backup_before_closing")


def check_list(patient: Patient) -> Iterator[Finding]:
    """Can what is erased be erased again after a backup was put back?"""
    if patient.installation is None:
        return
    try:
        known = patient.installation.erasures.read()
    except SurveyError as error:
        yield refused("erasures", error, Level.WRONG)
        return
    if known is None:
        yield wrong("erasures_missing")
