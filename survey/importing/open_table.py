"""Which kind of table is a file, told by how it begins and never by its name?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from survey.importing.known import is_text_encoding
from survey.importing.mapping import ColumnMapping
from survey.importing.sheet_table import SheetTable
from survey.importing.spss_table import SpssTable
from survey.importing.table import CsvTable, Table
from survey.workbooks import OLE_SIGN, ZIP_SIGN

SPSS_SIGNS = (b"$FL2", b"$FL3")  # .sav and .zsav


def find_table(file: Path, tree: dict[str, Any]) -> Table | None:
    """The table as a mapping's tree says it is written, before anybody has checked that; None if it cannot.

    A file that is not there is taken for CSV, which says so when it is read.
    """
    sign = read_sign(file)
    if sign in (ZIP_SIGN, OLE_SIGN):
        sheet, header = tree.get("sheet"), tree.get("header_row")
        right = isinstance(sheet, str | None) and isinstance(header, int | None)
        return SheetTable(file, sheet, header) if right else None
    encoding = tree.get("encoding", ColumnMapping.model_fields["encoding"].default)
    if not isinstance(encoding, str) or not is_text_encoding(encoding):
        return None
    if sign in SPSS_SIGNS:
        stated = encoding if "encoding" in tree else None
        return SpssTable(file, stated, tree.get("value_labels") is True, tree.get("user_missing") is True)
    delimiter = tree.get("delimiter", ColumnMapping.model_fields["delimiter"].default)
    right = isinstance(delimiter, str) and len(delimiter) == 1
    return CsvTable(file, encoding, delimiter) if right else None


def read_sign(file: Path) -> bytes:
    """The first four bytes; none of a file that cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(4)
    except OSError:
        return b""
