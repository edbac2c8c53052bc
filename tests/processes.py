"""What happens when several processes do the same thing, or one is killed in the middle?"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from typing import Any

from survey.errors import SurveyError
from survey.installation import Installation
from survey.store.database import Database

SECONDS_TO_FINISH = 60
SPAWNED = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Outcome:
    """What a process came to: what its job returned, or the code of the error that stopped it."""

    value: Any = None
    error: str = ""


def run_together(*jobs: Callable[[], Any]) -> list[Outcome]:
    """Run every job in a process of its own, all from the same moment; what each came to.

    Close databases first: a connection must not be carried into another process.
    """
    start = SPAWNED.Barrier(len(jobs))
    pipes = [SPAWNED.Pipe(duplex=False) for _ in jobs]
    processes = [
        SPAWNED.Process(target=run_job, args=(job, start, sender), daemon=True)
        for job, (_, sender) in zip(jobs, pipes, strict=True)
    ]
    for process in processes:
        process.start()
    try:
        return [receive(pipe[0], process) for pipe, process in zip(pipes, processes, strict=True)]
    finally:
        for process in processes:
            process.join(SECONDS_TO_FINISH)
            process.kill()


def run_job(job: Callable[[], Any], start: Barrier, sender: Connection) -> None:
    start.wait(SECONDS_TO_FINISH)
    try:
        sender.send(Outcome(job()))
    except SurveyError as wrong:
        sender.send(Outcome(error=wrong.code))
    except BaseException as wrong:
        sender.send(Outcome(error=repr(wrong)))
    os._exit(0)


def receive(receiver: Connection, process: BaseProcess) -> Outcome:
    wait([receiver, process.sentinel], SECONDS_TO_FINISH)
    if not receiver.poll():
        return Outcome(error="never finished")  # killed, or still at it
    return receiver.recv()


def reopen(installation: Installation) -> Installation:
    """The same installation on a database connection of this process's own."""
    return replace(installation, database=Database(installation.settings.database))
