"""Who are letters to? A list of addresses is read in memory, joined with codes, and stored nowhere."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

import phonenumbers
from defusedxml.common import DefusedXmlException

from survey.areas import Areas
from survey.digest.addresses import read_address
from survey.errors import SurveyError
from survey.importing.table import Row, tidy
from survey.population.read import decode, divide

MOST_BYTES = 5_000_000  # 50,000 addresses are about 3.5 MB
MOST_UNPACKED = 60_000_000  # bytes that an XLSX may unfold to
MOST_ROWS = 100_000
MOST_SIGNS = 60  # in one line of an address
MOST_FAULTS = 200  # told at once
DELIMITERS = (";", "\t", ",")
ZIP_SIGN = b"PK\x03\x04"
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")  # letters that the letters' fonts have
COUNTRY = "SE"  # numbers without a country's are this country's

NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("namn", "name"),
    "street": ("adress", "gatuadress", "address", "street"),
    "extra": ("adress2", "c/o", "co", "address2"),
    "code": ("postnummer", "postnr", "postcode"),
    "town": ("ort", "postort", "town", "city"),
    "area": ("kommun", "kommunkod", "municipality"),
    "email": ("e-post", "epost", "email", "e-mail"),
    "phone": ("telefon", "mobil", "phone", "mobile"),
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "letters": ("name", "street", "code", "town"),
    "merge": ("name",),
    "email": ("email",),
    "sms": ("phone",),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong on a line, without what stands there. `code` has a sentence in the catalogue."""

    line: int
    code: str
    column: str = ""


@dataclass(frozen=True)
class Addressee:
    """One row of a list. `area` is a municipality's code, empty where the list has no such column."""

    cells: Mapping[str, str] = field(repr=False)
    area: str = ""

    def list_lines(self) -> tuple[str, ...]:
        """The address as it stands on an envelope."""
        get = self.cells.get
        lines = (get("name", ""), get("extra", ""), get("street", ""), f"{get('code', '')} {get('town', '')}")
        return tuple(line.strip() for line in lines if line.strip())


