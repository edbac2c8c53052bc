"""Where do the open data's files lie for those who fetch them in the app, and when are they made anew?

Once for each state of what is published: the folder's name is made of the publications' checksums, so that a
correction or a new month gets another, and every process of the machine finds the same.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from survey.errors import SurveyError
from survey.insight.open_data.export import choose_survey, export_open_data
from survey.insight.open_data.files import CODEBOOK_JSON, FILES
from survey.insight.published import list_all_publications, list_surveys
from survey.installation import Installation
from survey.store.publications import Publication
from survey.version import VERSION

FOLDER = "open-data"  # under VAR_DIR
FOLDERS_KEPT = 2  # of a survey: the newest, and the one before, which somebody may be fetching from


@dataclass(frozen=True)
class KeptFile:
    """A file that can be fetched, and how large it is."""

    name: str
    bytes: int


def list_files(installation: Installation, survey: str) -> tuple[KeptFile, ...]:
    """The files of a survey as it is published now; made first where they are not there yet.

    Raises SurveyError nothing_published, export_survey_unknown, export_not_written and database_*.
    """
    folder = find_folder(installation, survey)
    return tuple(KeptFile(name, (folder / name).stat().st_size) for name in FILES)


def find_kept_file(installation: Installation, survey: str, name: str) -> Path:
    """A file of a survey. Raises SurveyError export_file_unknown besides what list_files raises."""
    if name not in FILES:
        raise SurveyError("export_file_unknown")
    return find_folder(installation, survey) / name


def find_folder(installation: Installation, survey: str) -> Path:
    """The folder of what is published of a survey now. Who comes while it is made waits for it."""
    chosen, _ = choose_survey(list_surveys(installation), survey)
    root = installation.settings.var_dir / FOLDER
    folder = root / name_folder(chosen, list_all_publications(installation, chosen))
    if (folder / CODEBOOK_JSON).is_file():  # the last that is put in its place
        return folder
    with alone(root, chosen):
        if not (folder / CODEBOOK_JSON).is_file():
            export_open_data(installation, folder, survey=chosen)
            remove_older(root, chosen, folder)
    return folder


def name_folder(survey: str, published: Sequence[Publication]) -> str:
    """Another name for everything else that is published, and for another version of the program."""
    seal = hashlib.sha256(VERSION.encode())
    for one in published:
        seal.update(f"{one.month} {one.revision} {one.checksum}\n".encode())
    return f"{survey}-{seal.hexdigest()[:16]}"


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
    """Make the files of every survey that has something published, so that nobody waits for them."""
    for survey in list_surveys(installation):
        find_folder(installation, survey)
