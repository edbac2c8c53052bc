"""What do archives of data need to know of the files, as a DDI code book?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import cast

from analysis.ddi_codebook import Category, DataFile, Study, Variable, write_ddi
from survey.definition.model import Text
from survey.insight.open_data.cells import HIDDEN_MARK, Row
from survey.insight.open_data.coded import Coded, list_entries, read_notes, read_title
from survey.insight.open_data.files import BOUNDS, CELLS, CELLS_PARQUET, CELLS_SPSS, HIERARCHIES, KOLADA
from survey.insight.open_data.group_meanings import say_both
from survey.insight.open_data.hierarchies import Link
from survey.insight.open_data.kolada import KoladaRow
from survey.insight.open_data.meanings import Entry
from survey.insight.open_data.traced import write_trace
from survey.version import VERSION

NUMBERS = ("n", "value", "low", "high")
HOLD_ROWS = (CELLS, CELLS_PARQUET, CELLS_SPSS)  # the files with a column for each variable
KINDS = {
    "csv": "text/csv",
    "parquet": "Apache Parquet",
    "xlsx": "Excel",
    "sav": "SPSS",
    "json": "JSON-stat 2.0",
}


def write_archive_codebook(
    codebook: Entry, coded: Mapping[str, Coded], traced: Mapping[str, str], made: datetime
) -> bytes:
    """The document, of what the other code books say too."""
    files = list(list_files(list_entries(codebook, "files")))
    return write_ddi(make_study(codebook, traced, made), files, list_variables(codebook, coded))


def make_study(codebook: Entry, traced: Mapping[str, str], made: datetime) -> Study:
    """What the figures are of, how they were made and on which terms."""
    notes = read_notes(codebook)
    survey, publisher = str(codebook["survey"]), str(codebook["publisher"])
    tops = [one for one in list_entries(codebook, "areas") if one["kind"] == "county"]
    return Study(
        id=f"{survey}-{codebook['last_month']}",
        title=read_title(codebook) or {"sv": survey},
        publisher=publisher,
        abstract=notes["about"],
        first=str(codebook["first_month"]),
        last=str(codebook["last_month"]),
        places=[cast(Text, one["text"]).get("sv", str(one["code"])) for one in tops],
        unit=say_both("open_data.ddi.unit"),
        universe=say_both("open_data.ddi.universe"),
        kind=say_both("open_data.ddi.kind"),
        method=[notes["method"], notes["groups"], notes["hidden"], notes["rounding"], notes["shares"]],
        weights=notes["method"],
        precision=say_both("open_data.ddi.precision"),
        confidentiality=notes["hidden"],
        conditions=notes["licence"],
        citation=notes["cite"],
        version=write_trace(traced),
        made=made.date().isoformat(),
        software=f"Invånarrösten {VERSION}",
    )


def list_files(entries: Sequence[Entry]) -> Iterator[DataFile]:
    """The files, with how many rows and columns each has; places of a cube are told as rows."""
    for one in entries:
        name = str(one["name"])
        ending = name.rsplit(".", 1)[-1]
        yield DataFile(
            name,
            KINDS.get(ending, ending),
            say_both(f"open_data.file.{name.replace('.', '_')}"),  # keys: open_data.file.*
            cast(int, one["rows"]),
            count_columns(name),
        )


def count_columns(name: str) -> int | None:
    """How many columns a table has; None for what is laid out otherwise."""
    if name in HOLD_ROWS:
        return len(Row._fields) + (len(BOUNDS) if name in (CELLS_PARQUET, CELLS_SPSS) else 0)
    return {HIERARCHIES: len(Link._fields), KOLADA: len(KoladaRow._fields)}.get(name)


def list_variables(codebook: Entry, coded: Mapping[str, Coded]) -> Iterator[Variable]:
    """Each column: a code with everything it can be, or a number with what stands for none."""
    said = {str(one["name"]): cast(Text, one["text"]) for one in list_entries(codebook, "columns")}
    for column, codes in coded.items():
        categories = [Category(code, text) for code, text in codes.texts.items()]
        yield Variable(column, said[column], about=said[column], categories=categories, files=HOLD_ROWS)
    missing = [
        Category(HIDDEN_MARK, say_both("open_data.missing.hidden"), is_missing=True),
        Category("", say_both("open_data.missing.none"), is_missing=True),
    ]
    for column in NUMBERS:
        yield Variable(column, said[column], categories=missing, is_number=True, files=HOLD_ROWS)
    statuses = [Category(str(o["code"]), cast(Text, o["text"])) for o in list_entries(codebook, "statuses")]
    yield Variable("status", said["status"], categories=statuses, files=HOLD_ROWS)
    for column in BOUNDS:
        yield Variable(column, said[column], files=(CELLS_PARQUET, CELLS_SPSS))