def read_addresses(
    content: bytes, *, shape: str, areas: Areas, wanted: Mapping[str, int]
) -> tuple[Addressee, ...]:
    """The addressees of a list, CSV or XLSX, as many as there are codes for each municipality of `wanted`.

    With nothing wanted there may be any number of them, from anywhere.

    Raises SurveyError: addresses_large, addresses_unreadable, addresses_columns (with those that are
    missing), addresses_number (a municipality has other numbers of rows and codes) and addresses_wrong,
    whose fact `faults` tells everything that is wrong by line.
    """
    if len(content) > MOST_BYTES:
        raise SurveyError("addresses_large", most=MOST_BYTES // 1_000_000)
    head, rows = read_rows(content)
    places = find_places(head, shape)
    faults: list[Fault] = []
    found = [read_row(row, places, shape, areas, wanted, faults) for row in rows]
    if faults:
        told = tuple(faults[:MOST_FAULTS])
        raise SurveyError("addresses_wrong", number=len(faults), faults=told)
    check_numbers(found, areas, wanted)
    return tuple(found)


def read_rows(content: bytes) -> tuple[Row, tuple[Row, ...]]:
    """The header and the rows below it. Raises SurveyError addresses_unreadable."""
    try:
        rows = list_workbook(content) if content.startswith(ZIP_SIGN) else list_text(content)
    except (csv.Error, zipfile.BadZipFile, KeyError, ValueError, ParseError):
        raise SurveyError("addresses_unreadable") from None
    except (DefusedXmlException, TypeError, OSError, EOFError):
        raise SurveyError("addresses_unreadable") from None
    if not rows or len(rows) > MOST_ROWS + 1:
        raise SurveyError("addresses_unreadable")
    return rows[0], tuple(rows[1:])


def list_text(content: bytes) -> list[Row]:
    """The rows of a CSV, divided by whichever sign gives the most columns that are known."""
    text = decode(content)
    if text is None or not text.strip():
        raise SurveyError("addresses_unreadable")
    csv.field_size_limit(131_072)
    return max((list(divide(text, one)) for one in DELIMITERS), key=lambda rows: len(match(rows[0])))


def list_workbook(content: bytes) -> list[Row]:
    """The rows of an XLSX's first sheet: what a formula came to, never the formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
            raise SurveyError("addresses_large", most=MOST_BYTES // 1_000_000)
    from openpyxl import load_workbook  # here: a start goes without

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        return list(iterate_sheet(sheet.iter_rows(max_col=40, values_only=True)))
    finally:
        book.close()


def iterate_sheet(rows: Iterator[tuple[object, ...]]) -> Iterator[Row]:
    for line, cells in enumerate(rows, start=1):
        if line > MOST_ROWS + 1:
            raise SurveyError("addresses_unreadable")
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield Row(line, tuple("" if cell is None else tidy(str(cell)) for cell in cells))


def match(head: Row) -> dict[str, int]:
    """The places of the columns that are known."""
    heads = [cell.casefold() for cell in head.cells]
    return {
        column: heads.index(name)
        for column, names in NAMES.items()
        if (name := next((one for one in names if one in heads), None)) is not None
    }


def find_places(head: Row, shape: str) -> dict[str, int]:
    """The same; raises SurveyError addresses_columns naming those that a file of a shape needs."""
    places = match(head)
    missing = [NAMES[column][0] for column in NEEDED[shape] if column not in places]
    if missing:
        raise SurveyError("addresses_columns", columns=", ".join(missing))
    return places


def read_row(
    row: Row,
    places: Mapping[str, int],
    shape: str,
    areas: Areas,
    wanted: Mapping[str, int],
    faults: list[Fault],
) -> Addressee:
    """The addressee of a row; what is wrong is added to the faults."""
    cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in places.items()}
    for column in NEEDED[shape]:
        if not cells[column]:
            faults.append(Fault(row.line, "empty", NAMES[column][0]))
    for column, cell in cells.items():
        if len(cell) > MOST_SIGNS:
            faults.append(Fault(row.line, "long", NAMES[column][0]))
        elif not can_print(cell):
            faults.append(Fault(row.line, "signs", NAMES[column][0]))
    if shape == "email" and cells["email"]:
        cells["email"] = read_or_tell(cells["email"], "email", row.line, faults)
    if shape == "sms" and cells["phone"]:
        cells["phone"] = read_or_tell(cells["phone"], "phone", row.line, faults)
    area = find_area(cells["area"], areas) if cells.get("area") and wanted else ""
    if area is None or (area and area not in wanted) or (not area and len(wanted) > 1):
        faults.append(Fault(row.line, "area", NAMES["area"][0]))
    return Addressee(cells, area or "")


def read_or_tell(cell: str, column: str, line: int, faults: list[Fault]) -> str:
    """An e-mail address or a telephone number as it is sent to; empty, and told, when it is none."""
    try:
        return read_address(cell) if column == "email" else read_phone(cell)
    except SurveyError:
        faults.append(Fault(line, f"{column}_wrong", NAMES[column][0]))
        return ""


def read_phone(typed: str) -> str:
    """A number with its country's. Raises SurveyError phone_wrong."""
    try:
        number = phonenumbers.parse(typed, COUNTRY)
    except phonenumbers.NumberParseException:
        raise SurveyError("phone_wrong") from None
    if not phonenumbers.is_valid_number(number):
        raise SurveyError("phone_wrong")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def can_print(cell: str) -> bool:
    """Whether the letters' fonts have every sign: no control signs, no other scripts, no pictures."""
    return all(sign.isascii() or is_known(sign) for sign in cell) and cell.isprintable()


def is_known(sign: str) -> bool:
    kind = unicodedata.category(sign)
    if kind.startswith("L"):
        return unicodedata.name(sign, "").startswith(SCRIPTS)
    return kind in ("Pd", "Pi", "Pf") or sign in "´¨·°§½¼"


def find_area(cell: str, areas: Areas) -> str | None:
    """The municipality's code in a cell, by code or by name; None when it is none."""
    for area in areas.municipalities:
        if cell in (area.code, area.code.lstrip("0")) or cell.casefold() == area.name.casefold():
            return area.code
    return None


def check_numbers(found: Sequence[Addressee], areas: Areas, wanted: Mapping[str, int]) -> None:
    """Raises SurveyError addresses_number for the first municipality with other rows than codes."""
    only = next(iter(wanted)) if len(wanted) == 1 else ""
    for area, codes in wanted.items():
        rows = len([one for one in found if (one.area or only) == area])
        if rows != codes:
            raise SurveyError("addresses_number", area=areas.find(area).name, rows=rows, codes=codes)
