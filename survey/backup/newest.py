"""When was the last backup made here, and where does it lie?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from survey.backup.private_files import write_private
from survey.settings import Settings


@dataclass(frozen=True)
class Newest:
    """The newest backup: when it was begun, and its folder."""

    made: datetime
    folder: Path


def find_note(settings: Settings) -> Path:
    """The file that says so, beside the database."""
    return settings.var_dir / f"{'demonstration-' if settings.demo else ''}backup-newest.json"


def note_newest(settings: Settings, newest: Newest) -> None:
    """Write it down. Raises OSError."""
    said = {"made": newest.made.isoformat(), "folder": newest.folder.as_posix()}
    write_private(find_note(settings), json.dumps(said))


def find_newest(settings: Settings) -> Newest | None:
    """The newest backup that was made here; None when none was, or what is written cannot be read."""
    try:
        said = json.loads(find_note(settings).read_text(encoding="utf-8"))
        return Newest(datetime.fromisoformat(said["made"]), Path(said["folder"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
