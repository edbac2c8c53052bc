"""Which lines of an indicator file hold values, and which of its columns say what?"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass

from survey.importing.table import Row
from survey.indicators.model import Direction
from survey.population.faults import Faults
from survey.population.read import decode, divide

DELIMITERS = (";", "\t", ",")
MOST_BYTES = 5_000_000  # a file with every municipality, 50 indicators and 10 years is about half of it

NAMES: Mapping[str, tuple[str, ...]] = {
    "indicator": ("indicator", "indikator", "nyckeltal"),
    "name_sv": ("name_sv", "namn", "namn_sv"),
    "name_en": ("name_en", "namn_en"),
    "unit": ("unit", "enhet"),
    "direction": ("direction", "riktning"),
    "area": ("area", "område", "kommun", "kommunkod"),
    "period": ("period", "år"),
    "value": ("value", "värde"),
    "source": ("source", "källa"),
    "note": ("note", "anmärkning"),
    "dimension": ("dimension",),
}
OPTIONAL = frozenset({"name_en", "note", "dimension"})

_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,10})?")
_SPACES = str.maketrans({" ": "", "\u00a0": "", "\u2009": "", "\u202f": "", "\u2212": "-"})
MISSING = frozenset({"", ".", "..", "...", "-", "–", "saknas", "missing"})
_DIRECTIONS = {
    Direction.HIGHER: ("higher", "högre", "högre är bättre"),
    Direction.LOWER: ("lower", "lägre", "lägre är bättre"),
    Direction.NEITHER: ("neither", "ingen"),
}


@dataclass(frozen=True)
class Sheet:
    """A file that could be read: the line and width of its header, its columns' places, and its rows."""

    line: int
    width: int
    places: Mapping[str, int]
    rows: tuple[Row, ...]


def read_sheet(content: bytes, faults: Faults) -> Sheet | None:
    """The rows of a file that has every column it must; None when it has not, and that is told."""
    if len(content) > MOST_BYTES:
        faults.add("indicator_file_large", 1, "-", limit=MOST_BYTES // 1_000_000)
        return None
    text = decode(content)
    if text is None:
        faults.add("population_not_text", 1, "-")
        return None
    if not text.strip():
        faults.add("population_empty", 1, "-")
        return None
    try:
        sheet = max((divide_sheet(text, one) for one in DELIMITERS), key=lambda found: len(found.places))
    except csv.Error:
        faults.add("population_not_text", 1, "-")
        return None
    return sheet if has_columns(sheet, faults) else None


def divide_sheet(text: str, delimiter: str) -> Sheet:
    """The text divided by a sign; the first row that has something in it is the header."""
    head, *rows = divide(text, delimiter)
    heads = [cell.casefold() for cell in head.cells]
    places = {
        column: heads.index(name)
        for column, names in NAMES.items()
        if (name := next((one for one in names if one in heads), None)) is not None
    }
    return Sheet(head.line, len(heads), places, tuple(rows))


def has_columns(sheet: Sheet, faults: Faults) -> bool:
    """Whether every column is there that must be; those that are not are told together."""
    missing = [name for name in NAMES if name not in sheet.places and name not in OPTIONAL]
    if missing:
        names = "; ".join(" / ".join(NAMES[name]) for name in missing)
        told = {"columns": ", ".join(missing), "names": names}
        faults.add("population_columns_missing", sheet.line, "-", **told)
    elif not sheet.rows:
        faults.add("indicator_no_rows", sheet.line, "-")
    return not missing and bool(sheet.rows)


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no value, which is something else than zero."""
    return text.casefold() in MISSING


def read_value(text: str) -> float | None:
    """A number with a decimal comma or point, spaces between thousands allowed; None when it is none.

    A comma is always a decimal sign: 1,234 is a little more than one.
    """
    plain = text.translate(_SPACES)
    return float(plain.replace(",", ".")) if plain.isascii() and _NUMBER.fullmatch(plain) else None


def read_direction(text: str) -> Direction | None:
    """Which values are better; None when the text does not say."""
    return next((one for one, words in _DIRECTIONS.items() if text.casefold() in words), None)
