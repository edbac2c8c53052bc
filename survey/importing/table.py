"""What stands in a table from elsewhere: its columns and rows; here of a CSV file, with the lines."""

from __future__ import annotations

import codecs
import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from survey.errors import SurveyError

CHUNK = 1 << 20  # bytes read at a time when only the encoding is looked at
LONGEST_FIELD = 131_072  # characters; a longer field is a quotation mark that was never closed
UTF_8 = ("utf-8", "utf-8-sig")


@dataclass(frozen=True)
class Row:
    """One row. `line` counts from 1 as the program does that people open the file with: a text editor's
    lines, also where fields hold line breaks; a spreadsheet's rows; the cases of SPSS.

    `troubles` are cells, by column from 0, whose value cannot be believed: `import.reason.<code>`.
    """

    line: int
    cells: tuple[str, ...]
    troubles: Mapping[int, str] = field(default_factory=dict[int, str])


class Table(Protocol):
    """A file with columns and rows, which is read anew each time and never held whole."""

    @property
    def kind(self) -> str:
        """What kind of file it is: csv, excel or spss."""
        ...

    def check_encoding(self) -> None:
        """Raises SurveyError import_* for texts that are about to be read as something else."""
        ...

    def read_header(self) -> tuple[str, ...]:
        """The columns' names, tidied. Raises SurveyError import_* and workbook_*."""
        ...

    def read_rows(self) -> Iterator[Row]:
        """The rows below the header; those with nothing in them are no rows. Raises as read_header does."""
        ...


@dataclass(frozen=True)
class CsvTable:
    """A CSV file with the way it is written. It is read anew each time and never held whole."""

    path: Path
    encoding: str
    delimiter: str
    kind: str = "csv"

    def read_header(self) -> tuple[str, ...]:
        """The columns' names, tidied. Raises what read_lines does, and SurveyError import_file_empty."""
        header = next(self.read_lines(), None)
        if header is None:
            raise SurveyError("import_file_empty", file=self.path.as_posix())
        return tuple(tidy(name) for name in header.cells)

    def read_rows(self) -> Iterator[Row]:
        """The rows below the header; lines with nothing on them are no rows. Raises what read_lines does."""
        rows = self.read_lines()
        next(rows, None)
        return rows

    def read_lines(self) -> Iterator[Row]:
        """Every line that has something on it, the header first.

        Raises SurveyError: import_file_unreadable when the file is missing or may not be read,
        import_encoding_wrong when it is in another encoding, and import_file_broken, with the line,
        where quotation marks do not match, since from there on nobody can tell what belongs to which row.
        """
        csv.field_size_limit(LONGEST_FIELD)
        line = 1
        try:
            with self.path.open(encoding=self.encoding, newline="") as text:
                reader = csv.reader(text, delimiter=self.delimiter, strict=True)
                for cells in reader:
                    if cells:
                        yield Row(line, tuple(cells))
                    line = reader.line_num + 1
        except OSError:
            raise SurveyError("import_file_unreadable", file=self.path.as_posix()) from None
        except UnicodeError:
            raise SurveyError(
                "import_encoding_wrong", file=self.path.as_posix(), encoding=self.encoding
            ) from None
        except csv.Error:
            raise SurveyError("import_file_broken", file=self.path.as_posix(), line=line) from None

    def check_encoding(self) -> None:
        """Raises SurveyError import_encoding_wrong for UTF-8 that is about to be read as something else.

        cp1252 and its kin read any bytes, so that å would come in as two strange letters without a word.
        """
        name = codecs.lookup(self.encoding).name
        if name not in UTF_8 and len("å".encode(name)) == 1 and is_utf_8(self.path):
            raise SurveyError("import_encoding_wrong", file=self.path.as_posix(), encoding=self.encoding)


def is_utf_8(path: Path) -> bool:
    """Whether a file has letters beyond ASCII and all of them are UTF-8. False when it cannot be read."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    beyond = False
    try:
        with path.open("rb") as source:
            while chunk := source.read(CHUNK):
                beyond = beyond or not chunk.isascii()
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except (OSError, UnicodeDecodeError):
        return False
    return beyond


def tidy(text: str) -> str:
    """A name or a code as it is compared: one plain space between words, no mark of byte order.

    No-break spaces, doubled spaces and line breaks inside names are how spreadsheets differ from each other.
    """
    return " ".join(unicodedata.normalize("NFC", text).replace("\ufeff", "").split())
