"""How small writes of many people share one transaction, each safe on disk when it is answered for."""

from __future__ import annotations

import threading
from asyncio import wrap_future
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.util.concurrency import await_, greenlet_spawn, in_greenlet
from starlette.concurrency import run_in_threadpool

from survey.errors import SurveyError

T = TypeVar("T")
MOST_TOGETHER = 100  # jobs in one transaction: more would make the first wait for the last


@dataclass(frozen=True)
class Job:
    """One write. A refusable one may raise SurveyError, and is then undone alone."""

    work: Callable[[Connection], Any]
    refusable: bool
    done: Future[Any]


class GroupWriter:
    """One thread that writes what has gathered while the disk was busy with the last transaction.

    A disk is waited for once per transaction; forty people who press Next at once wait together and
    not in line. Nobody's call returns before their own write is on disk.
    """

    def __init__(self, write: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._write = write
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def do(self, work: Callable[[Connection], T], *, refusable: bool = False) -> T:
        """Do some work in a transaction and return what it returned, when it is on disk.

        Work that may refuse after it has written is `refusable` and gets a savepoint; one that refuses
        otherwise makes the others that share its transaction be done once more, each by itself.

        Raises what the work raised (SurveyError, and nothing of it is kept), or SurveyError database_*.
        """
        self._start()
        job = Job(work, refusable, Future())
        self._jobs.put(job)
        return await_(wrap_future(job.done)) if in_greenlet() else job.done.result()

    def close(self) -> None:
        """Finish what is asked for, and stop."""
        with self._starting:
            if self._thread is not None:
                self._jobs.put(None)
                self._thread.join()
                self._thread = None

    def _start(self) -> None:
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self._thread = threading.Thread(
                        target=self._keep_writing, name="group-writer", daemon=True
                    )
                    self._thread.start()

    def _keep_writing(self) -> None:
        while (first := self._jobs.get()) is not None:
            jobs = [first]
            while len(jobs) < MOST_TOGETHER and not self._jobs.empty():
                job = self._jobs.get()
                if job is None:
                    self._do_together(jobs)
                    return
                jobs.append(job)
            self._do_together(jobs)

    def _do_together(self, jobs: list[Job]) -> None:
        results: list[tuple[Job, Any]] = []
        try:
            with self._write() as connection:
                results.extend((job, do_one(job, connection)) for job in jobs)
        except BaseException as wrong:
            self._do_apart(jobs, wrong)
            return
        for job, result in results:
            if isinstance(result, Refused):
                job.done.set_exception(result.reason)
            else:
                job.done.set_result(result)

    def _do_apart(self, jobs: list[Job], wrong: BaseException) -> None:
        """One write may have spoilt it for the others: each is tried once more by itself."""
        if len(jobs) == 1:
            jobs[0].done.set_exception(wrong)
            return
        for job in jobs:
            self._do_together([job])


async def run_brief(work: Callable[..., T], *given: Any, inline: bool) -> T:
    """Run ordinary code from the event loop, without keeping others waiting.

    Inline (for SQLite, whose reads take a tenth of a millisecond) it runs in the loop itself and steps
    aside while a GroupWriter writes: handing a request to a thread and back costs more than most pages.
    Otherwise, and for anything slow, it runs in a thread.
    """
    if inline:
        return await greenlet_spawn(work, *given)
    return await run_in_threadpool(work, *given)


@dataclass(frozen=True)
class Refused:
    """A job that said no: its own part of the transaction is undone."""

    reason: SurveyError


def do_one(job: Job, connection: Connection) -> Any:
    """What one job returns; Refused when it may and did.

    An error of the database's own undoes them all: SQLite has then forgotten the savepoint already.
    """
    if not job.refusable:
        return job.work(connection)
    savepoint = connection.begin_nested()
    try:
        result = job.work(connection)
    except SurveyError as wrong:
        savepoint.rollback()
        return Refused(wrong)
    savepoint.commit()
    return result
