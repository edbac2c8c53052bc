"""How is somebody killed who mixes, closes a month, erases, or brings a schema up to date?"""

from __future__ import annotations

import os
import random
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from analysis.periods import shift_month
from survey.answering.erase import erase_answers
from survey.answering.mixer import mix_period
from survey.errors import SurveyError
from survey.installation import find_answering_month, open_installation
from survey.publication.close import close_ended_months
from survey.settings import Settings
from survey.store.database import Database
from survey.store.schema import migrate
from tests.processes import SPAWNED
from tests.store.schema_compared import compare
from tests.survey.killed_closing import Executioner

LONGEST = 120.0  # seconds that a chore may take
TRIES = 6  # a chore that was done before its time came is begun again
PLACES = {
    "mixing": ("DELETE FROM inbox", "INSERT INTO response", "INSERT INTO comment", "VACUUM"),
    "closing": ("INSERT INTO response", "INSERT INTO closed_sums", "INSERT INTO publication", "UPDATE"),
    "erasing": ("DELETE FROM response", "DELETE FROM comment", "DELETE FROM inbox", "INSERT INTO audit"),
    "migrating": ("CREATE TABLE", "ALTER TABLE", "CREATE INDEX", "UPDATE alembic_version", "INSERT INTO"),
}
WORK_SECONDS = {"mixing": 0.5, "closing": 2.0, "erasing": 0.1, "migrating": 1.0}


@dataclass(frozen=True)
class Fate:
    """When a chore is killed: so long after it began, or at a statement, or right before its commit."""

    seconds: float
    statement: str = ""
    before_commit: bool = False


def draw_fate(kind: str, chance: random.Random) -> Fate:
    if chance.random() < 0.5:
        return Fate(chance.uniform(0, WORK_SECONDS[kind]))
    return Fate(LONGEST, chance.choice(PLACES[kind]), before_commit=chance.random() < 0.5)


def run(work: Callable[[], None], fate: Fate | None = None) -> int | None:
    """Do some work in a process of its own; its exit, -9 when it was killed."""

    def live() -> None:
        code = 1
        try:
            if fate is not None:
                arm(fate)
            work()
            code = 0
        except Exception:
            traceback.print_exc()  # nobody would see it: the process ends here
        finally:
            os._exit(code)

    process = SPAWNED.Process(target=live, daemon=True)
    process.start()
    process.join(LONGEST)
    process.kill()
    process.join()
    return process.exitcode


def arm(fate: Fate) -> None:
    if fate.statement:
        Executioner(fate.statement, fate.before_commit).watch()
    signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, max(fate.seconds, 0.001))


def find_day(settings: Settings) -> date:
    """The first day after the month that answers count in: as where a clock has gone ahead."""
    installation = open_installation(settings)
    month = shift_month(find_answering_month(installation), 1)
    installation.database.close()
    return date.fromisoformat(f"{month}-01")


def mix(settings: Settings) -> None:
    """Mix all the time, because it is only done for a moment when there are enough."""
    installation = open_installation(settings)
    while True:
        mix_period(installation, find_answering_month(installation))


def close(settings: Settings, day: date) -> None:
    close_ended_months(open_installation(settings, today=lambda: day))


def erase(settings: Settings, receipt: str) -> None:
    """Done too when somebody has been here before."""
    try:
        erase_answers(open_installation(settings), receipt)
    except SurveyError as wrong:
        if wrong.code != "receipt_unknown":
            raise


def upgrade(url: str) -> None:
    migrate(Database(url))


def kill_in(kind: str, work: Callable[[], None], chance: random.Random) -> bool:
    """Do a chore until it is killed in it; False when it was always done first."""
    return any(run(work, draw_fate(kind, chance)) == -signal.SIGKILL for _ in range(TRIES))


def check_schema(url: str) -> None:
    """Raises RuntimeError when a schema is not the one that the code declares."""
    differing = compare(Database(url))
    if differing:
        raise RuntimeError(f"the schema differs: {differing}")
