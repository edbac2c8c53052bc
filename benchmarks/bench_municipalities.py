"""How long it takes to lay 290 municipalities beside each other when five years of months lie published.

    python -m benchmarks.bench_municipalities [--months 60] [--measures 12] [--database URL]

Fills a fresh installation of every county with made-up published cells (no responses), then times what the
page reads: one period of all municipalities, a page of 12 lines over all months, and all 290 lines at once,
which no page asks for; and how large the pictures are that a browser is sent.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from analysis.area_map import DrawnArea, draw_map
from analysis.periods import shift_month
from analysis.place_marks import Mark, MarkWords, find_mark
from survey.areas.shapes import find_boundaries
from survey.commands import open_here
from survey.insight.compared_choice import read_compared
from survey.insight.municipalities import compare_municipalities, find_share_lines
from survey.installation import Installation, find_definition
from survey.people.roles import Person, Role
from survey.store import publications
from survey.store.publications import Cell, Publication

SURVEY, VERSION, LAST = "invanarupplevelse", "2026-1", "2026-10"
COUNTIES = "01,03,04,05,06,07,08,09,10,12,13,14,17,18,19,20,21,22,23,24,25"
REPEATS = 11
VIEWER = Person(Role.MANAGER)
ON_A_PAGE = 12


def publish(installation: Installation, month: str) -> int:
    """Write that a month was published, so that the page knows of it."""
    made = Publication(
        0, SURVEY, month, 1, "", VERSION, "", "", None, 10, 5, 9_000, "", datetime(2026, 11, 1, tzinfo=UTC)
    )
    with installation.database.write() as connection:
        return publications.add_publication(connection, made)


def make_cells(
    installation: Installation, month: str, measures: list[str], publication_id: int
) -> Iterator[Cell]:
    """A cell for each area and measure; every tenth is hidden."""
    for area in installation.areas:
        for measure in measures:
            n, share = random.randint(5, 900), random.betavariate(30, 12)
            hidden = "too_few" if random.random() < 0.1 else None
            yield Cell(
                SURVEY, area.code, "", "month", measure, "", "", month, 1, publication_id,
                None if hidden else n, None if hidden else 70.0, 20.0, 68.0, 72.0, 70.0, 70.0, "none",
                None if hidden else n * 0.8, 2.0, None if hidden else share, 0.5, 0.9, None, hidden, hidden,
            )  # fmt: skip


def fill(installation: Installation, months: list[str], measures: list[str]) -> None:
    for month in months:
        number = publish(installation, month)
        with installation.database.write() as connection:
            cells = make_cells(installation, month, measures, number)
            publications.add_cells(connection, cells, publication_id=number)


def time_it(work: Callable[[], object]) -> dict[str, float]:
    """Milliseconds, the median and the most of some repeats."""
    times: list[float] = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return {"median_ms": round(statistics.median(times), 1), "max_ms": round(max(times), 1)}


def measure_map(installation: Installation, county: str) -> int:
    """Bytes of the map of a county, or of all."""
    choice = replace(read_compared(installation, {"by": "month"})[0], county=county)
    compared = compare_municipalities(installation, choice, viewer=VIEWER)
    outlines = find_boundaries(one.area for one in compared.standings)
    drawn = [
        DrawnArea(find_mark(one.place, one.cell), one.area.name, outlines[one.area.code])
        for one in compared.standings
    ]
    words = MarkWords({mark: mark.value for mark in Mark})
    return len(draw_map(drawn, words=words, locale="sv_SE").to_json().encode())


def measure(months: int, measures: int, database: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update({"VAR_DIR": folder, "DATABASE_URL": database, "COUNTIES": COUNTIES})
        installation = replace(open_here(), today=lambda: date(2026, 11, 21))
        span = [shift_month(LAST, -n) for n in range(months - 1, -1, -1)]
        definition = find_definition(installation, SURVEY, VERSION)
        asked = [one.id for one in (*definition.headlines, *definition.questions)]
        fill(installation, span, asked[:measures])
        choice = read_compared(installation, {"by": "month", "county": "all"})[0]
        areas = installation.areas.municipalities
        return {
            "municipalities": len(areas),
            "months": months,
            "cells": months * measures * len(list(installation.areas)),
            "address": time_it(lambda: read_compared(installation, {"by": "month", "county": "all"})),
            "one_period": time_it(lambda: compare_municipalities(installation, choice, viewer=VIEWER)),
            "a_page_of_lines": time_it(
                lambda: find_share_lines(installation, choice, areas[:ON_A_PAGE], span, viewer=VIEWER)
            ),
            "all_lines": time_it(lambda: find_share_lines(installation, choice, areas, span, viewer=VIEWER)),
            "map_kb": {
                county.name: round(measure_map(installation, county.code) / 1000)
                for county in installation.areas.counties
            },
            "map_of_all_kb": round(measure_map(installation, "all") / 1000),
        }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--measures", type=int, default=12)
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    found = measure(asked.months, asked.measures, asked.database)
    print(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
