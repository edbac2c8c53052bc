"""The frozen sums of closed months, from which every published number is worked out.

One row is a municipality's month, in two parts: its people, and its groups, which only long periods need. The
sums are an Arrow table, one row for each set of people, with the names of measures and answers beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlalchemy import Connection, func, insert, select, tuple_, update

from analysis.tally import SumTable
from survey.store.tables import closed_pair, closed_sums

PEOPLE, GROUPS = "people", "groups"  # the parts
KEYS = ("unit", "group", "value", "age", "gender")  # what tells the sets of an area apart
COMPRESSED = pa.ipc.IpcWriteOptions(compression="zstd")
ALONE = pa.ipc.IpcReadOptions(use_threads=False)  # a document is small: others' help costs more than it gives


@dataclass(frozen=True)
class Frozen:
    """A municipality's sums in a month. The keys of `table` are `KEYS`.

    `group` and `value` are empty for everybody of a unit; `age` and `gender` are empty when not known.
    """

    month: str
    area: str
    part: str
    table: SumTable


@dataclass(frozen=True)
class Pair:
    """How often two questions of a dimension were answered so and so, by those who answered all of it.

    `counts` has the first question's codes as rows and the second's as columns, in the order of their scale.
    """

    round_id: str
    dimension: str
    first: str
    second: str
    counts: tuple[tuple[int, ...], ...]


def write_table(table: SumTable) -> bytes:
    """A table of sums as an Arrow stream: keys, people, and lists of sums and counts with their names."""
    columns = {name: pa.array([key[n] for key in table.keys], pa.string()) for n, name in enumerate(KEYS)}
    columns["people"] = pa.array(table.people)
    for name, numbers in (("sums", table.sums), ("counts", table.counts)):
        width = int(np.prod(numbers.shape[1:]))  # 0 for a survey without questions to score
        ends = pa.array(np.arange(len(numbers) + 1, dtype=np.int32) * width, pa.int32())
        columns[name] = pa.ListArray.from_arrays(ends, pa.array(numbers.ravel()))
    batch = pa.record_batch(columns)
    names = {"measures": json.dumps(table.measures), "answers": json.dumps(table.answers)}
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema.with_metadata(names), options=COMPRESSED) as stream:
        stream.write_batch(batch.replace_schema_metadata(names))
    return sink.getvalue().to_pybytes()


def read_table(document: bytes) -> SumTable:
    """A table of sums as it was written."""
    table = pa.ipc.open_stream(document, options=ALONE).read_all().combine_chunks()
    names = {key.decode(): json.loads(value) for key, value in table.schema.metadata.items()}
    measures = tuple(names["measures"])
    answers = tuple((question, code) for question, code in names["answers"])
    keys = tuple(zip(*(table.column(name).to_pylist() for name in KEYS), strict=True))
    return SumTable(
        keys,
        measures,
        answers,
        read_numbers(table, "people"),
        read_numbers(table, "sums").reshape(len(keys), len(measures), 4),
        read_numbers(table, "counts").reshape(len(keys), len(answers)),
    )


def read_numbers(table: pa.Table, name: str) -> npt.NDArray[np.float64]:
    """A column's numbers, those of its lists one after another. They can be written to."""
    column = table.column(name).combine_chunks()
    flat = column.flatten() if pa.types.is_list(column.type) else column
    return cast("npt.NDArray[np.float64]", np.array(flat))


def add_frozen(
    connection: Connection, *, survey: str, month: str, revision: int, rows: Sequence[Frozen]
) -> None:
    """Keep a month's sums."""
    values = [
        {
            "survey": survey,
            "month": month,
            "revision": revision,
            "area": row.area,
            "part": row.part,
            "document": write_table(row.table),
        }
        for row in rows
    ]
    if values:
        connection.execute(insert(closed_sums), values)


def add_pairs(
    connection: Connection, *, survey: str, month: str, revision: int, pairs: Sequence[Pair]
) -> None:
    kept = {"survey": survey, "month": month, "revision": revision}
    values = [kept | vars(pair) | {"counts": json.dumps(pair.counts)} for pair in pairs]
    if values:
        connection.execute(insert(closed_pair), values)


def iterate_frozen(
    connection: Connection,
    survey: str,
    months: Sequence[str],
    *,
    areas: Sequence[str],
    parts: Sequence[str] = (PEOPLE, GROUPS),
) -> Iterator[Frozen]:
    """The sums of some areas and months, the latest revision of each month."""
    c = closed_sums.c
    kept = (c.survey == survey, c.month.in_(months))
    latest = select(c.month, func.max(c.revision)).where(*kept).group_by(c.month)
    query = (
        select(c.month, c.area, c.part, c.document)
        .where(*kept, tuple_(c.month, c.revision).in_(latest), c.area.in_(areas), c.part.in_(parts))
        .order_by(c.month, c.area, c.part)
    )
    for month, area, part, document in connection.execute(query):
        yield Frozen(month, area, part, read_table(document))


def replace_frozen(connection: Connection, survey: str, frozen: Frozen) -> None:
    """Put other sums in the place of a municipality's, in every revision of the month that has them."""
    c = closed_sums.c
    connection.execute(
        update(closed_sums)
        .where(c.survey == survey, c.month == frozen.month, c.area == frozen.area, c.part == frozen.part)
        .values(document=write_table(frozen.table))
    )


def subtract_pairs(connection: Connection, survey: str, month: str, pairs: Sequence[Pair]) -> None:
    """Take somebody's answers out of a month's pairs, in every revision."""
    c = closed_pair.c
    for pair in pairs:
        where = (
            c.survey == survey,
            c.month == month,
            c.round_id == pair.round_id,
            c.dimension == pair.dimension,
            c.first == pair.first,
            c.second == pair.second,
        )
        for revision, counts in connection.execute(select(c.revision, c.counts).where(*where)).all():
            less = np.array(json.loads(counts)) - np.array(pair.counts)
            kept = update(closed_pair).where(*where, c.revision == revision)
            connection.execute(kept.values(counts=json.dumps(less.tolist())))


def list_pairs(connection: Connection, survey: str, *, until: str) -> list[Pair]:
    """The pairs of every month up to and with one, the latest revision of each month."""
    c = closed_pair.c
    kept = (c.survey == survey, c.month <= until)
    latest = select(c.month, func.max(c.revision)).where(*kept).group_by(c.month)
    query = select(c.round_id, c.dimension, c.first, c.second, c.counts).where(
        *kept, tuple_(c.month, c.revision).in_(latest)
    )
    return [Pair(*key, tuple(map(tuple, json.loads(counts)))) for *key, counts in connection.execute(query)]
