"""How is a backup made while people answer, and how do old ones go?

A backup is a folder with the database's copy and a manifest, put in place in one step when it is whole. It
never holds a key. Those older than the days that are promised go when a new one stands.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from survey.backup.manifest import FILES, FORMAT, NAME, Manifest, hash_file, read_manifest, write_manifest
from survey.backup.newest import Newest, note_newest
from survey.backup.private_files import FOLDER_OF_OWNER, sync_folder
from survey.errors import SurveyError
from survey.health import find_free
from survey.installation import SYSTEM, Installation
from survey.store import audits, installations, rounds
from survey.store.copies import copy_database
from survey.store.database import translate
from survey.version import find_code_version

PREFIX, HALF = "invanarrosten-", ".half-"
STAMP = "%Y%m%dT%H%M%SZ"
BETWEEN_RUNS = timedelta(
    days=1
)  # backups are made at least so often, and an old one goes before it is too old
ROOM = 1.1  # of the database's size must be free


@dataclass(frozen=True)
class Taken:
    """A backup that was made, and how many old ones went."""

    folder: Path
    manifest: Manifest
    removed: int


def take_backup(installation: Installation, into: Path, *, keep_days: int, by: str = SYSTEM) -> Taken:
    """Make a backup in a folder of backups, then remove those that are too old.

    Raises SurveyError backup_days_long when they would be kept longer than BACKUP_DAYS promises,
    backup_near_keys for a folder where the keys are, backup_unwritable, database_full, database_* and
    pg_dump_*.
    """
    settings = installation.settings
    if not 1 <= keep_days <= settings.backup_days:
        raise SurveyError("backup_days_long", days=keep_days, most=settings.backup_days)
    check_place(installation, into)
    made = datetime.now(UTC)
    folder = into / f"{PREFIX}{made.strftime(STAMP)}"
    try:
        with translate():
            manifest = write_whole(installation, into, folder, made)
        note_newest(settings, Newest(made, folder.resolve()))
    except OSError:
        raise SurveyError("backup_unwritable", folder=into.as_posix()) from None
    removed = remove_old(into, manifest.label, older_than=made - timedelta(days=keep_days) + BETWEEN_RUNS)
    with installation.database.write() as connection:
        audits.add_event(connection, "backup made", folder.name, by=by, removed=removed)
    return Taken(folder, manifest, removed)


def check_place(installation: Installation, into: Path) -> None:
    """Raises SurveyError backup_near_keys: who takes the backups away must not get the keys with them."""
    places = [installation.keys.folder, installation.keys.copies]
    for keys in (place.resolve() for place in places if place is not None):
        if into.resolve().is_relative_to(keys) or keys.is_relative_to(into.resolve()):
            raise SurveyError("backup_near_keys", folder=into.as_posix())


def write_whole(installation: Installation, into: Path, folder: Path, made: datetime) -> Manifest:
    """Write everything beside, then put it in place in one step."""
    into.mkdir(mode=FOLDER_OF_OWNER, parents=True, exist_ok=True)
    remove_halves(into)
    check_room(installation, into)
    half = Path(tempfile.mkdtemp(prefix=HALF, dir=into))  # for its owner alone
    try:
        manifest = fill_folder(installation, half, made)
        sync_folder(half)
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    sync_folder(into)
    return manifest


def fill_folder(installation: Installation, half: Path, made: datetime) -> Manifest:
    engine = installation.database.url.get_backend_name()
    path = half / FILES[engine]
    described = copy_database(installation.database, path)
    manifest = Manifest(
        format=FORMAT,
        made=made.isoformat(),
        engine=engine,
        label=described.label,
        revision=described.revision,
        code=find_code_version(),
        size=path.stat().st_size,
        sha256=hash_file(path),
        published=described.published,
        keys=list_needed_keys(installation),
    )
    write_manifest(half, manifest, installation.pepper)
    return manifest


def list_needed_keys(installation: Installation) -> tuple[str, ...]:
    """The names of the key files without which the database cannot be used."""
    keys = installation.keys
    with installation.database.read(newest=True) as connection:
        periods = installations.list_living_periods(connection)
        every_round = [one.id for one in rounds.list_rounds(connection)]
    files = [keys.pepper_file, *map(keys.find_period_file, periods)]
    files += [keys.find_round_file(one) for one in every_round if keys.has_round_key(one)]
    return tuple(file.name for file in files)


def check_room(installation: Installation, into: Path) -> None:
    """Raises SurveyError database_full when the copy would not find room: better before than half-way."""
    if installation.database.is_sqlite:
        size = Path(str(installation.database.url.database)).stat().st_size
        if find_free(into) < size * ROOM:
            raise SurveyError("database_full")


def remove_halves(into: Path) -> None:
    """Remove what a killed process left behind; another that makes a backup now is too new to be taken for
    it.
    """
    before = datetime.now(UTC) - BETWEEN_RUNS
    for half in into.glob(f"{HALF}*"):
        if datetime.fromtimestamp(half.stat().st_mtime, UTC) < before:
            shutil.rmtree(half, ignore_errors=True)


def list_backups(into: Path, label: str) -> tuple[tuple[datetime, Path], ...]:
    """The backups of a kind of installation in a folder, the oldest first; nothing else is looked at."""
    found: list[tuple[datetime, Path]] = []
    for manifest_file in into.glob(f"{PREFIX}*/{NAME}"):
        try:
            said = read_manifest(manifest_file.parent)
        except SurveyError:
            continue
        if said.label == label:
            found.append((said.made_at, manifest_file.parent))
    return tuple(sorted(found))


def remove_old(into: Path, label: str, *, older_than: datetime) -> int:
    """Remove the backups that were begun before a time; how many. The newest always stays."""
    old = [folder for made, folder in list_backups(into, label)[:-1] if made < older_than]
    for folder in old:
        shutil.rmtree(folder)
    return len(old)
