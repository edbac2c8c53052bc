"""Where is it noted, outside the database, how far the audit log had come?"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from survey.errors import SurveyError
from survey.installation import Installation

NAME = "audit-newest.json"


@dataclass(frozen=True)
class Note:
    """The numbers of the first and the newest link of the chain, and the hash of the newest."""

    first: int
    number: int
    hash: bytes


def find_file(installation: Installation) -> Path:
    """The file beside the keys: in their second place where there is one, which all machines share."""
    keys = installation.keys
    return (keys.copies or keys.folder) / NAME


def keep_note(installation: Installation, note: Note) -> None:
    """Write the newest link down, whole or not at all. Raises SurveyError key_unwritable."""
    path = find_file(installation)
    half = path.with_suffix(f".{secrets.token_hex(6)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"first": note.first, "number": note.number, "hash": note.hash.hex()}, file)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        raise SurveyError("key_unwritable", file=path.as_posix()) from None
    finally:
        half.unlink(missing_ok=True)


def read_note(installation: Installation) -> Note | None:
    """What was written down last; None when nothing has been.

    Raises SurveyError key_unreadable when there is a file that says nothing that can be understood.
    """
    path = find_file(installation)
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Note(int(said["first"]), int(said["number"]), bytes.fromhex(said["hash"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise SurveyError("key_unreadable", file=path.as_posix()) from None
