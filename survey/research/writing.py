"""How do the people who are kept come into a file? The second pass over the answers."""

# pyarrow carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import csv
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from analysis.k_anonymity import Combination
from analysis.spss_file import SpssFile, SpssVariable, name_variable
from analysis.tables import neutralise_cell
from analysis.tally import SKIPPED
from survey.definition.model import Text
from survey.errors import SurveyError
from survey.insight.open_data.meanings import say_text
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE
from survey.research.choosing import Plan
from survey.research.layout import ROW, Column, Layout
from survey.research.reading import Places, Reader
from survey.research.shuffling import Rows, Shuffle
from survey.store import responses

INDEX = pa.int16()


class FileFormat(StrEnum):
    """What a file can be written as; the value is also how its name ends."""

    PARQUET = "parquet"
    CSV = "csv"
    SPSS = "sav"


def write_people(
    installation: Installation,
    plan: Plan,
    layout: Layout,
    path: Path,
    file_format: FileFormat,
    traced: Mapping[str, str],
    check: Callable[[], None],
    *,
    made: datetime,
) -> int:
    """The file; how many people are in it. `check` is called now and then.

    Raises SurveyError database_busy when answers were taken back between the passes: then the plan is out of
    date, and nothing that was written may be used.
    """
    people, width = plan.chosen.people, len(layout.columns)
    with Shuffle(path.parent, people=people, width=width) as shuffle:
        written: Counter[Combination] = Counter()
        for rows, kept in read_kept(installation, plan, layout, check):
            shuffle.add(rows)
            written.update(kept)
        if written != Counter(plan.chosen.kept):
            raise SurveyError("database_busy")
        write = {FileFormat.PARQUET: write_parquet, FileFormat.CSV: write_csv, FileFormat.SPSS: write_spss}
        write[file_format](path, layout, checked(shuffle.deal(), check), traced, made)
    return people


def checked(pieces: Iterator[Rows], check: Callable[[], None]) -> Iterator[Rows]:
    for piece in pieces:
        check()
        yield piece


def read_kept(
    installation: Installation, plan: Plan, layout: Layout, check: Callable[[], None]
) -> Iterator[tuple[Rows, list[Combination]]]:
    """Those who are kept, some at a time, each value as its place among those of its column."""
    reader = Reader(plan.ladder, plan.questions, plan.chosen.level)
    known = [(place, column.places) for place, column in zip(layout.ladder_places, layout.known, strict=True)]
    answers = [Places({**one.places, None: one.places[SKIPPED]}) for one in layout.questions]
    kept = {
        combination: [places[combination[place]] for place, places in known]
        for combination in plan.chosen.kept
    }
    for month in plan.months:
        with installation.database.read(newest=True) as connection:
            for rows in responses.iterate_researched(connection, plan.survey, month):
                check()
                combinations: list[Combination] = []
                found = array("H")
                for combination, places in reader.place(rows, answers):
                    first = kept.get(combination)
                    if first is not None:
                        combinations.append(combination)
                        found.extend(first)
                        found.extend(places)
                if found:
                    yield np.frombuffer(found, np.uint16).reshape(len(combinations), -1), combinations


def write_parquet(
    path: Path, layout: Layout, pieces: Iterator[Rows], traced: Mapping[str, str], made: datetime
) -> None:
    """Numbers of rows, and codes as dictionaries. Null is not asked, or not known."""
    kept = [[value.code for value in column.values] for column in layout.columns]
    texts = [pa.array(codes, pa.string()) for codes in kept]
    empty = [np.array([not code for code in codes]) for codes in kept]
    kind = pa.dictionary(INDEX, pa.string())
    fields = [pa.field(column.name, kind) for column in layout.columns]
    facts = dict(traced) | {"made": made.date().isoformat()}
    schema = pa.schema([pa.field(ROW, pa.int32(), nullable=False), *fields], metadata=facts)
    first = 1
    with parquet.ParquetWriter(path, schema, compression="zstd") as target:
        for piece in pieces:
            columns = [pa.array(np.arange(first, first + len(piece), dtype=np.int32))]
            for number, codes in enumerate(texts):
                places = pa.array(piece[:, number].astype(np.int16), mask=empty[number][piece[:, number]])
                columns.append(pa.DictionaryArray.from_arrays(places, codes))
            target.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
            first += len(piece)


def write_csv(
    path: Path, layout: Layout, pieces: Iterator[Rows], _traced: Mapping[str, str], _made: datetime
) -> None:
    """RFC 4180 as the open data: UTF-8, commas, CRLF. Empty is not asked, or not known."""
    codes = [[neutralise_cell(value.code) for value in column.values] for column in layout.columns]
    first = 1
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\r\n")
        writer.writerow([ROW, *(column.name for column in layout.columns)])
        for piece in pieces:
            columns = [
                [known[place] for place in places]
                for known, places in zip(codes, piece.T.tolist(), strict=True)
            ]
            writer.writerows(zip(range(first, first + len(piece)), *columns, strict=True))
            first += len(piece)


def write_spss(
    path: Path, layout: Layout, pieces: Iterator[Rows], traced: Mapping[str, str], made: datetime
) -> None:
    """Numbers with labels; what is missing is told apart as not asked, no answer and not relevant."""
    notes = [f"{name}: {value}" for name, value in traced.items()]
    numbers = [np.array([value.number for value in column.values], np.float64) for column in layout.columns]
    variables = [SpssVariable(ROW, ROW, measure="scale"), *map(describe_variable, layout.columns)]
    file = SpssFile(path, variables, label=traced["survey"], notes=notes, made=made)
    for piece in pieces:
        rows = np.empty((len(piece), len(variables)), np.float64)
        rows[:, 0] = np.arange(file.cases + 1, file.cases + 1 + len(piece))
        for number, known in enumerate(numbers):
            rows[:, number + 1] = known[piece[:, number]]
        file.write_numbers(rows)
    file.close()


def describe_variable(column: Column) -> SpssVariable:
    labels = {float(value.number): tell(value.text) or value.code for value in column.values}
    missing = sorted({float(value.number) for value in column.values if value.is_missing}, reverse=True)
    measure = "ordinal" if column.is_question else "nominal"
    return SpssVariable(
        name_variable(column.name), tell(column.text), labels, missing=tuple(missing), measure=measure
    )


def tell(text: Text) -> str:
    return say_text(text, DEFAULT_LANGUAGE)
