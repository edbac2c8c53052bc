"""How do the files of an export come into a folder: all of them or none, and nothing else touched?"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from survey.errors import SurveyError

WRITING = ".export-being-written"  # a folder in the export's own, so that a rename is enough
NAMES_TOLD = 3  # of files that are not ours, in an error
IsOurs = Callable[[str], bool]  # whether a file of that name is one of an export's


@contextmanager
def written_whole(folder: Path, is_ours: IsOurs, *, last: Sequence[str] = ()) -> Generator[Path]:
    """A folder to write in; when the block ends well its files take the place of those there were.

    Those named in `last` are put in their place after the others, in that order; files of ours that were not
    written anew are gone. Raises SurveyError export_not_folder, export_foreign_files when the folder has
    others than ours, and export_not_written. When the block fails nothing in the folder has changed.
    """
    try:
        with prepared(folder, is_ours) as writing:
            yield writing
            written = {path.name for path in writing.iterdir()}
            for name in [*sorted(written.difference(last)), *(one for one in last if one in written)]:
                (writing / name).replace(folder / name)
            for path in folder.iterdir():
                if path.name not in written and path.name != WRITING and may_replace(path, is_ours):
                    path.unlink()
    except (FileExistsError, NotADirectoryError):
        raise SurveyError("export_not_folder", folder=str(folder)) from None
    except OSError as wrong:
        told = wrong.strerror or type(wrong).__name__
        raise SurveyError("export_not_written", folder=str(folder), cause=told) from None


@contextmanager
def prepared(folder: Path, is_ours: IsOurs) -> Generator[Path]:
    """An empty folder to write in, gone when the block ends; what a killed export left there goes first."""
    folder.mkdir(parents=True, exist_ok=True)
    foreign = sorted(path.name for path in folder.iterdir() if not may_replace(path, is_ours))
    if foreign:
        names = ", ".join(foreign[:NAMES_TOLD])
        raise SurveyError("export_foreign_files", folder=str(folder), files=names)
    writing = folder / WRITING
    if writing.exists():
        shutil.rmtree(writing)
    writing.mkdir()
    try:
        yield writing
    finally:
        shutil.rmtree(writing, ignore_errors=True)


def may_replace(path: Path, is_ours: IsOurs) -> bool:
    """Whether something in the folder came from an export like this one."""
    return path.name == WRITING or (is_ours(path.name) and not path.is_dir())
