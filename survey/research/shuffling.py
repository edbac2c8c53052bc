"""In which order do people stand in a file? One that nobody chose, and in no two files the same.

Rows are dealt at random into heaps on disk, and each heap is shuffled by itself: together that is a shuffle
of them all, with no more than a heap in memory. A row lies on disk with what the file will say, and no more.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

HEAP_ROWS = 50_000  # that are in memory at once, about
MOST_HEAPS = 400  # files that are open at once; more rows make larger heaps
Rows = npt.NDArray[np.uint16]


class Shuffle:
    """Takes rows in any order and gives them in a random one; a context that leaves nothing on disk."""

    def __init__(self, folder: Path, *, people: int, width: int) -> None:
        self._width, self._heaps = width, min(MOST_HEAPS, max(1, people // HEAP_ROWS))
        self._chance = np.random.default_rng(secrets.randbits(128))
        self._paths = [folder / f".heap-{number}" for number in range(self._heaps)]
        self._open = ExitStack()

    def __enter__(self) -> Shuffle:
        self._files = [self._open.enter_context(path.open("w+b")) for path in self._paths]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        for path in self._paths:
            path.unlink(missing_ok=True)

    def add(self, rows: Rows) -> None:
        """Deal some rows into heaps."""
        heaps = self._chance.integers(0, self._heaps, len(rows))
        order = np.argsort(heaps, kind="stable")
        ends = np.searchsorted(heaps[order], np.arange(self._heaps + 1))
        for heap in np.flatnonzero(np.diff(ends)).tolist():
            self._files[heap].write(rows[order[ends[heap] : ends[heap + 1]]].tobytes())

    def deal(self) -> Iterator[Rows]:
        """Every row once, some at a time."""
        for file in self._files:
            file.seek(0)
            rows = np.frombuffer(file.read(), dtype=np.uint16).reshape(-1, self._width)
            if len(rows):
                yield rows[self._chance.permutation(len(rows))]
