"""What stands in an Excel sheet: its columns, and its rows as Excel numbers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from survey.errors import SurveyError
from survey.importing.table import Row, tidy
from survey.workbooks import Bounds, SheetRow, open_workbook

BOUNDS = Bounds(megabytes=1_000, rows=1_048_576, columns=1_000)  # a sheet's own most rows


@dataclass(frozen=True)
class SheetTable:
    """A sheet with the way it is laid out: the first one, and the first row with anything on it as header,
    unless a mapping says otherwise. It is read anew each time and never held whole."""

    path: Path
    sheet: str | None = None
    header_row: int | None = None
    kind: str = "excel"

    def check_encoding(self) -> None:
        """An Excel file says itself how its texts are written."""

    def read_header(self) -> tuple[str, ...]:
        """The columns' names, tidied.

        Raises SurveyError: import_file_empty, import_file_unreadable, import_sheet_missing with the sheets
        that there are, and workbook_*.
        """
        header = next(self.read_sheet(), None)
        if header is None:
            raise SurveyError("import_file_empty", file=self.path.as_posix())
        return tuple(tidy(name) for name in header.cells)

    def read_rows(self) -> Iterator[Row]:
        """The rows below the header; raises what read_header does.

        A cell beyond the last column stays, so that the row is refused as ragged.
        """
        rows = self.read_sheet()
        header = next(rows, None)
        width = len(header.cells) if header is not None else 0
        for row in rows:
            missing = ("",) * (width - len(row.cells))
            yield Row(row.number, (*row.cells, *missing), row.troubles)

    def read_sheet(self) -> Iterator[SheetRow]:
        """The rows from the header on."""
        if not self.path.is_file():
            raise SurveyError("import_file_unreadable", file=self.path.as_posix())
        with open_workbook(self.path, name=self.path.name, bounds=BOUNDS) as book:
            sheets = book.sheets
            sheet = self.sheet if self.sheet is not None else next(iter(sheets), "")
            if sheet not in sheets:
                listed = ", ".join(sheets)
                raise SurveyError(
                    "import_sheet_missing", file=self.path.name, sheet=sheet or "-", sheets=listed
                )
            for row in book.read_rows(sheet):
                if row.number >= (self.header_row or 1):
                    yield row
