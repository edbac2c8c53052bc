"""What stands in an SPSS file: its variables, and its cases as SPSS numbers them."""

# pyreadstat carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from survey.errors import SurveyError
from survey.importing.table import UTF_8, Row, tidy
from survey.workbooks import write_moment, write_number

CASES_AT_ONCE = 5_000
ENCODING_SIGNS = ("convert string", "character set")  # how readstat says that it is about the encoding


@dataclass(frozen=True)
class SpssTable:
    """A file (.sav or .zsav) with the way it is read. It is read anew each time, some thousand cases at once.

    With `value_labels` a value is told by its label where it has one. Values that the file declares as
    missing are no answers, unless `user_missing` says that they are read as any others.
    """

    path: Path
    encoding: str | None = None
    value_labels: bool = False
    user_missing: bool = False
    kind: str = "spss"

    def check_encoding(self) -> None:
        """Raises SurveyError import_spss_encoding for UTF-8 that is about to be read as something else."""
        columns, meta = self.read_cases(0, CASES_AT_ONCE)
        read_as = str(self.encoding or meta.file_encoding or "")
        if read_as.lower() in UTF_8 or read_as.lower() == "utf8":
            return
        if any(is_misread(text, read_as) for text in list_texts(columns, meta)):
            self.refuse_encoding(read_as)

    def read_header(self) -> tuple[str, ...]:
        """The variables' names. Raises SurveyError import_file_empty and import_spss_*."""
        _, meta = self.read_cases(0, 1)
        if not meta.column_names:
            raise SurveyError("import_file_empty", file=self.path.as_posix())
        return tuple(tidy(name) for name in meta.column_names)

    def read_rows(self) -> Iterator[Row]:
        """The cases, those without any value left out. Raises what read_header does."""
        start = 0
        while True:
            columns, meta = self.read_cases(start, CASES_AT_ONCE)
            lists = [columns[name] for name in meta.column_names]
            labels = [self.find_labels(meta, name) for name in meta.column_names]
            number = len(lists[0]) if lists else 0
            for place in range(number):
                pairs = zip(lists, labels, strict=True)
                cells = tuple(write_value(column[place], named) for column, named in pairs)
                if any(cells):
                    yield Row(start + place + 1, cells)
            if number < CASES_AT_ONCE:
                return
            start += number

    def find_labels(self, meta: Any, name: str) -> Mapping[Any, str]:
        found: Mapping[Any, str] = meta.variable_value_labels.get(name, {}) if self.value_labels else {}
        return found

    def read_cases(self, start: int, number: int) -> tuple[dict[str, list[Any]], Any]:
        """Some cases by variable, and what the file says of itself."""
        import pyreadstat  # here, since it brings narwhals and numpy
        from pyreadstat import PyreadstatError, ReadstatError

        try:
            columns, meta = pyreadstat.read_sav(
                self.path,
                encoding=self.encoding,
                user_missing=self.user_missing,
                row_offset=start,
                row_limit=number,
                output_format="dict",
            )
        except ReadstatError as wrong:
            if any(sign in str(wrong) for sign in ENCODING_SIGNS):
                self.refuse_encoding(self.encoding or "-")
            raise SurveyError("import_spss_unreadable", file=self.path.name) from None
        except UnicodeDecodeError:
            self.refuse_encoding(self.encoding or "-")
        except (PyreadstatError, OverflowError, OSError, ValueError):
            raise SurveyError("import_spss_unreadable", file=self.path.name) from None
        if not all(meta.column_names):  # None is a name that is damaged
            raise SurveyError("import_spss_unreadable", file=self.path.name)
        return columns, meta

    def refuse_encoding(self, read_as: str) -> NoReturn:
        raise SurveyError("import_spss_encoding", file=self.path.name, encoding=read_as) from None


def write_value(value: Any, labels: Mapping[Any, str]) -> str:
    """A value as text, "" for none."""
    if value is None or value != value:
        return ""
    if value in labels:
        return labels[value]
    if isinstance(value, str):
        return value
    return write_number(value) if isinstance(value, int | float) else write_moment(value)


def list_texts(columns: Mapping[str, Iterable[Any]], meta: Any) -> Iterator[str]:
    """The texts of a file: names, labels and values."""
    yield from meta.column_names
    yield from (label for label in meta.column_labels if label)
    for labels in meta.variable_value_labels.values():
        yield from labels.values()
    for values in columns.values():
        yield from (value for value in values if isinstance(value, str))


def is_misread(text: str, read_as: str) -> bool:
    """Whether a text was UTF-8 and has been read in an encoding of single bytes."""
    if text.isascii():
        return False
    try:
        text.encode(read_as).decode("utf-8")
    except (UnicodeError, LookupError):
        return False
    return True
