"""When is a password not even looked at, because too many wrong ones came before it?

Wrong tries are counted for the address that was typed, known or not, so that nobody learns which is. A
browser that somebody has signed in with before has a count of its own: strangers can make an account's other
doors wait for minutes, and never close the one its holder uses.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from survey.errors import SurveyError
from survey.installation import Installation
from survey.store import sessions
from survey.store.sessions import Tries

FREE_TRIES = 5  # wrong ones before anybody waits
FIRST_PAUSE = 15.0  # seconds; twice as long after each wrong one
LONGEST_PAUSE = 15 * 60.0  # never longer: a lock for good would let anybody lock everybody out
FORGOTTEN_AFTER = 3600.0  # seconds without a wrong one
MOST_WRONG = 120  # a minute in the whole service, from browsers it does not know
WINDOW = 60.0  # seconds


def find_pause(wrong: int) -> float:
    """Seconds to wait after so many wrong tries in a row."""
    over = wrong - FREE_TRIES
    return 0.0 if over < 0 else min(FIRST_PAUSE * 2.0 ** min(over, 20), LONGEST_PAUSE)


def note_try(known: Tries, at: float) -> Tries:
    """The tries with one more, which counts as wrong until it turns out to be right."""
    wrong = 1 if at - known.last > FORGOTTEN_AFTER else known.wrong + 1
    return Tries(wrong, at, at + find_pause(wrong))


def take_turn(installation: Installation, door: bytes, *, at: float) -> None:
    """Count a try at a door before anything is looked at, so that many at once are counted too.

    Raises SurveyError sign_in_wait with how many minutes when nothing may be tried yet.
    """
    with installation.database.read(newest=True) as connection:
        check_pause(sessions.find_tries(connection, door), at)  # before the queue of those who write
    with installation.database.write() as connection:
        sessions.hold_door(connection, door)
        known = sessions.find_tries(connection, door)
        check_pause(known, at)
        sessions.keep_tries(connection, door, note_try(known, at))


def check_pause(known: Tries, at: float) -> None:
    """Raises SurveyError sign_in_wait with how many minutes when nothing may be tried yet."""
    if known.until > at:
        raise SurveyError("sign_in_wait", minutes=int((known.until - at) // 60) + 1)


def clear_tries(installation: Installation, door: bytes) -> None:
    """It was right: what was wrong before does not count any more."""
    with installation.database.write() as connection:
        sessions.forget_tries(connection, door)


class Crowd:
    """How many wrong tries the whole service had in the last minute, from browsers that it does not know."""

    def __init__(self, *, most: int = MOST_WRONG, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._now = now
        self._wrong: deque[float] = deque()
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raises SurveyError sign_in_crowded while there are too many."""
        with self._lock:
            while self._wrong and self._wrong[0] < self._now() - WINDOW:
                self._wrong.popleft()
            if len(self._wrong) >= self._most:
                raise SurveyError("sign_in_crowded")

    def note_wrong(self) -> None:
        with self._lock:
            self._wrong.append(self._now())
