"""What stands in an Excel file from outside: opened within bounds, nothing computed, every cell as text."""

# openpyxl carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from survey.errors import SurveyError

ZIP_SIGN = b"PK\x03\x04"
OLE_SIGN = b"\xd0\xcf\x11\xe0"  # Excel before 2007, and any file that is locked with a password
MEGABYTE = 1_000_000
MOST_PARTS = 2_000  # files inside the file
MOST_MERGES = 10_000
CHUNK = 1 << 20  # bytes looked through at a time
OVERLAP = 256  # bytes of one piece that are looked at with the next: longer than any sign that is looked for
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
ZEROS = re.compile(r"0{2,20}")  # a number format that fills up with zeros, as for 0780
DIGITS = 15  # that Excel itself keeps of a number
EMPTY_FORMULA, ERROR, MERGED = "formula_empty", "cell_error", "cell_merged"
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    SyntaxError,  # lxml's own of what is no XML
    DefusedXmlException,
    KeyError,
    IndexError,
    AttributeError,
    ValueError,
    TypeError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True)
class Bounds:
    """How large a file may be: megabytes unpacked, rows and columns of a sheet."""

    megabytes: int
    rows: int
    columns: int


@dataclass(frozen=True)
class SheetRow:
    """One row that has something on it. `number` is the row's in Excel.

    `troubles` are cells, by column from 0, that say less than they seem to: a formula without its value, an
    error, a cell that is part of a larger one.
    """

    number: int
    cells: tuple[str, ...]
    troubles: Mapping[int, str] = field(default_factory=dict[int, str])


@dataclass(frozen=True)
class Workbook:
    """A file that is open: its sheets' names, those that are no tables left out."""

    name: str
    bounds: Bounds
    source: Path | IO[bytes] = field(repr=False)
    books: list[Any] = field(repr=False)  # with values as last computed; then with formulas

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(sheet.title for sheet in self.books[0].worksheets)

    def read_rows(self, sheet: str) -> Iterator[SheetRow]:
        """The rows of a sheet, those without anything left out.

        Raises SurveyError workbook_rows and workbook_columns for a sheet that is larger than it may be, and
        workbook_unreadable.
        """
        try:
            yield from self.walk(sheet)
        except BROKEN:
            raise SurveyError("workbook_unreadable", file=self.name) from None

    def walk(self, sheet: str) -> Iterator[SheetRow]:
        has_formulas, merges = scan_sheet(self.books[0], self.books[0][sheet])
        if has_formulas and len(self.books) == 1:
            self.books.append(load(self.source, only_values=False))
        walked = [book[sheet] for book in (self.books if has_formulas else self.books[:1])]
        for one in walked:
            one.reset_dimensions()  # what a file says of its own size is not believed
        rows = (one.iter_rows() for one in walked)
        for number, beside in enumerate(zip(*rows, strict=True), start=1):
            if number > self.bounds.rows:
                raise SurveyError("workbook_rows", file=self.name, sheet=sheet, limit=self.bounds.rows)
            most = self.bounds.columns
            row = read_row(number, beside[0][: most + 1], beside[-1][: most + 1], merges)
            if len(row.cells) > most or any(cell.value is not None for cell in beside[0][most:]):
                raise SurveyError("workbook_columns", file=self.name, sheet=sheet, limit=self.bounds.columns)
            if any(row.cells) or row.troubles:
                yield row


@contextmanager
def open_workbook(source: Path | IO[bytes], *, name: str, bounds: Bounds) -> Generator[Workbook]:
    """An Excel file (.xlsx), open for as long as the block lasts.

    Raises SurveyError: workbook_old for one from before 2007 or with a password, workbook_large for one that
    unfolds to more than it may, and workbook_unreadable.
    """
    books: list[Any] = []
    try:
        check_package(source, name, bounds)
        books.append(load(source, only_values=True))
    except BROKEN:
        close_books(books)
        raise SurveyError("workbook_unreadable", file=name) from None
    try:
        yield Workbook(name, bounds, source, books)
    finally:
        close_books(books)


