"""What one running installation stands on, and whether it is fit to take answers."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from analysis.periods import month_of, shift_month
from survey.answering.ended_keys import list_ended_files
from survey.answering.keys import KeyRing, hash_keyed
from survey.areas import Areas, load_areas
from survey.backup.erasures import ErasureList
from survey.comments.theme_lists import find_themes_of
from survey.definition.load import load_folder, seal_definition, write_document
from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.retention.rules import find_rules
from survey.settings import Settings
from survey.store import audits, installations, publications, rounds
from survey.store.database import Database
from survey.store.schema import migrate
from survey.strategy.begin import begin_strategy

log = logging.getLogger(__name__)
SWEDEN = ZoneInfo("Europe/Stockholm")
SYSTEM = "system"


def find_today() -> date:
    """The day it is in Sweden, wherever the machine stands."""
    return datetime.now(SWEDEN).date()


@dataclass(frozen=True, eq=False)
class Installation:
    """Settings, database, keys and areas together. Made by open_installation."""

    settings: Settings = field(repr=False)  # it may hold a database's password
    database: Database = field(repr=False)
    keys: KeyRing
    areas: Areas
    pepper: bytes = field(repr=False)
    today: Callable[[], date] = find_today

    @property
    def is_demo(self) -> bool:
        return self.settings.demo

    @property
    def erasures(self) -> ErasureList:
        """What was erased of late, so that it does not come back with a backup."""
        return ErasureList(self.keys, self.pepper, self.settings.backup_days)


def open_installation(settings: Settings, *, today: Callable[[], date] = find_today) -> Installation:
    """The installation of the settings, with its database migrated and its surveys loaded.

    Raises SurveyError: restore_unfinished when a backup was put back half, database_* when the database
    cannot be used, database_newer, label_differs when a demonstration meets a real database or the other
    way round, key_missing when the database has taken answers but the pepper is gone, key_differs for
    another pepper than the database's, key_readable for a key file that others can read, key_copy_differs
    for another of the same name in the second place, definition_wrong and definition_frozen for surveys
    that cannot be loaded, strategy_missing and strategy_wrong for a strategy map that cannot, themes_wrong
    for themes of its own that cannot, retention_missing, _unreadable and _wrong for rules that cannot.
    """
    check_not_half_restored(settings)
    areas = load_areas(settings)
    find_rules(settings)
    if settings.themes_dir is not None:
        find_themes_of(settings)
    database = Database(settings.database, reader_url=settings.reader_url)
    try:
        migrate(database)
        keys = KeyRing(settings.keys_dir, settings.keys_copies)
        pepper = settle_installation(database, keys, settings, today())
        keys.complete_copies(but=list_ended_files(database, keys))
        found = Installation(settings, database, keys, areas, pepper, today)
        found.erasures.begin()
        load_surveys(found)
        begin_strategy(database, settings.strategy_file)
        check_thresholds(found)
    except BaseException:
        database.close()
        raise
    return found


def check_not_half_restored(settings: Settings) -> None:
    """Raises SurveyError restore_unfinished: what was erased since the backup may still be there."""
    if settings.restore_mark.exists():
        raise SurveyError("restore_unfinished")


def settle_installation(database: Database, keys: KeyRing, settings: Settings, today: date) -> bytes:
    """The pepper; a new database is labelled with what it is and gets a pepper of its own."""
    with database.read(newest=True) as connection:
        known = installations.find_installation(connection)
    if known is None:
        pepper = keys.create_pepper()
        with database.write() as connection:
            installations.add_installation(
                connection,
                label=settings.label,
                pepper_check=hash_keyed(pepper, "check"),
                set_up_key=None,
                created=today,
            )
            audits.add_event(connection, "installation created", settings.label, by=SYSTEM)
        return pepper
    if known.label != settings.label:
        raise SurveyError("label_differs", label=known.label, asked=settings.label)
    pepper = keys.read_pepper()
    if not hmac.compare_digest(hash_keyed(pepper, "check"), known.pepper_check):
        raise SurveyError("key_differs", file=keys.pepper_file.as_posix())
    return pepper


def load_surveys(installation: Installation) -> None:
    """Store the definitions in the surveys folder; a frozen one that was changed is refused.

    Raises SurveyError definition_frozen naming the survey and version.
    """
    for definition in load_folder(installation.settings.surveys_dir):
        store_definition(installation, definition)


def check_thresholds(installation: Installation) -> None:
    """Raises SurveyError threshold_lowered when a threshold is lower than something was published with.

    With a lower one the numbers that were hidden could be worked out from the old and the new together.
    """
    settings = installation.settings
    with installation.database.read(newest=True) as connection:
        public, signed_in = publications.find_highest_thresholds(connection)
    if settings.threshold_public < public or settings.threshold_signed_in < signed_in:
        raise SurveyError("threshold_lowered", public=public, signed_in=signed_in)


def store_definition(installation: Installation, definition: Definition) -> None:
    """Keep one definition, new or in the place of one that nobody has answered."""
    checksum = seal_definition(definition)
    found = rounds.StoredDefinition(
        definition.survey, definition.version, checksum, write_document(definition), frozen=False
    )
    with installation.database.read(newest=True) as connection:
        known = rounds.find_definition(connection, found.survey, found.version)
    if known is not None and known.checksum == checksum:
        return
    if known is not None and known.frozen:
        raise SurveyError("definition_frozen", survey=found.survey, version=found.version)
    with installation.database.write() as connection:
        (rounds.add_definition if known is None else rounds.replace_definition)(connection, found)
        action = "definition loaded" if known is None else "definition replaced"
        audits.add_event(connection, action, f"{found.survey} {found.version}", by=SYSTEM, checksum=checksum)


@lru_cache(maxsize=64)
def parse_document(document: str) -> Definition:
    """A stored definition; parsed once, because it never changes when it is answered."""
    return Definition.model_validate_json(document)


def find_definition(installation: Installation, survey: str, version: str) -> Definition:
    """A stored definition. Raises SurveyError definition_unknown."""
    with installation.database.read(newest=True) as connection:
        known = rounds.find_definition(connection, survey, version)
    if known is None:
        raise SurveyError("definition_unknown", survey=survey, version=version)
    return parse_document(known.document)


def ensure_period_key(installation: Installation, period: str) -> bytes:
    """The public key that answers of a period are sealed to.

    Raises SurveyError key_missing when the database knows the period's key but its file is gone
    (the answers could never be opened), and period_closed when the period has been mixed.
    """
    with installation.database.read(newest=True) as connection:
        known = installations.find_period_key(connection, period)
    if known is not None:
        return check_period_key(installation, period, *known)
    with installation.database.write() as connection:
        known = installations.find_period_key(connection, period)
        if known is None:
            public_key = installation.keys.create_period_key(period)
            installations.add_period_key(connection, period, public_key)
            audits.add_event(connection, "period key created", period, by=SYSTEM)
            return public_key
    return check_period_key(installation, period, *known)


def check_period_key(installation: Installation, period: str, public_key: bytes, destroyed: bool) -> bytes:
    """The key when it can be used: its private half must be there to open what it seals."""
    if destroyed:
        raise SurveyError("period_closed", period=period)
    if bytes(installation.keys.read_period_key(period).public_key) != public_key:
        raise SurveyError("key_differs", file=installation.keys.find_period_file(period).as_posix())
    return public_key


def find_answering_month(installation: Installation) -> str:
    """The month that answers sent now count in.

    This one, or, where it is closed already because the clock had gone ahead and was set right, the first
    that is not.
    """
    month = month_of(installation.today())
    with installation.database.read(newest=True) as connection:
        closed = set(installations.list_closed_periods(connection))
    while month in closed:
        month = shift_month(month, 1)
    return month


def check_may_take_answers(installation: Installation) -> None:
    """Raises SurveyError key_missing, key_differs or database_* when answers would not be safe."""
    check_keys_in_use(installation)
    ensure_period_key(installation, find_answering_month(installation))


def check_keys_in_use(installation: Installation) -> None:
    """Raises SurveyError key_missing, key_differs or database_* for a key that is needed now. Makes none."""
    today = installation.today()
    with installation.database.read(newest=True) as connection:
        living = installations.list_living_periods(connection)
        open_now = [r.id for r in rounds.list_rounds(connection) if r.is_open(today)]
    for period in living:
        ensure_period_key(installation, period)
    for round_id in open_now:
        installation.keys.read_round_key(round_id)
