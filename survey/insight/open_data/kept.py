"""Where do the open data's files lie for those who fetch them in the app, and when are they made anew?

Once for each state of what is published: the folder's name is made of the publications' checksums, so that a
correction or a new month gets another, and every process of the machine finds the same.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import shutil
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from survey.errors import SurveyError
from survey.insight.open_data.export import choose_survey, export_open_data
from survey.insight.open_data.files import CODEBOOK_JSON, FILES
from survey.insight.published import list_all_publications, list_surveys
from survey.installation import Installation
from survey.logs import locate_fault
from survey.version import VERSION

log = logging.getLogger(__name__)
_noting, _being_made = threading.Lock(), set[str]()
FOLDER = "open-data"  # under VAR_DIR
FOLDERS_KEPT = 2  # of a survey: the newest, and the one before, which somebody may be fetching from


@dataclass(frozen=True)
class KeptFile:
    """A file that can be fetched, and how large it is."""

    name: str
    bytes: int


def list_files(installation: Installation, survey: str) -> tuple[KeptFile, ...] | None:
    """The files of a survey as it is published now; None when they are not there yet.

    Raises SurveyError nothing_published, export_survey_unknown and database_*.
    """
    folder = name_folder(installation, survey)
    if not is_made(folder):
        return None
    return tuple(KeptFile(name, (folder / name).stat().st_size) for name in FILES)


def find_kept_file(installation: Installation, survey: str, name: str) -> Path:
    """A file of a survey, made first where it is not there yet.

    Raises SurveyError export_file_unknown, export_not_written, and as list_files.
    """
    if name not in FILES:
        raise SurveyError("export_file_unknown")
    return find_folder(installation, survey) / name


def find_folder(installation: Installation, survey: str) -> Path:
    """The folder of what is published of a survey now. Who comes while it is made waits for it."""
    folder = name_folder(installation, survey)
    if not is_made(folder):
        with alone(folder.parent, survey):
            if not is_made(folder):
                export_open_data(installation, folder, survey=survey)
                remove_older(folder.parent, survey, folder)
    return folder


def is_made(folder: Path) -> bool:
    """Whether a folder is whole: this file is the last that is put in its place."""
    return (folder / CODEBOOK_JSON).is_file()


def name_folder(installation: Installation, survey: str) -> Path:
    """Where the files are, or will be: another folder for everything else that is published, and for another
    version of the program."""
    choose_survey(list_surveys(installation), survey)
    seal = hashlib.sha256(VERSION.encode())
    for one in list_all_publications(installation, survey):
        seal.update(f"{one.month} {one.revision} {one.checksum}\n".encode())
    return installation.settings.var_dir / FOLDER / f"{survey}-{seal.hexdigest()[:16]}"


@contextmanager
def alone(root: Path, survey: str) -> Generator[None]:
    """Only one process and thread of the machine at a time. Raises SurveyError export_not_written."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = (root / f".{survey}.lock").open("w")
    except OSError as wrong:
        raise SurveyError(
            "export_not_written", folder=str(root), cause=wrong.strerror or type(wrong).__name__
        ) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def remove_older(root: Path, survey: str, newest: Path) -> None:
    """Remove what was published before the one before."""
    others = [path for path in root.glob(f"{survey}-*") if path.is_dir() and path != newest]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[FOLDERS_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def make_kept_files(installation: Installation) -> None:
    """Make the files of every survey that has something published, so that nobody waits for them.

    In a demonstration only when somebody asks: its first minute is for looking round.
    """
    for survey in () if installation.is_demo else list_surveys(installation):
        find_folder(installation, survey)


def make_soon(installation: Installation, survey: str) -> None:
    """Make the files in the background, once however many ask. What goes wrong is logged."""
    if is_new(survey):
        threading.Thread(target=make_quietly, args=(installation, survey), daemon=True).start()


def is_new(survey: str) -> bool:
    """Whether this process does not make the files of a survey already; from now on it does."""
    with _noting:
        if survey in _being_made:
            return False
        _being_made.add(survey)
        return True


def make_quietly(installation: Installation, survey: str) -> None:
    try:
        find_folder(installation, survey)
    except SurveyError as wrong:
        log.error("the files of open data could not be made: %s", wrong)
    except Exception as fault:
        log.error("the files of open data could not be made: %s", locate_fault(fault))
    finally:
        with _noting:
            _being_made.discard(survey)
