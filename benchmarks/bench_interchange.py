"""How long does it take to carry a survey between formats, and to read answers from each kind of file?

python -m benchmarks.bench_interchange [--rows 10000] [--runs 5]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat
import xlsxwriter

from analysis.tables import write_csv
from survey.areas import read_sweden
from survey.definition.interchange.carry import FORMATS, bring, write
from survey.definition.interchange.xlsform_read import Wanted
from survey.definition.load import load_definition
from survey.importing.open_table import find_table

SURVEY = Path(__file__).parents[1] / "surveys" / "invanarupplevelse" / "2026-1.yaml"
COLUMNS = ("person", "day", "place", *(f"a{number:02}" for number in range(1, 23)), "text")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    definition, areas = load_definition(SURVEY), read_sweden(("07", "08"))
    wanted = Wanted(today=date(2026, 11, 29))
    for form in FORMATS:
        content = write(form, definition, areas).content
        assert content is not None
        tell(f"{form}: write and judge", given.runs, lambda form=form: write(form, definition, areas))
        tell(f"{form}: read", given.runs, lambda form=form, held=content: bring(form, held, "x", wanted))
    with tempfile.TemporaryDirectory() as folder:
        for path, tree in write_tables(Path(folder), given.rows):
            tell(f"{path.name}: read {given.rows} rows", given.runs, lambda p=path, t=tree: read(p, t))
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def tell(what: str, runs: int, deed: Callable[[], object]) -> None:
    """The median of some runs, wall clock and processor."""
    walls: list[float] = []
    busy: list[float] = []
    for _ in range(runs):
        began, worked = time.perf_counter(), time.process_time()
        deed()
        walls.append(time.perf_counter() - began)
        busy.append(time.process_time() - worked)
    print(f"{what}: {statistics.median(walls):.2f} s, {statistics.median(busy):.2f} s of processor time")


def read(path: Path, tree: dict[str, object]) -> None:
    """Read a table as an import does, once through."""
    table = find_table(path, tree)
    assert table is not None
    assert len(table.read_header()) == len(COLUMNS)
    assert sum(1 for _ in table.read_rows()) > 0


def write_tables(folder: Path, number: int) -> list[tuple[Path, dict[str, object]]]:
    """The same rows as CSV, Excel and SPSS, with what a mapping says of each."""
    rows = [make_row(person) for person in range(number)]
    csv, excel, spss = (folder / f"answers.{ending}" for ending in ("csv", "xlsx", "sav"))
    csv.write_bytes(write_csv([COLUMNS, *[[str(cell) for cell in row] for row in rows]]))
    book = xlsxwriter.Workbook(excel, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for place, row in enumerate((COLUMNS, *rows)):
        sheet.write_row(place, 0, row)
    book.close()
    pyreadstat.write_sav(pd.DataFrame(rows, columns=list(COLUMNS)), spss)
    return [(csv, {"delimiter": ";"}), (excel, {}), (spss, {})]


def make_row(person: int) -> Sequence[object]:
    answers = ((person * 7 + question * 3) % 5 + 1 for question in range(22))
    return (person, date(2026, 1 + person % 12, 1 + person % 28), "Växjö", *answers, "Hemtjänsten kom i tid.")


if __name__ == "__main__":
    main()
