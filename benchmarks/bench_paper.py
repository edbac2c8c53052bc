"""How long forms on paper take to set, and how long the server works for each form that is keyed.

    python -m benchmarks.bench_paper [--forms 100] [--keyed 200]

Sets one form and many of the whole survey at 16 points, with codes and squares of their own; then keys forms
in an empty installation (SQLite) as the desk does: open, keep ten times as the script does, finish, keep for
good.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from survey.answering.codes import show_code
from survey.answering.drafts import find_survey
from survey.installation import Installation, open_installation
from survey.keying.finishing import finish_form
from survey.keying.opening import Wish, keep_typed, open_form
from survey.keying.sampling import set_share
from survey.paper.boxes import list_rows
from survey.paper.issuing import PaperWish, plan_print
from survey.paper.numbers import make_numbers
from survey.paper.printing import PaperForm, print_forms
from survey.people.roles import Person, Role
from survey.rounds import NewRound, open_round
from survey.settings import Settings
from survey.store.rounds import Round

COORDINATOR, KEYER = Person(Role.COORDINATOR, "c1"), Person(Role.KEYER, "k1")
KEPT_TIMES = 10  # how often the script keeps what is typed of a form that takes a minute, at most
ANSWERS = {"b2": "01", "b5": "01"}


def measure_printing(installation: Installation, round_: Round, number: int) -> None:
    """The seconds and bytes of some forms."""
    codes = make_numbers(installation, round_, number, by=COORDINATOR)
    planned = plan_print(installation, round_, PaperWish())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun, size = time.perf_counter(), 0
    for piece in print_forms((PaperForm(show_code(one)) for one in codes), planned):
        size += len(piece)
    took = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    print(f"{number} forms: {took:.1f} s, {worked:.1f} CPU seconds, {size / 1e6:.1f} MB")
    print(f"largest press: {after.ru_maxrss / 1024:.0f} MB")


def measure_keying(installation: Installation, round_: Round, number: int) -> None:
    """The server's milliseconds for a form, and for each step of it."""
    codes = make_numbers(installation, round_, number, by=COORDINATOR)
    survey = find_survey(installation, round_, "full")
    keys = {row.id: "" if row.kind == "text" else ANSWERS.get(row.id, "2") for row in list_rows(survey)}
    wall, worked, kept = list[float](), list[float](), list[float]()
    for code in codes:
        begun, cpu = time.perf_counter(), time.process_time()
        key_form(installation, round_, code, keys, kept)
        wall.append(time.perf_counter() - begun)
        worked.append(time.process_time() - cpu)
    whole, processor = 1000 * median(wall), 1000 * median(worked)
    print(f"a form: {whole:.0f} ms, {processor:.1f} CPU ms; keeping once: {1000 * median(kept):.1f} ms")


def key_form(
    installation: Installation, round_: Round, code: str, keys: Mapping[str, str], kept: list[float]
) -> None:
    for _ in range(KEPT_TIMES):
        begun = time.perf_counter()
        keep_typed(installation, open_form(installation, round_, code, Wish(), by=KEYER), keys)
        kept.append(time.perf_counter() - begun)
    finish_form(installation, open_form(installation, round_, code, Wish(), by=KEYER), by=KEYER)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=100)
    parser.add_argument("--keyed", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(VAR_DIR=Path(folder))  # type: ignore[call-arg]
        installation = open_installation(settings)
        today = installation.today()
        new = NewRound("papper", "invanarupplevelse", "2026-1", "Papper", today, today + timedelta(days=60))
        round_ = open_round(installation, replace(new, forms="full"), by="benchmark")
        set_share(installation, round_.id, 0, by=COORDINATOR)
        print(f"load {os.getloadavg()[0]:.1f}")
        measure_printing(installation, round_, 1)
        measure_printing(installation, round_, asked.forms)
        measure_keying(installation, round_, asked.keyed)
        print(f"load {os.getloadavg()[0]:.1f}")
        installation.database.close()


if __name__ == "__main__":
    main()
