"""How is a backup put back, so that it is whole and remembers nothing that was erased since?

The order: the keys must be there, the place must be empty, the backup must be the one that was written.
Then the database is put in place, brought to this code's schema, made to forget, and everybody is signed
out. A mark beside the keys stands until all of that is done; the service does not start while it is there.
"""

from __future__ import annotations

import hmac
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from survey.answering.keys import KeyRing, hash_keyed, read_key, write_key
from survey.areas import load_areas
from survey.audit.chain import seal_events
from survey.backup import erasures
from survey.backup.erasures import ErasureList
from survey.backup.manifest import Manifest, check_file, read_manifest
from survey.backup.private_files import FOLDER_OF_OWNER, sync_folder, write_private
from survey.backup.replay import Replayed, check_reach, replay_erasures
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation, find_today
from survey.settings import Settings
from survey.store import account_links, audits, installations, sessions
from survey.store.copies import check_copy, empty_postgres, fill_postgres, is_empty
from survey.store.database import Database
from survey.store.schema import migrate


@dataclass(frozen=True)
class Restored:
    """What was put back; `missing` are key files that the database needs and that are not here."""

    manifest: Manifest
    replayed: Replayed
    missing: tuple[str, ...]
    list_until: datetime | None


def restore_backup(
    settings: Settings,
    folder: Path,
    *,
    keys_from: Path | None = None,
    accept_gap: bool = False,
    today: Callable[[], date] = find_today,
) -> Restored:
    """Put a backup back where the settings say, which must be empty.

    Raises SurveyError: restore_not_empty; restore_keys_missing when the pepper is not here; backup_unknown,
    backup_foreign and backup_damaged; backup_engine_differs, label_differs, key_differs; backup_too_old and
    erasures_gap when what was erased since could not all be erased again (unless `accept_gap`); database_*.
    Whatever is raised, nothing is served from what was put back: the place is empty, or marked.
    """
    keys = KeyRing(settings.keys_dir, settings.keys_copies)
    if keys_from is not None:
        copy_keys(keys_from, keys)
    pepper = find_pepper(keys)
    manifest = read_manifest(folder, pepper)
    database = Database(settings.database)
    try:
        check_target(settings, database, manifest)
        file = check_file(folder, manifest)
        known = find_erasures(settings, keys, pepper, manifest, accept_gap=accept_gap)
        put_mark(settings, folder)
        put_back(database, file)
        found = Installation(settings, database, keys, load_areas(settings), pepper, today)
        replayed = finish(found, manifest, known)
        settings.restore_mark.unlink()
        missing = tuple(name for name in manifest.keys if not (keys.folder / name).exists())
        return Restored(manifest, replayed, missing, known.until if known else None)
    finally:
        database.close()


def copy_keys(place: Path, keys: KeyRing) -> None:
    """Fetch the key files, and what lies beside them, from another place; what is here already stays.

    Raises SurveyError key_* when one cannot be read, is open to others, or differs from the one that is here.
    """
    for path in sorted(place.glob("*.key")):
        key, own = read_key(path, path.stat().st_size), keys.folder / path.name
        if own.exists() and read_key(own, len(key)) != key:
            raise SurveyError("key_copy_differs", file=path.as_posix())
        if not own.exists():
            write_key(own, key)
    own_list = keys.folder / erasures.NAME
    if (place / erasures.NAME).exists() and not own_list.exists():
        write_private(own_list, (place / erasures.NAME).read_text(encoding="utf-8"))


def find_pepper(keys: KeyRing) -> bytes:
    """The pepper. Raises SurveyError restore_keys_missing: without the keys a backup is of no use."""
    if not keys.pepper_file.exists():
        raise SurveyError("restore_keys_missing", folder=keys.folder.as_posix())
    return keys.read_pepper()


def check_target(settings: Settings, database: Database, manifest: Manifest) -> None:
    """Raises SurveyError when a backup must not be put here; what a restore that was cut off left is
    removed.
    """
    if manifest.engine != database.url.get_backend_name():
        raise SurveyError("backup_engine_differs", engine=manifest.engine)
    if manifest.label != settings.label:
        raise SurveyError("label_differs", label=manifest.label, asked=settings.label)
    if settings.restore_mark.exists():
        remove_rest(database)
    if not is_empty(database):
        raise SurveyError("restore_not_empty")


def remove_rest(database: Database) -> None:
    """Take away what a restore that was cut off put here."""
    if not database.is_sqlite:
        empty_postgres(database)
        return
    path = Path(str(database.url.database))
    for one in (path, *(Path(f"{path}{end}") for end in ("-wal", "-shm"))):
        one.unlink(missing_ok=True)


def find_erasures(
    settings: Settings, keys: KeyRing, pepper: bytes, manifest: Manifest, *, accept_gap: bool
) -> erasures.Erasures | None:
    """What has been erased since the backup. Raises SurveyError backup_too_old and erasures_gap."""
    age = datetime.now(UTC) - manifest.made_at
    if age > timedelta(days=settings.backup_days) and not accept_gap:
        raise SurveyError("backup_too_old", days=age.days, most=settings.backup_days)
    known = ErasureList(keys, pepper, settings.backup_days).read()
    return check_reach(known, manifest.made_at.date(), accept_gap=accept_gap)


def put_mark(settings: Settings, folder: Path) -> None:
    """Say that a backup is being put back. Raises SurveyError key_unwritable."""
    try:
        write_private(settings.restore_mark, folder.name)
    except OSError:
        raise SurveyError("key_unwritable", file=settings.restore_mark.as_posix()) from None


def put_back(database: Database, file: Path) -> None:
    """The database as the backup has it. Raises SurveyError backup_damaged, database_full, pg_restore_*."""
    if not database.is_sqlite:
        fill_postgres(database, file)
        return
    check_copy(file)
    path = Path(str(database.url.database))
    half = path.with_suffix(".restoring")
    try:
        path.parent.mkdir(mode=FOLDER_OF_OWNER, parents=True, exist_ok=True)
        shutil.copyfile(file, half)
        half.chmod(0o600)
        with half.open("rb+") as written:
            os.fsync(written.fileno())
        half.replace(path)
        sync_folder(path.parent)
    except OSError:
        raise SurveyError("database_full") from None
    finally:
        half.unlink(missing_ok=True)


def finish(installation: Installation, manifest: Manifest, known: erasures.Erasures | None) -> Replayed:
    """Bring what was put back to this code, make it forget, sign everybody out, and note the log anew."""
    database = installation.database
    migrate(database)
    check_pepper(installation)
    done = Replayed()
    if known is not None:
        done = replay_erasures(installation, known, since=manifest.made_at.date())
    with database.write() as connection:
        ended = sessions.revoke_all(connection, time.time())
        account_links.end_all(connection, time.time())
        facts = {"made": manifest.made, "sessions": ended, "list": known is not None}
        audits.add_event(connection, "backup put back", "database", by=SYSTEM, **facts)
    seal_events(installation, anew=True)
    return done


def check_pepper(installation: Installation) -> None:
    """Raises SurveyError key_differs when the keys here are not the database's."""
    with installation.database.read(newest=True) as connection:
        known = installations.find_installation(connection)
    check = hash_keyed(installation.pepper, "check")
    if known is None or not hmac.compare_digest(check, known.pepper_check):
        raise SurveyError("key_differs", file=installation.keys.pepper_file.as_posix())
