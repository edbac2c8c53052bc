"""How many wrong codes, and addresses to write to, does the whole service take a minute?"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from survey.errors import SurveyError

MOST_WRONG = 300  # wrong codes a minute: a whole hospital may mistype, 31^10 codes cannot be searched
WINDOW = 60.0  # seconds


class Throttle:
    """Counts tries for the whole service and never per sender: a hospital is one address."""

    def __init__(self, *, most: int = MOST_WRONG, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._now = now
        self._noted: deque[float] = deque()
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raises SurveyError too_many_tries when there have been too many."""
        with self._lock:
            while self._noted and self._noted[0] < self._now() - WINDOW:
                self._noted.popleft()
            if len(self._noted) >= self._most:
                raise SurveyError("too_many_tries")

    def note(self) -> None:
        with self._lock:
            self._noted.append(self._now())
