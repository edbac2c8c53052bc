"""How do rows become a file that SPSS opens, some at a time, with labels and missing values?

The library writes the file's dictionary, and the cases are appended as the format has them: eight bytes for a
number, and text padded with spaces. So no more than some rows are ever in memory.
"""

# pyreadstat and pandas carry no types that are complete.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

CASES_AT, MADE_AT = 80, 92  # where the header has how many cases there are, and the day and time it was made
NUMBER_BYTES = 8
MOST_LABEL_BYTES = 120  # of a value's label: what SPSS shows
MOST_NAME_BYTES = 255  # of a variable's label
MOST_MISSING = 3  # values of a variable that SPSS can be told are missing
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
RESERVED = frozenset({"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"})


@dataclass(frozen=True)
class SpssVariable:
    """One variable. `width` is the bytes of a text, which is padded to whole eights; 0 for a number.

    `labels` say what values are, and `missing` are those that are no values: at most three.
    """

    name: str
    label: str
    labels: Mapping[float, str] | Mapping[str, str] = field(default_factory=dict[float, str])
    missing: tuple[float, ...] = ()
    width: int = 0
    measure: Literal["nominal", "ordinal", "scale"] = "nominal"

    @property
    def stored(self) -> int:
        """How many bytes a value takes in a case."""
        return -(-self.width // NUMBER_BYTES) * NUMBER_BYTES if self.width else NUMBER_BYTES


class SpssFile:
    """A .sav file that is being written; `close` makes it whole."""

    def __init__(
        self,
        path: Path,
        variables: Sequence[SpssVariable],
        *,
        label: str,
        notes: Sequence[str],
        made: datetime,
    ) -> None:
        """Begin a file. Two of the same content made at the same moment are the same, byte for byte."""
        self.variables, self.cases, self.path = tuple(variables), 0, path
        self._widths = [one.width for one in self.variables]
        self._stored = [one.stored for one in self.variables]
        write_dictionary(path, self.variables, label=label, notes=notes)
        stamp = f"{made.day:02d} {MONTHS[made.month - 1]} {made:%y}{made:%H:%M:%S}"
        case = sum(one.stored for one in self.variables)
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size - case)
            file.seek(MADE_AT)
            file.write(stamp.encode("ascii"))
        self._file = path.open("ab")

    def write_numbers(self, rows: npt.NDArray[np.float64]) -> None:
        """Append rows of a file that has numbers only, a column for each variable."""
        self._file.write(np.ascontiguousarray(rows, dtype="<f8").tobytes())
        self.cases += len(rows)

    def write_row(self, row: Sequence[float | str]) -> None:
        """Append one row, text and numbers (as floats) in the order of the variables."""
        self._file.write(b"".join(map(write_value, row, self._widths, self._stored)))
        self.cases += 1

    def close(self) -> None:
        """Say in the header how many cases there are."""
        self._file.close()
        with self.path.open("r+b") as file:
            file.seek(CASES_AT)
            file.write(struct.pack("<i", self.cases))


@lru_cache(maxsize=65_536)
def write_value(value: float | str, width: int, stored: int) -> bytes:
    """A value as a case has it, remembered because the same ones come again and again.

    Raises ValueError for a text that has no room: it is never cut off.
    """
    if isinstance(value, str):
        text = value.encode()
        if len(text) > width:
            raise ValueError(f"a text of {len(text)} bytes has no room in {width}")
        return text.ljust(stored)
    return struct.pack("<d", value)


def write_dictionary(
    path: Path, variables: Sequence[SpssVariable], *, label: str, notes: Sequence[str]
) -> None:
    """A file with the variables and one case, as wide as its texts may be: the last bytes are that case."""
    import pandas as pd  # type: ignore[reportMissingTypeStubs]  # a start goes without
    import pyreadstat

    first = {one.name: ["x" * one.stored if one.width else 0.0] for one in variables}
    labels: dict[str, Any] = {
        one.name: {value: cut(text, MOST_LABEL_BYTES) for value, text in one.labels.items()}
        for one in variables
        if one.labels
    }
    frame: Any = pd.DataFrame(first)
    pyreadstat.write_sav(
        frame,
        path,
        file_label=cut(label, 64),
        column_labels={one.name: cut(one.label, MOST_NAME_BYTES) for one in variables},
        note=[line for note in notes for line in wrap(note)],
        variable_value_labels=labels,
        missing_ranges={one.name: list(one.missing[:MOST_MISSING]) for one in variables if one.missing},
        variable_measure={one.name: one.measure for one in variables},
        variable_format={one.name: "F8.0" for one in variables if not one.width},
    )


def name_variable(name: str) -> str:
    """A name that SPSS takes: a word of its own language gets an underscore behind it."""
    return f"{name}_" if name.lower() in RESERVED else name


def cut(text: str, most: int) -> str:
    """A text on one line in at most so many bytes, and never half a letter."""
    line = " ".join(text.split())
    return line.encode()[:most].decode(errors="ignore")


def wrap(text: str, most: int = 80) -> list[str]:
    """A note as lines of at most so many bytes, as the format has them, broken between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer.encode()) <= most:
            lines[-1] = longer
        else:
            lines.append(cut(word, most))
    return lines
