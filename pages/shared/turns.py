"""How many pages are drawn at once?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Drawing is work for the processor, of which Python has one: when all who pressed at the same moment are
# drawn side by side, everybody waits as long as the last of them.
AT_ONCE = 4
LONGEST_WAIT = 2.0  # seconds; then somebody's page waits for a database or a mail server, and is passed by
_turns = threading.Semaphore(AT_ONCE)


@contextmanager
def taking_turns() -> Iterator[None]:
    """Wait until few enough pages are being drawn, or until it has taken long enough."""
    has_turn = _turns.acquire(timeout=LONGEST_WAIT)
    try:
        yield
    finally:
        if has_turn:
            _turns.release()
