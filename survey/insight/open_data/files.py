"""What is in the files of an export, and how is each written?"""

# pyarrow carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from analysis.tables import neutralise_cell
from survey.insight.open_data.cells import Row

CELLS, CELLS_PARQUET, HIERARCHIES = "cells.csv", "cells.parquet", "hierarchies.csv"
CELLS_EXCEL, CELLS_SPSS, KOLADA = "cells.xlsx", "cells.sav", "kolada.csv"
CELLS_STAT, GROUPS_STAT = "cells.jsonstat.json", "groups.jsonstat.json"
CODEBOOK, CODEBOOK_JSON, CODEBOOK_DDI = "codebook.md", "codebook.json", "codebook.xml"
OTHER_FILES = (CELLS_EXCEL, CELLS_SPSS, CELLS_STAT, GROUPS_STAT, KOLADA)  # made of the rows of cells.csv
DATA_FILES = (CELLS, CELLS_PARQUET, HIERARCHIES, *OTHER_FILES)
FILES = (*DATA_FILES, CODEBOOK_DDI, CODEBOOK, CODEBOOK_JSON)  # in the order they are put in their place
ROWS_AT_ONCE = 10_000  # rows held in memory

TEXT = pa.dictionary(pa.int32(), pa.string())
BOUNDS = ("value_bound", "low_bound", "high_bound")  # columns that only the Parquet file has
SCHEMA = pa.schema(
    [
        pa.field("area", TEXT, nullable=False),
        pa.field("period", TEXT, nullable=False),
        pa.field("group", TEXT, nullable=False),
        pa.field("measure", TEXT, nullable=False),
        pa.field("n", pa.int32()),
        pa.field("value", pa.int16()),
        pa.field("low", pa.int16()),
        pa.field("high", pa.int16()),
        pa.field("status", TEXT, nullable=False),
        *[pa.field(name, TEXT) for name in BOUNDS],
    ]
)


def write_table(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, sign: str | None = None
) -> None:
    """A CSV file as RFC 4180 and UTF-8, which every tool reads; no cell can run as a formula.

    A cell that is a sign of ours alone, such as -, stands as it is.
    """
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows([cell if cell == sign else neutralise(cell) for cell in row] for row in rows)


@lru_cache(maxsize=65_536)
def neutralise(cell: str) -> str:
    """A cell that no spreadsheet runs, remembered because the same ones come again and again."""
    return neutralise_cell(cell)


def write_cells(folder: Path, rows: Iterable[Row], traced: Mapping[str, str]) -> int:
    """The rows as CSV and as Parquet, some at a time; how many there were. `traced` says in the Parquet file
    where they come from."""
    written = 0
    schema = SCHEMA.with_metadata(traced)

    def copy(target: parquet.ParquetWriter) -> Iterator[Row]:
        nonlocal written
        coming = iter(rows)
        while some := list(islice(coming, ROWS_AT_ONCE)):
            target.write_batch(make_batch(some))
            written += len(some)
            yield from some

    with parquet.ParquetWriter(folder / CELLS_PARQUET, schema, compression="zstd") as target:
        write_table(folder / CELLS, Row._fields, copy(target))
    return written


def make_batch(rows: Sequence[Row]):  # type: ignore[no-untyped-def]
    """Rows by column: numbers as numbers, null where it is hidden, missing or only bounded.

    A bound such as <5 stands as text in a column of its own, so that nobody takes its limit for the value.
    """
    columns = {name: [getattr(row, name) for row in rows] for name in Row._fields}
    for name in BOUNDS:
        columns[name] = [text if text[:1] in ("<", ">") else None for text in columns[name.split("_")[0]]]
    for name in ("n", "value", "low", "high"):
        columns[name] = [int(text) if text.isdecimal() else None for text in columns[name]]
    return pa.RecordBatch.from_arrays(
        [pa.array(columns[one.name], type=one.type) for one in SCHEMA], schema=SCHEMA
    )


def iterate_written(folder: Path) -> Iterator[Row]:
    """The rows as they were written, one after the other: every other file is made of these."""
    with (folder / CELLS).open(encoding="utf-8", newline="") as source:
        reader = csv.reader(source)
        next(reader)
        yield from map(Row._make, reader)


def seal_file(path: Path) -> str:
    """The file's checksum (SHA-256, hexadecimal)."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
