"""How long a file for research takes and how much memory, from a million answers; and the open data's files.

    python -m benchmarks.bench_files [--month-size 100000] [--months 10] [--formats parquet,csv,sav]
        [--folder DIR] [--database URL]

Fills a fresh installation with mixed responses (made-up answers of 2,000 made-up people), closes every month,
and times the two passes and the writing of each format in a process of its own, so that memory is the file's.
With --folder the installation is kept there and used again.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import os
import resource
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyreadstat
from pyarrow import parquet

from analysis.periods import shift_month
from benchmarks.bench_publication import fill_here
from survey.commands import open_here
from survey.insight.open_data.export import export_open_data
from survey.insight.published import list_all_publications
from survey.installation import Installation
from survey.publication.close import close_month
from survey.research.choosing import plan_file
from survey.research.layout import make_layout
from survey.research.writing import FileFormat, write_people

SURVEY, LAST, TODAY = "invanarupplevelse", "2026-10", date(2026, 11, 21)
MADE = datetime(2026, 11, 21, tzinfo=UTC)


def open_installation() -> Installation:
    return replace(open_here(), today=lambda: TODAY)


def fill(month_size: int, months: int) -> None:
    """So many months with as many answers each, closed."""
    for month in [shift_month(LAST, -n) for n in range(months - 1, -1, -1)]:
        fill_here(month, month_size)
        close_month(open_installation(), month)


def make_file(file_format: str, path: str) -> None:
    """Make one file and print what it cost."""
    installation = open_installation()
    started = time.perf_counter()
    plan = plan_file(installation, SURVEY, lambda: None)
    counted = time.perf_counter()
    layout = make_layout(plan, installation.areas)
    people = write_people(
        installation,
        plan,
        layout,
        Path(path),
        FileFormat(file_format),
        {"survey": SURVEY},
        lambda: None,
        made=MADE,
    )
    ended = time.perf_counter()
    print(
        json.dumps(
            {
                "format": file_format,
                "people": people,
                "left_out": plan.chosen.suppressed,
                "rung": plan.chosen.level,
                "combinations": len(plan.chosen.kept),
                "first_pass_seconds": round(counted - started, 1),
                "second_pass_and_writing_seconds": round(ended - counted, 1),
                "seconds": round(ended - started, 1),
                "processor_seconds": round(time.process_time(), 1),
                "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "file_mb": round(Path(path).stat().st_size / 1e6, 1),
            }
        ),
        flush=True,
    )
    assert count_rows(file_format, path) == people


def count_rows(file_format: str, path: str) -> int:
    """How many rows a file has, as another program reads it."""
    if file_format == FileFormat.PARQUET:
        return parquet.ParquetFile(path).metadata.num_rows
    if file_format == FileFormat.CSV:
        with Path(path).open(encoding="utf-8", newline="") as source:
            return sum(1 for _ in csv.reader(source)) - 1
    return pyreadstat.read_sav(path, metadataonly=True)[1].number_rows


def make_open_data(folder: str) -> None:
    """Export everything that the public may see and print what it cost."""
    installation, started = open_installation(), time.perf_counter()
    done = export_open_data(installation, Path(folder), survey=SURVEY)
    facts = {
        "open_data_rows": done.rows,
        "seconds": round(time.perf_counter() - started, 1),
        "processor_seconds": round(time.process_time(), 1),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(facts), flush=True)


def run_alone(work: object, *arguments: str) -> None:
    """Do something in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)  # type: ignore[arg-type]
    process.start()
    process.join()
    assert process.exitcode == 0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--month-size", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=10)
    parser.add_argument("--formats", default="parquet,csv,sav")
    parser.add_argument("--folder", default="")
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or temporary
        os.environ.update({"VAR_DIR": folder, "DATABASE_URL": asked.database})
        if not list_all_publications(open_installation()):
            fill(asked.month_size, asked.months)
        for one in asked.formats.split(","):
            run_alone(make_file, one, f"{temporary}/answers.{one}")
        run_alone(make_open_data, f"{temporary}/open-data")


if __name__ == "__main__":
    main()
