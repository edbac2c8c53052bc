"""How the rows that do not come in are listed, so that somebody can mend them."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from analysis.text.masking import mask_text
from survey.errors import SurveyError
from survey.importing.rows import Refusal
from survey.language import Words

SHOWN_CHARACTERS = 40  # of a value that will not do: enough to find it by
DELIMITER = ";"  # what a Swedish spreadsheet expects
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # privacy.md 4


@contextmanager
def open_rejects(path: Path) -> Generator[TextIO]:
    """A file that takes the place of `path` when the block ends well, and leaves it alone otherwise.

    Opened before anything is imported, so that a list that cannot be written is known in time.
    Raises SurveyError import_rejects_unwritable.
    """
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError:
        raise SurveyError("import_rejects_unwritable", file=path.as_posix()) from None
    half = Path(name)
    try:
        # The mark of byte order (utf-8-sig) is how a spreadsheet knows that the file is UTF-8.
        with os.fdopen(number, "w", encoding="utf-8-sig", newline="") as text:
            yield text
            text.flush()
            os.fsync(text.fileno())
        replace_file(half, path)
    finally:
        with suppress(FileNotFoundError):
            half.unlink()


def replace_file(half: Path, path: Path) -> None:
    try:
        half.replace(path)
    except OSError:
        raise SurveyError("import_rejects_unwritable", file=path.as_posix()) from None


def write_rejects(text: TextIO, refusals: Iterable[Refusal], words: Words) -> None:
    """The list in the order of the lines: line, reason, column, value, lines that have to do with it."""
    rows = csv.writer(text, delimiter=DELIMITER)
    rows.writerow(
        (
            words.say("import.column.line"),
            words.say("import.column.reason"),
            words.say("import.column.column"),
            words.say("import.column.value"),
            words.say("import.column.others"),
        )
    )
    for refusal in sorted(refusals, key=lambda one: one.line):
        rows.writerow(list_cells(refusal, words))


def list_cells(refusal: Refusal, words: Words) -> tuple[str, ...]:
    """One row of the list. A value is masked: what stands in a wrong column may be anything."""
    reason = words.say(f"import.reason.{refusal.code}")  # keys: import.reason.*
    value = mask_text(refusal.value).text[:SHOWN_CHARACTERS]
    others = " ".join(str(line) for line in refusal.others)
    return (str(refusal.line), reason, defuse(refusal.column), defuse(value), others)


def defuse(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
