"""What everything costs when ten million answers lie in PostgreSQL: docs/scale.md.

    python -m benchmarks.bench_scale fill --database URL [--stored 10000000] [--months 60] [--var-dir DIR]
    python -m benchmarks.bench_scale close --database URL --month 2026-09
    python -m benchmarks.bench_scale look --database URL
    python -m benchmarks.bench_scale mix --database URL

`fill` makes answers of 2,000 made-up people, scored by the product's own rules, and has the server draw from
them: the first hundred of a month come the product's way, the others by one INSERT … SELECT, because sealing
and mixing ten million would take a day. The month before the last has 100,000, the last a million, and the
month that runs the hundredth part; the others are equal. `close` closes a month, `look` times what pages and
residents wait for, `mix` mixes 1,000 sealed answers. COUNTIES says how much of Sweden.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import text

from analysis.periods import shift_month
from benchmarks.bench_publication import make_responses
from survey.answering.mixer import mix_period
from survey.answering.seal import Payload, make_row_id, seal_payload
from survey.commands import open_here
from survey.insight.choice import read_choice
from survey.insight.trends import find_trends
from survey.installation import Installation, ensure_period_key
from survey.people.roles import Person, Role
from survey.publication.close import close_month
from survey.store import responses, submissions
from survey.store.submissions import Sealed

LAST, RUNNING = "2026-10", "2026-11"
TODAY = date(2026, 11, 21)
PEOPLE, FIRST = 2_000, 100
SMALL, LARGE = 100_000, 1_000_000
REPEATS = 20
MIXED = 1_000
MADE_UP = """
CREATE TEMPORARY TABLE made_up (n integer, answers text, scores text, groups text) ON COMMIT DROP
"""
DRAWN = """
INSERT INTO response
(id, survey, version, round_id, area, unit, month, channel, answers, scores, groups, receipt)
SELECT uuid_send(gen_random_uuid()), 'invanarupplevelse', '2026-1', 'matning',
  (CAST(:areas AS text[]))[1 + floor(random() * cardinality(CAST(:areas AS text[])))], '', :month, 'open',
  answers, scores, groups, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
