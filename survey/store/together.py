"""How small writes of many people share one transaction, each safe on disk when it is answered for."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.util.concurrency import await_, greenlet_spawn, in_greenlet
from starlette.concurrency import run_in_threadpool

from survey.errors import SurveyError

T = TypeVar("T")
UNWRITABLE = ("database_full", "database_read_only", "database_unreachable")
MOST_TOGETHER = 100  # jobs in one transaction: more would make the first wait for the last
MOST_WAITING = 5_000  # jobs in line: who comes after that is told at once that it cannot be kept now
PATIENCE = 15.0  # seconds that anybody waits for the database before they are told that it cannot be now
GATHERING_SECONDS = 0.005  # how long a crowd gathers before it is written for; nobody waits for a lonely one


@dataclass(frozen=True)
class Job:
    """One write. A refusable one may raise SurveyError, and is then undone alone.

    Who asked waits in a thread, or in an event loop: then `done` is the loop's own.
    """

    work: Callable[[Connection], Any]
    refusable: bool
    done: Future[Any] | asyncio.Future[Any]


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
        self._began: float | None = None  # when what has not been written since was begun

    def do(self, work: Callable[[Connection], T], *, refusable: bool = False) -> T:
        """Do some work in a transaction and return what it returned, when it is on disk.

        Work that may refuse after it has written is `refusable` and gets a savepoint; one that refuses
        otherwise makes the others that share its transaction be done once more, each by itself.

        Raises what the work raised (SurveyError, and nothing of it is kept), or SurveyError database_*:
        database_busy when it was not kept in time. It may be kept all the same, if it had been begun.
        """
        if self._jobs.qsize() >= MOST_WAITING:
            raise SurveyError("database_busy")
        self._start()
        if in_greenlet():
            return await_(self._await_done(work, refusable))
        done: Future[T] = Future()
        self._jobs.put(Job(work, refusable, done))
        wait([done], PATIENCE)
        if done.cancel():
            raise SurveyError("database_busy")
        return done.result()

    async def _await_done(self, work: Callable[[Connection], T], refusable: bool) -> T:
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put(Job(work, refusable, done))
        await asyncio.wait([done], timeout=PATIENCE)
        if done.cancel():
            raise SurveyError("database_busy")
        return done.result()

    def is_stuck(self) -> bool:
        """Whether nothing could be written for as long as people wait, since somebody wanted to."""
        began = self._began
        return began is not None and time.monotonic() - began > PATIENCE

    def close(self) -> None:
        """Finish what is asked for, and stop."""
        with self._starting:
            if self._thread is not None:
                self._jobs.put(None)
                self._thread.join()
                self._thread = None

    def _start(self) -> None:
        if not self._is_writing():
            with self._starting:
                if not self._is_writing():
                    self._thread = threading.Thread(
                        target=self._keep_writing, name="group-writer", daemon=True
                    )
                    self._thread.start()

    def _is_writing(self) -> bool:
        """Whether there is a thread that writes; one that died of something is followed by another."""
        return self._thread is not None and self._thread.is_alive()

    def _keep_writing(self) -> None:
        jobs: list[Job] = []
        while (first := self._jobs.get()) is not None:
            if len(jobs) > 1:
                time.sleep(GATHERING_SECONDS)
            jobs = [first]
            while len(jobs) < MOST_TOGETHER and not self._jobs.empty():
                job = self._jobs.get()
                if job is None:
                    self._do_together(jobs)
                    return
                jobs.append(job)
            self._do_together(jobs)

    def _do_together(self, jobs: list[Job]) -> None:
        jobs = [job for job in jobs if not job.done.cancelled()]  # nobody waits for those any more
        if not jobs:
            return
        results: list[tuple[Job, Any]] = []
        self._began = self._began or time.monotonic()
        try:
            with self._write() as connection:
                results.extend((job, do_one(job, connection)) for job in jobs)
        except BaseException as wrong:
            self._do_apart(jobs, wrong)
            return
        self._began = None
        tell(results)

    def _do_apart(self, jobs: list[Job], wrong: BaseException) -> None:
        """One write may have spoilt it for the others: each is tried once more by itself.

        Not where the database cannot be written at all: that would be found out as often as somebody waits.
        """
        if len(jobs) == 1 or (isinstance(wrong, SurveyError) and wrong.code in UNWRITABLE):
            tell([(job, Refused(wrong)) for job in jobs])
            return
        for job in jobs:
            self._do_together([job])


async def run_brief(work: Callable[..., T], *given: Any, inline: bool) -> T:
    """Run ordinary code from the event loop, without keeping others waiting.

    Inline (for SQLite, whose reads take a tenth of a millisecond) it runs in the loop itself and steps
    aside while a GroupWriter writes: handing a request to a thread and back costs more than most pages.
    Otherwise, and for anything slow, it runs in a thread. Raises as `run_within`.
    """
    if inline:
        return await greenlet_spawn(work, *given)
    return await run_within(PATIENCE, work, *given)


async def run_within(seconds: float, work: Callable[..., T], *given: Any) -> T:
    """Run ordinary code in a thread for at most so long.

    A database that is silent keeps its threads, of which there are forty, and whoever waits for one goes
    away in time instead of adding to a line without end. Raises SurveyError database_busy.
    """
    task = asyncio.ensure_future(run_in_threadpool(work, *given))
    await asyncio.wait([task], timeout=seconds)
    if task.done():
        return task.result()
    task.add_done_callback(forget_result)
    task.cancel()  # one that has a thread goes on in it
    raise SurveyError("database_busy")


def forget_result(task: asyncio.Future[Any]) -> None:
    """Nobody waits for it any more; asked for, so that no fault is told of as never looked at."""
    if not task.cancelled():
        task.exception()


@dataclass(frozen=True)
class Refused:
    """A job that said no, or failed: its own part of the transaction is undone."""

    reason: BaseException


def tell(results: Sequence[tuple[Job, Any]]) -> None:
    """Tell everybody how their write went; an event loop is woken once for all who wait in it."""
    waiting: defaultdict[asyncio.AbstractEventLoop, list[tuple[Job, Any]]] = defaultdict(list)
    for job, result in results:
        if isinstance(job.done, Future):
            if job.done.set_running_or_notify_cancel():  # else its person was told that it took too long
                tell_one(job, result)
        else:
            waiting[job.done.get_loop()].append((job, result))
    for loop, here in waiting.items():
        with suppress(RuntimeError):  # the loop has closed: nobody waits any more
            loop.call_soon_threadsafe(tell_here, here)


def tell_here(results: Sequence[tuple[Job, Any]]) -> None:
    for job, result in results:
        if not job.done.done():  # nobody has gone away meanwhile
            tell_one(job, result)


def tell_one(job: Job, result: Any) -> None:
    if isinstance(result, Refused):
        job.done.set_exception(result.reason)
    else:
        job.done.set_result(result)


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
