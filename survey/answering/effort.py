"""What does it cost to begin when very many begin at once? A second of work, or twenty seconds of waiting.

Nothing is asked of anybody in ordinary times. When the whole service sees more beginnings in a minute than
people make, each browser is given a task: to find a number that makes a hash begin with some zeros. Who has
no scripts waits instead. It is never counted per address: a whole hospital is one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable

from survey.answering.keys import hash_keyed
from survey.installation import Installation

BUSY = 600  # beginnings a minute: the whole country's peak, privacy.md 5
WINDOW = 60.0  # seconds
ZERO_BITS = 14  # 16,000 hashes on average: about a second on a phone
WAIT = 20  # seconds that stand for the work
LASTS = 600  # seconds a task can be handed in
MOST_SIGNS = 200  # of what is handed in


class Beginnings:
    """How many have begun lately, and which tasks were handed in, in this process's memory."""

    def __init__(self, *, most: int = BUSY, now: Callable[[], float] = time.time) -> None:
        self._most = most
        self._now = now
        self._begun: deque[float] = deque()
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()

    def is_busy(self) -> bool:
        """Whether more have begun in the last minute than people do."""
        with self._lock:
            self._forget()
            return len(self._begun) >= self._most

    def note(self) -> None:
        with self._lock:
            self._begun.append(self._now())

    def make_task(self, installation: Installation) -> str:
        """A task of this moment, which only this installation can have made."""
        task = f"{int(self._now())}.{secrets.token_hex(8)}"
        return f"{task}.{sign_task(installation, task)}"

    def is_done(self, installation: Installation, task: str, answer: str) -> bool:
        """Whether a task was worked or waited for; each counts once."""
        body, _, signature = task.rpartition(".")
        if len(task) > MOST_SIGNS or len(answer) > MOST_SIGNS or not body:
            return False
        if not hmac.compare_digest(signature.encode(), sign_task(installation, body).encode()):
            return False
        age = self._now() - int(body.partition(".")[0])
        if not 0 <= age <= LASTS or not (age >= WAIT or is_solved(task, answer)):
            return False
        with self._lock:
            self._forget()
            if task in self._used:
                return False
            self._used[task] = self._now()
            return True

    def _forget(self) -> None:
        now = self._now()
        while self._begun and abs(now - self._begun[0]) > WINDOW:  # also where a clock was set back
            self._begun.popleft()
        for task in [one for one, at in self._used.items() if at < now - LASTS - WINDOW]:
            del self._used[task]


def sign_task(installation: Installation, body: str) -> str:
    return hash_keyed(installation.pepper, "task of beginning", body.encode()).hex()[:32]


def is_solved(task: str, answer: str) -> bool:
    """Whether the hash of a task and its answer begins with enough zeros."""
    found = int.from_bytes(hashlib.sha256(f"{task}:{answer}".encode()).digest())
    return found >> (256 - ZERO_BITS) == 0