def load(source: Path | IO[bytes], *, only_values: bool) -> Any:
    """The file as openpyxl reads it, row by row. Raises one of BROKEN."""
    from openpyxl import load_workbook  # here: a start goes without
    from openpyxl.utils.exceptions import InvalidFileException

    rewind(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, of parts of a file that nobody asked for
        try:
            return load_workbook(source, read_only=True, data_only=only_values)
        except InvalidFileException:
            raise zipfile.BadZipFile from None


def close_books(books: list[Any]) -> None:
    for book in books:
        book.close()


def rewind(source: Path | IO[bytes]) -> None:
    if not isinstance(source, Path):
        source.seek(0)


def read_sign(source: Path | IO[bytes]) -> bytes:
    """The first four bytes of a file. Raises OSError."""
    if isinstance(source, Path):
        with source.open("rb") as opened:
            return opened.read(4)
    source.seek(0)
    return source.read(4)


def check_package(source: Path | IO[bytes], name: str, bounds: Bounds) -> None:
    """Raises SurveyError for what is no file to open. The unpacked size is what the archive itself goes by:
    a part that says less than it holds is cut there, and is then broken."""
    sign = read_sign(source)
    if sign == OLE_SIGN:
        raise SurveyError("workbook_old", file=name)
    if sign != ZIP_SIGN:
        raise SurveyError("workbook_unreadable", file=name)
    rewind(source)
    with zipfile.ZipFile(source) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > bounds.megabytes * MEGABYTE:
        raise SurveyError("workbook_large", file=name, limit=bounds.megabytes)


def scan_sheet(book: Any, sheet: Any) -> tuple[bool, dict[int, list[tuple[int, int]]]]:
    """Whether a sheet has formulas, and which columns of which rows are parts of merged cells.

    openpyxl tells neither when it reads row by row; the first cell of a merged area has the value, and the
    others look empty.
    """
    formulas, kept = False, b""
    found: set[bytes] = set()
    with book._archive.open(sheet._worksheet_path) as part:
        while chunk := part.read(CHUNK):
            piece = kept + chunk
            formulas = formulas or FORMULA.search(piece) is not None
            found.update(MERGE.findall(piece))
            kept = piece[-OVERLAP:]
    return formulas, list_merged(found)


def list_merged(refs: set[bytes]) -> dict[int, list[tuple[int, int]]]:
    """The first and last column (from 0) of the merged areas, by row."""
    from openpyxl.utils import range_boundaries

    merged: dict[int, list[tuple[int, int]]] = {}
    for ref in sorted(refs)[:MOST_MERGES]:
        left, top, right, bottom = (side or 1 for side in range_boundaries(ref.decode("ascii")))
        for row in range(top, min(bottom, top + MOST_MERGES) + 1):
            merged.setdefault(row, []).append((left - 1, right - 1))
    return merged


def read_row(
    number: int,
    values: tuple[Any, ...],
    formulas: tuple[Any, ...],
    merges: Mapping[int, list[tuple[int, int]]],
) -> SheetRow:
    """The row as text, without the empty cells at its end."""
    cells = [write_cell(cell) for cell in values]
    troubles: dict[int, str] = {}
    for column, cell in enumerate(values):
        if cell.data_type == "e" and cell.value is not None:
            troubles[column] = ERROR
    if formulas is not values:
        for column, cell in enumerate(formulas):
            if cell.data_type == "f" and (column >= len(values) or values[column].value is None):
                troubles[column] = EMPTY_FORMULA
    for left, right in merges.get(number, ()):
        troubles.update(dict.fromkeys(range(left, min(right, len(cells) + 1) + 1), MERGED))
    while cells and not cells[-1]:
        cells.pop()
    return SheetRow(number, tuple(cells), troubles)


def write_cell(cell: Any) -> str:
    """A cell as its reader sees it: a whole number without decimals, a day as 2026-05-04, "" for nothing."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return fill_up(write_number(value), cell.number_format)
    return write_moment(value)


def write_number(value: float) -> str:
    """A number as text: 5 for 5.0, and no more digits than Excel keeps."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 10**DIGITS):
        return str(int(value))
    return f"{value:.{DIGITS}g}"


def fill_up(number: str, form: str | None) -> str:
    """A number with the zeros in front that its cell's format shows: 780 as 0780."""
    return number.zfill(len(form)) if form and number.isdigit() and ZEROS.fullmatch(form) else number


def write_moment(value: object) -> str:
    """A day, with its time where it has one."""
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time()
            else value.isoformat(sep=" ", timespec="seconds")
        )
    return value.isoformat() if isinstance(value, date | time) else str(value)
