"""What is there to examine, when perhaps nothing of it works?

Nothing is made, changed or upgraded: an installation is looked at as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from survey.answering.keys import KeyRing
from survey.areas import load_areas
from survey.errors import SurveyError
from survey.installation import Installation, find_today
from survey.settings import Settings
from survey.store.copies import is_empty
from survey.store.database import Database


@dataclass(frozen=True)
class Patient:
    """The settings, and as much of the rest as could be opened.

    `database` is None when it cannot be reached or is empty; `installation` also when the pepper cannot be
    read. `stopped` says what stood in the way, and at which of the two.
    """

    settings: Settings
    database: Database | None = None
    installation: Installation | None = None
    stopped: tuple[str, SurveyError] | None = None

    def close(self) -> None:
        if self.database is not None:
            self.database.close()


def find_patient(settings: Settings, *, today: Callable[[], date] = find_today) -> Patient:
    """Open what can be opened of an installation, without migrating it."""
    database = None
    try:
        database = open_database(settings)
    except SurveyError as error:
        return Patient(settings, stopped=("database", error))
    try:
        keys = KeyRing(settings.keys_dir, settings.keys_copies)
        pepper = keys.read_pepper()
        found = Installation(settings, database, keys, load_areas(settings), pepper, today)
    except SurveyError as error:
        return Patient(settings, database, stopped=("keys", error))
    return Patient(settings, database, found)


def open_database(settings: Settings) -> Database:
    """The database. Raises SurveyError database_* and database_missing, which makes none."""
    database = Database(settings.database, reader_url=settings.reader_url)
    try:
        if is_empty(database):
            raise SurveyError("database_missing")
    except BaseException:
        database.close()
        raise
    return database
