"""How what made-up people send is prepared by a process of its own, ahead of the months that are published.

Publishing a county takes twice as long as making and mixing its answers, and either waits for one processor.
The process only has a head start: what it has not done when it ends, for whatever reason, is done by the one
that waits for it.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager, suppress
from multiprocessing.connection import Connection

from survey.comments.reading import read_comments
from survey.demo.sending import MadeUp, bring_in_month
from survey.errors import SurveyError
from survey.installation import Installation, open_installation
from survey.settings import Settings

WORTH_A_PROCESS = 200  # municipalities' months: fewer are made before another process has begun

IsPrepared = Callable[[str], bool]


@contextmanager
def prepare_ahead(installation: Installation, made: MadeUp, months: Sequence[str]) -> Generator[IsPrepared]:
    """Prepare the months, oldest first, while the block runs. It is told of each, by waiting for it,
    whether it was prepared.

    A small county is not prepared at all. The process is stopped when the block fails.
    """
    if len(months) * count_municipalities(installation, made) < WORTH_A_PROCESS:
        yield lambda _month: False
        return
    context = multiprocessing.get_context("spawn")
    hearing, telling = context.Pipe(duplex=False)
    process = context.Process(
        target=work_ahead, args=(installation.settings, made, months, telling), daemon=True
    )
    process.start()
    telling.close()  # now the pipe ends when the process does
    try:
        yield lambda month: wait_for(hearing, month)
        process.join()
    finally:
        process.terminate()
        process.join()
        hearing.close()


def count_municipalities(installation: Installation, made: MadeUp) -> int:
    """How many municipalities of the installation are made."""
    return sum(made.county.has(area) for area in installation.areas.municipalities)


def wait_for(hearing: Connection, month: str) -> bool:
    """Whether a month was prepared: False when the process has ended without it."""
    try:
        while hearing.recv() != month:
            pass
    except (EOFError, OSError):  # the latter when it was killed in the middle of telling
        return False
    return True


def work_ahead(settings: Settings, made: MadeUp, months: Sequence[str], telling: Connection) -> None:
    """The process. Ctrl+C reaches the one that waits too, which then stops this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare_months(settings, made, months, telling)


def prepare_months(settings: Settings, made: MadeUp, months: Sequence[str], telling: Connection) -> None:
    """Bring in each month, tell of it, and read the comments of all.

    What cannot be done is left to the process that waits, which meets the same and says so. When that one is
    gone nobody can be told, and nothing more is done.
    """
    with telling, suppress(SurveyError, BrokenPipeError):
        installation = open_installation(settings)
        with closing(installation.database):
            for month in months:
                bring_in_month(installation, made, month)
                telling.send(month)
            read_comments(installation)
