"""Who may write to a SQLite file now? One at a time, of all threads and processes that ask here."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from survey.errors import SurveyError

BETWEEN_LOOKS = 0.002  # seconds, at a lock that another process has


class WriteLock:
    """A file beside the database that is locked before SQLite is asked.

    SQLite's own waiting is polling with longer and longer pauses: single waits of seconds (privacy.md 5).
    """

    def __init__(self, path: str, *, patience: float) -> None:
        self._path, self._patience = path, patience
        self._turn = threading.Lock()
        self._file: IO[str] | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Have the lock while the block runs. Raises SurveyError database_busy when others keep it too long,
        and database_read_only where the file cannot be made.
        """
        deadline = time.monotonic() + self._patience
        if not self._turn.acquire(timeout=self._patience):
            raise SurveyError("database_busy")
        try:
            file = self._open()
            take(file, deadline)
            try:
                yield
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)
        finally:
            self._turn.release()

    def _open(self) -> IO[str]:
        if self._file is None:
            try:
                self._file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
            except OSError:
                raise SurveyError("database_read_only") from None
        return self._file

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def take(file: IO[str], deadline: float) -> None:
    """Lock a file that other processes lock too. Raises SurveyError database_busy when it takes too long."""
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise SurveyError("database_busy") from None
            time.sleep(BETWEEN_LOOKS)
