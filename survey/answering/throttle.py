"""How many tries does the whole service take a minute, and when so many that somebody should know?"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.store import audits

log = logging.getLogger(__name__)
MOST_WRONG = 300  # wrong codes a minute: a whole hospital may mistype, 31^10 codes cannot be searched
MOST_IN_SPACE = 200  # of one kind of code a minute, so that guessed receipts do not stop letters
WINDOW = 60.0  # seconds
ALARM_WRONG = 1_000  # wrong codes an hour that the coordinator is told of
ALARM_WINDOW = 3_600.0  # seconds
GUESSED = "codes guessed"  # the audit event of an alarm
TOLD_FOR = timedelta(hours=24)  # how long an alarm is told on the coordinator's page


class Throttle:
    """Counts wrong tries for the whole service and never per address: a hospital is one address.

    A space is a kind of code: letter codes, receipts. What carries 128 bits is never stopped, so that
    somebody who guesses the printed codes does not keep out those who scan.
    """

    def __init__(self, *, most: int = MOST_WRONG, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._now = now
        self._wrong: deque[tuple[float, str]] = deque()
        self._hour: deque[float] = deque(maxlen=ALARM_WRONG)
        self._told = -ALARM_WINDOW
        self._lock = threading.Lock()

    def check(self, space: str = "") -> None:
        """Raises SurveyError too_many_tries when there have been too many wrong tries."""
        with self._lock:
            while self._wrong and self._wrong[0][0] < self._now() - WINDOW:
                self._wrong.popleft()
            is_space_full = space != "" and count_space(self._wrong, space) >= MOST_IN_SPACE
            if len(self._wrong) >= self._most or is_space_full:
                raise SurveyError("too_many_tries")

    def note(self, space: str = "") -> bool:
        """Count a wrong try; whether it is the one to raise an alarm for, which is once an hour at most."""
        with self._lock:
            now = self._now()
            self._wrong.append((now, space))
            self._hour.append(now)
            is_many = len(self._hour) == ALARM_WRONG and self._hour[0] > now - ALARM_WINDOW
            if not is_many or now < self._told + ALARM_WINDOW:
                return False
            self._told = now
            return True


def count_space(wrong: deque[tuple[float, str]], space: str) -> int:
    return len([one for one in wrong if one[1] == space])


def note_guess(installation: Installation, throttle: Throttle, space: str) -> None:
    """Count a wrong try, and write down that there are as many as when somebody guesses."""
    if not throttle.note(space):
        return
    log.warning("%d wrong codes within an hour: somebody may be guessing", ALARM_WRONG)
    with installation.database.write() as connection:
        audits.add_event(connection, GUESSED, "service", by=SYSTEM, number=ALARM_WRONG)


def find_alarm(installation: Installation, *, at: datetime | None = None) -> datetime | None:
    """When somebody last seemed to guess codes, if that was within a day."""
    with installation.database.read(newest=True) as connection:
        last = audits.find_last(connection, GUESSED)
    return last if last is not None and last > (at or datetime.now(UTC)) - TOLD_FOR else None
