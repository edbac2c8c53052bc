"""Which lines of a population file hold numbers, and which of their columns say what.

Two ways of writing are read: a plain CSV with the columns code, age, gender, people and perhaps year, and
what Statistics Sweden's database (PxWeb) saves as text: with or without a title line, divided by comma,
semicolon, tab or space, the years as column heads or in a column, in UTF-8 or Windows-1252.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from survey.importing.table import Row, tidy
from survey.population.bands import Total, read_gender

DELIMITERS = (";", "\t", ",", " ")
HEADER_WITHIN = 40  # rows from the top: above the columns stand at most a title and a few notes
BINARY_SIGNS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")  # xlsx, xls, pdf
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16, "Unicode text" in Excel

NAMES = {
    "code": ("code", "kommunkod", "region", "kommun", "municipality"),
    "age": ("age", "ålder", "age_band", "åldersgrupp"),
    "gender": ("gender", "kön", "sex"),
    "year": ("year", "år"),
    "contents": ("tabellinnehåll", "contents"),
}
CONTENTS = frozenset({"folkmängd", "antal", "invånare", "people", "population", "number", "value", "värde"})
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Numbers:
    """A column of numbers, with the year and the gender its head names, None for what it does not."""

    place: int
    year: int | None = None
    gender: str | None = None


@dataclass(frozen=True)
class Header:
    """Where what stands. `places` has the columns that were found, by their name in NAMES."""

    line: int
    width: int
    places: dict[str, int]
    numbers: tuple[Numbers, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What a file must have and this header has not, by its name in the plain CSV."""
        in_heads = bool(self.numbers) and all(column.gender for column in self.numbers)
        needed = ["code", "age"] if in_heads else ["code", "age", "gender"]
        lacking = tuple(name for name in needed if name not in self.places)
        return lacking if self.numbers else (*lacking, "people")


@dataclass(frozen=True)
class Sheet:
    """A file that could be read: its header, and the rows below it. Every cell is tidied."""

    header: Header
    rows: tuple[Row, ...]


def decode(content: bytes) -> str | None:
    """The text of a file, whichever of the usual encodings it is in; None when it is no text."""
    if content.startswith(BYTE_ORDER_MARKS):
        return _try_decode(content, "utf-16")
    if content.startswith(BINARY_SIGNS) or b"\0" in content:
        return None
    text = _try_decode(content, "utf-8-sig")
    return text if text is not None else _try_decode(content, "cp1252")


def _try_decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def read_sheet(text: str) -> Sheet | None:
    """The header and what is below it, divided by whichever sign gives the most columns that are known.

    The header may lack columns (`missing`); then it is the row that came nearest. None when the text cannot
    be divided into fields.
    """
    try:
        divided = {
            delimiter: list(islice(divide(text, delimiter), HEADER_WITHIN)) for delimiter in DELIMITERS
        }
        headers = [(delimiter, read_header(row)) for delimiter, rows in divided.items() for row in rows]
        delimiter, header = min(headers, key=lambda found: len(found[1].missing))
        rows = tuple(row for row in divide(text, delimiter) if row.line > header.line)
    except csv.Error:
        return None
    return Sheet(header, rows)


def divide(text: str, delimiter: str) -> Iterator[Row]:
    """The rows that have something in them, with their lines as a text editor counts."""
    line = 1
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != " ")
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Row(line, tuple(tidy(cell) for cell in cells))
        line = reader.line_num + 1


def read_header(row: Row) -> Header:
    """What a row says if it is the header."""
    heads = [cell.casefold() for cell in row.cells]
    places = {
        column: heads.index(name)
        for column, names in NAMES.items()
        if (name := next((one for one in names if one in heads), None)) is not None
    }
    numbers = tuple(
        found
        for place, head in enumerate(heads)
        if place not in places.values() and (found := read_head(place, head)) is not None
    )
    return Header(row.line, len(heads), places, numbers)


def read_head(place: int, head: str) -> Numbers | None:
    """The column of numbers that a head such as "people", "2024" or "folkmängd kvinnor 2024" stands for.

    None for any other head, and for one of both genders together.
    """
    words = head.split()
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    others = [word for word in words if not _YEAR.fullmatch(word) and word not in CONTENTS]
    said = " ".join(others)
    gender = read_gender(said) if said and not said.isdigit() else None
    if not words or len(years) > 1 or (said and gender is None) or isinstance(gender, Total):
        return None
    return Numbers(place, years[0] if years else None, gender)


def list_columns_known(names: Sequence[str]) -> str:
    """What columns may be called, for the advice to somebody whose file lacks them."""
    known = {**NAMES, "people": ("people", "2024")}
    return "; ".join(" / ".join(known[name]) for name in names)
