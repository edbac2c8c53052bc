"""How long closing a month takes, and whether a trend page costs more when a million answers lie behind it.

    python -m benchmarks.bench_publication [--month-size 100000] [--months 10] [--history 60] [--stored 0]
        [--database URL]

Fills a fresh installation with mixed responses (made-up answers, scored by the product's own rules), closes
every month, and times the last closing; then times find_trends, which is everything a trend page reads, for
60 months (cells of earlier months are published from small months, so that all 60 have figures).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import date

import orjson

from analysis.periods import shift_month
from analysis.scores import score_answers
from survey.answering.seal import make_row_id
from survey.commands import open_here
from survey.definition.scoring import derive_groups, make_rules
from survey.insight.choice import read_choice
from survey.insight.trends import find_trends
from survey.installation import Installation, find_definition
from survey.people.roles import Person, Role
from survey.publication.close import close_month
from survey.store import responses
from survey.store.responses import Response

LAST = os.environ.get("LAST_MONTH", "2026-10")  # the month that is closed and timed
SMALL_MONTH = 2_000
BATCH = 20_000
REPEATS = 15
CARE_TYPES = ("vardcentral", "digital_1177", "akut_jour", "sjukhus_oppen", "rehab", "hemtjanst", "sabo")


def make_responses(installation: Installation, month: str, number: int) -> list[Response]:
    """Responses with answers to every question, from 2,000 made-up people drawn again and again."""
    definition = find_definition(installation, "invanarupplevelse", "2026-1")
    rules = make_rules(definition)
    areas = [area.code for area in installation.areas.municipalities]
    scaled = [q.id for q in definition.questions if q.kind == "scale"]
    people: list[tuple[str, str, str]] = []
    for _ in range(2_000):
        answers: dict[str, object] = {question: random.choice("12345") for question in scaled}
        answers |= {
            "b1": random.choice(("self", "proxy", "carer")),
            "b3": random.choice(("a45_64", "a65_79", "a80p")),
        }
        answers |= {
            "b5": tuple(random.sample(CARE_TYPES, random.randrange(1, 5))),
            "b4": random.choice(("woman", "man")),
            "b8": random.choice((("alone",), ("multi_conditions", "daily_help"))),
        }
        documents = (answers, score_answers(answers, rules), derive_groups(definition, answers, "sv"))  # type: ignore[arg-type]
        people.append(tuple(orjson.dumps(d, option=orjson.OPT_SORT_KEYS).decode() for d in documents))  # type: ignore[arg-type]
    return [
        Response(
            make_row_id(),
            "invanarupplevelse",
            "2026-1",
            "matning",
            random.choice(areas),
            "",
            month,
            "open",
            *random.choice(people),
            make_row_id() * 2,
        )
        for _ in range(number)
    ]


def fill_month(installation: Installation, month: str, number: int) -> None:
    for start in range(0, number, BATCH):
        rows = make_responses(installation, month, min(BATCH, number - start))
        with installation.database.write() as connection:
            responses.add_responses(connection, rows)


def fill_here(month: str, number: int) -> None:
    """Fill a month of the installation of the environment."""
    fill_month(open_here(), month, number)


def measure(month_size: int, months: int, history: int, stored: int, database: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update({"VAR_DIR": folder, "DATABASE_URL": database})
        installation = replace(open_here(), today=lambda: date(2026, 11, 21))
        all_months = [shift_month(LAST, -n) for n in range(history - 1, -1, -1)]
        large = all_months[-months:]
        for month in all_months[:-1]:
            fill_month(installation, month, month_size if month in large else SMALL_MONTH)
            close_month(installation, month)
        filling = multiprocessing.get_context("spawn").Process(target=fill_here, args=(LAST, month_size))
        filling.start()  # in a process of its own, so that its memory is not the closing's
        filling.join()
        started = time.perf_counter()
        (closed,) = close_month(installation, LAST)
        closing = time.perf_counter() - started
        return {
            "responses_in_month": closed.responses,
            "responses_in_all": month_size * months + SMALL_MONTH * (history - months),
            "closing_seconds": round(closing, 2),
            "cells": closed.cells,
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            **measure_trends(installation),
            **measure_stored(installation, stored),
        }


def measure_stored(installation: Installation, stored: int) -> dict[str, object]:
    """The same page with many more responses in the database, in a month that is open."""
    if not stored:
        return {}
    some = make_responses(installation, "2026-11", BATCH)
    for start in range(0, stored, BATCH):  # ids in order: random ones would take hours on one disk
        rows = [
            replace(row, id=number.to_bytes(16, "big"), receipt=number.to_bytes(32, "big"))
            for number, row in enumerate(some, start)
        ]
        with installation.database.write() as connection:
            responses.add_responses(connection, rows)
    return {"stored": stored, "then": measure_trends(installation)}


def measure_trends(installation: Installation) -> dict[str, float]:
    """Milliseconds to read and describe one area's 60 months, over all areas."""
    times: list[float] = []
    spent: list[float] = []
    for area in list(installation.areas)[:REPEATS]:
        started, began = time.perf_counter(), time.process_time()
        choice = read_choice(installation, {"area": area.code, "from": "2021-11", "to": LAST})
        find_trends(installation, choice, viewer=Person(Role.MANAGER))
        times.append(1000 * (time.perf_counter() - started))
        spent.append(1000 * (time.process_time() - began))
    return {
        "trends_ms_median": round(statistics.median(times), 1),
        "trends_ms_max": round(max(times), 1),
        "trends_cpu_ms_median": round(statistics.median(spent), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--month-size", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=10)
    parser.add_argument("--history", type=int, default=60)
    parser.add_argument("--stored", type=int, default=0)
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    print(
        json.dumps(
            measure(asked.month_size, asked.months, asked.history, asked.stored, asked.database), indent=1
        )
    )


if __name__ == "__main__":
    main()