FROM (SELECT floor(random() * :people)::integer AS drawn FROM generate_series(1, :number)) AS g
JOIN made_up ON n = drawn
"""
SIZES = """
SELECT c.relname, c.relkind::text, pg_relation_size(c.oid), pg_table_size(c.oid), pg_indexes_size(c.oid)
FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')
AND pg_relation_size(c.oid) > 8000000 ORDER BY 3 DESC LIMIT 40
"""


def plan_months(stored: int, months: int) -> dict[str, int]:
    """How many answers each month has."""
    running = stored // 100
    before = (stored - SMALL - LARGE - running) // (months - 2)
    names = [shift_month(LAST, -n) for n in range(months - 1, -1, -1)]
    return {**dict.fromkeys(names, before), names[-2]: SMALL, LAST: LARGE, RUNNING: running}


def fill(installation: Installation, stored: int, months: int) -> dict[str, object]:
    started = time.perf_counter()
    areas = [area.code for area in installation.areas.municipalities]
    for month, number in plan_months(stored, months).items():
        made = make_responses(installation, month, PEOPLE)
        with installation.database.write() as connection:
            responses.add_responses(connection, made[:FIRST])
            connection.execute(text(MADE_UP))
            people = [
                {"n": n, "answers": one.answers, "scores": one.scores, "groups": one.groups}
                for n, one in enumerate(made)
            ]
            connection.execute(text("INSERT INTO made_up VALUES (:n, :answers, :scores, :groups)"), people)
            drawn = {"areas": areas, "month": month, "people": PEOPLE, "number": number - FIRST}
            connection.execute(text(DRAWN), drawn)
        print(month, number, round(time.perf_counter() - started, 1), flush=True)
    return {"fill_seconds": round(time.perf_counter() - started, 1)}


def close(installation: Installation, month: str) -> dict[str, object]:
    started, began = time.perf_counter(), time.process_time()
    (closed,) = close_month(installation, month)
    return {
        "month": month,
        "responses": closed.responses,
        "cells": closed.cells,
        "seconds": round(time.perf_counter() - started, 2),
        "cpu_seconds": round(time.process_time() - began, 2),
    }


def repeat(work: Callable[[], object], times: int = REPEATS) -> dict[str, float]:
    """Milliseconds of the clock: the median and the most."""
    spent: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - started))
    return {"median_ms": round(statistics.median(spent), 2), "most_ms": round(max(spent), 2)}


def look(installation: Installation) -> dict[str, object]:
    """What pages read, and what a resident who asks for an answer, or takes it back, waits for."""
    areas = iter(list(installation.areas) * REPEATS)
    person = Person(Role.MANAGER)

    def read_trend() -> None:
        choice = read_choice(installation, {"area": next(areas).code, "from": "2021-11", "to": LAST})
        find_trends(installation, choice, viewer=person)

    with installation.database.read(newest=True) as connection:
        known = iter(
            bytes(row[0])
            for row in connection.execute(
                text("SELECT receipt FROM response TABLESAMPLE SYSTEM (0.01) LIMIT :n"), {"n": 2 * REPEATS}
            ).all()
        )

    def find(receipt: bytes) -> None:
        with installation.database.read(newest=True) as connection:
            responses.find_response(connection, receipt)

    def erase() -> None:
        with installation.database.write() as connection:
            responses.erase_response(connection, response_hash=next(known), comment_hash=bytes(32))

    def list_months() -> None:
        with installation.database.read() as connection:
            responses.list_months_with_responses(connection)

    with installation.database.read(newest=True) as connection:
        sizes = [list(row) for row in connection.execute(text(SIZES))]
    return {
        "trend": repeat(read_trend),
        "receipt_found": repeat(lambda: find(next(known))),
        "receipt_unknown": repeat(lambda: find(secrets.token_bytes(32))),
        "erased": repeat(erase),
        "months_listed": repeat(list_months, 3),
        "sizes": sizes,
    }


def mix(installation: Installation) -> dict[str, object]:
    """Mix a thousand sealed answers of the running month into ten million."""
    public_key = ensure_period_key(installation, RUNNING)
    made = make_responses(installation, RUNNING, MIXED)
    rows = [
        Sealed(
            make_row_id(),
            RUNNING,
            seal_payload(
                Payload(
                    survey=one.survey,
                    version=one.version,
                    round_id=one.round_id,
                    area="0780",
                    unit="",
                    month=RUNNING,
                    channel="open",
                    language="sv",
                    answers=json.loads(one.answers),
                    comments={},
                    for_panel=False,
                    response_hash=secrets.token_bytes(32),
                    comment_hash=secrets.token_bytes(32),
                ),
                public_key,
            ),
        )
        for one in made
    ]
    with installation.database.write() as connection:
        submissions.add_sealed(connection, rows)
    started = time.perf_counter()
    mixed = mix_period(installation, RUNNING, forget_traces=False)
    between = time.perf_counter()
    installation.database.forget_traces()
    return {
        "mixed": mixed.mixed,
        "seconds": round(between - started, 3),
        "forget_seconds": round(time.perf_counter() - between, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("fill", "close", "look", "mix"))
    parser.add_argument("--database", required=True)
    parser.add_argument("--var-dir", required=True)
    parser.add_argument("--stored", type=int, default=10_000_000)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--month", nargs="*", default=[LAST])
    asked = parser.parse_args()
    os.environ.update({"VAR_DIR": asked.var_dir, "DATABASE_URL": asked.database})
    installation = replace(open_here(), today=lambda: TODAY)
    if asked.what == "fill":
        print(json.dumps(fill(installation, asked.stored, asked.months)))
    elif asked.what == "close":
        for month in asked.month:
            print(json.dumps(close(installation, month)), flush=True)
    else:
        print(json.dumps((look if asked.what == "look" else mix)(installation), indent=1))


if __name__ == "__main__":
    main()
