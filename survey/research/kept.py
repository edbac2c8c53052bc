"""Where does a file for research lie until it is fetched, and how long?"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from survey.errors import SurveyError
from survey.installation import Installation

FOLDER = "research"  # under VAR_DIR; only the owner of the process may look into it
KEPT_DAYS = 7  # a file lies to be fetched, and then it is removed
STALE = 86_400  # seconds; what is still being made is younger
OWNER_ONLY_FOLDER = 0o700


def find_file(installation: Installation, agreement_id: str) -> Path:
    """Where the file of an agreement lies, or would."""
    return installation.settings.var_dir / FOLDER / f"{agreement_id}.zip"


def make_folder(installation: Installation) -> Path:
    """The folder of the files. Raises SurveyError research_not_written when it cannot be made."""
    folder = installation.settings.var_dir / FOLDER
    try:
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    except OSError as wrong:
        raise SurveyError("research_not_written", cause=wrong.strerror or type(wrong).__name__) from None
    return folder


def remove_file(installation: Installation, agreement_id: str) -> None:
    """Remove an agreement's file, where there is one."""
    find_file(installation, agreement_id).unlink(missing_ok=True)


def remove_strays(installation: Installation, living: frozenset[str]) -> None:
    """Remove what no agreement knows of: files of those that are over, and what a killed process left."""
    folder = installation.settings.var_dir / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_file() and path.stem not in living:
            path.unlink(missing_ok=True)
        elif path.is_dir() and path.stat().st_mtime < time.time() - STALE:
            shutil.rmtree(path, ignore_errors=True)
