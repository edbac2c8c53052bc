"""How many pages are drawn at once?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Drawing is work for the processor, of which Python has one: when all who pressed at the same moment are
# drawn side by side, everybody waits as long as the last of them.
AT_ONCE = 4
LONGEST_WAIT = 2.0  # seconds; then somebody's page waits for a database or a mail server, and is passed by


class Turns:
    """So many at once; who has waited longest comes next, and who has waited too long goes anyway."""

    def __init__(self, at_once: int, longest_wait: float) -> None:
        self._free = threading.Semaphore(at_once)
        self._longest_wait = longest_wait

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn, and have it until the block ends."""
        has_turn = self._free.acquire(timeout=self._longest_wait)
        try:
            yield
        finally:
            if has_turn:
                self._free.release()


drawing = Turns(AT_ONCE, LONGEST_WAIT)
