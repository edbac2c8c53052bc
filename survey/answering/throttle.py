"""How many wrong codes the whole service takes a minute."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from survey.errors import SurveyError

MOST_WRONG = 300  # wrong codes a minute: a whole hospital may mistype, 31^10 codes cannot be searched
WINDOW = 60.0  # seconds


class Throttle:
    """Counts wrong tries for the whole service and never per address: a hospital is one address."""

    def __init__(self, *, most: int = MOST_WRONG, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._now = now
        self._wrong: deque[float] = deque()
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raises SurveyError too_many_tries when there have been too many wrong tries."""
        with self._lock:
            while self._wrong and self._wrong[0] < self._now() - WINDOW:
                self._wrong.popleft()
            if len(self._wrong) >= self._most:
                raise SurveyError("too_many_tries")

    def note_wrong(self) -> None:
        with self._lock:
            self._wrong.append(self._now())
