"""What does a backup say of itself, and can that be believed?"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from survey.answering.keys import hash_keyed
from survey.backup.private_files import write_private
from survey.errors import SurveyError

NAME = "manifest.json"
FORMAT = 1
AT_ONCE = 2**20  # bytes that are read at a time
FILES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}


@dataclass(frozen=True)
class Manifest:
    """When a backup was begun, of what, by which code, and how its file is told from any other.

    `published` are rows of what everybody may see; nothing else is counted. `keys` names the key files that
    the database needs; they are never in the backup.
    """

    format: int
    made: str
    engine: str
    label: str
    revision: str
    code: str
    size: int
    sha256: str
    published: Mapping[str, int]
    keys: tuple[str, ...]

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.made)

    @property
    def file(self) -> str:
        return FILES[self.engine]


def write_manifest(folder: Path, manifest: Manifest, pepper: bytes) -> None:
    """Write the manifest with a seal that only who has the keys can make. Raises OSError."""
    said = {**asdict(manifest), "keys": list(manifest.keys)}
    write_private(folder / NAME, json.dumps({**said, "seal": seal(said, pepper)}, indent=1))


def seal(said: Mapping[str, object], pepper: bytes) -> str:
    return hash_keyed(pepper, "backup manifest", json.dumps(said, sort_keys=True).encode()).hex()


def read_manifest(folder: Path, pepper: bytes | None = None) -> Manifest:
    """The manifest of a backup, its seal checked where a pepper is given.

    Raises SurveyError backup_unknown when there is none that can be read, and backup_foreign when its seal
    is of another installation's keys or it has been changed.
    """
    try:
        said: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        sealed = str(said.pop("seal"))
        told: dict[str, Any] = {**said, "keys": tuple(said["keys"])}
        manifest = Manifest(**told)
        if manifest.format != FORMAT or manifest.engine not in FILES or manifest.made_at.tzinfo is None:
            raise SurveyError("backup_unknown", folder=folder.as_posix())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise SurveyError("backup_unknown", folder=folder.as_posix()) from None
    if pepper is not None and not hmac.compare_digest(sealed, seal(said, pepper)):
        raise SurveyError("backup_foreign", folder=folder.as_posix())
    return manifest


def check_file(folder: Path, manifest: Manifest) -> Path:
    """The backup's file. Raises SurveyError backup_damaged when it is not the one that was written."""
    path = folder / manifest.file
    try:
        whole = path.stat().st_size == manifest.size and hash_file(path) == manifest.sha256
    except OSError:
        whole = False
    if not whole:
        raise SurveyError("backup_damaged", file=path.name)
    return path


def hash_file(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            found.update(piece)
    return found.hexdigest()
