"""What does the process count while it runs, and how is nobody seen in it?

What people do is told in steps of twenty (decision 0017): a figure that is read every few seconds would else
say when a single person sent their answers. What goes wrong on our side is told at once: it is nobody's
answer.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

STEP = 20  # people or requests that are told together; as many as a batch of answers that are mixed
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # bounds of the histograms
PREFIX = "invanarrosten_"
REQUESTS = "Requests by route pattern and class of status; in steps of 20, but those that were our fault"
OUR_FAULT = 500  # HTTP statuses from here on


def floor_to_step(number: int) -> int:
    """A number as it may be told: 0 for 0 to 19, 20 for 20 to 39 and so on."""
    return number // STEP * STEP


disable_created_metrics()  # they would tell when the first twentieth came


class InSteps:
    """Keeps back what has happened until it has happened to twenty; then tells all of it at once."""

    def __init__(self, tell: Callable[[tuple[str, ...], float], None]) -> None:
        self._tell = tell
        self._kept: defaultdict[tuple[str, ...], list[float]] = defaultdict(list)
        self._lock = threading.Lock()

    def note(self, what: tuple[str, ...], amount: float = 1.0) -> None:
        """Something happened; `amount` is what is to be told of it, as how long it took."""
        with self._lock:
            self._kept[what].append(amount)
            ready = self._kept.pop(what) if len(self._kept[what]) >= STEP else []
        for one in ready:
            self._tell(what, one)


class Counted:
    """The figures of one process, from its start. Restarting forgets up to nineteen of each."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self._requests = self._count("requests", REQUESTS, "route", "method", "status")
        self._seconds = self._time("request_seconds", "How long requests took, in steps of 20", "route")
        self._pages = self._time("page_seconds", "How long runs of pages took, in steps of 20", "page")
        self._sent = self._count("answers_sent", "Answers that were sent here, in steps of 20")
        self._mixed = self._count("answers_mixed", "Answers that became responses here")
        self._lines = self._count("log_lines", "Lines of the log that are warnings or worse", "level")
        self._failed = self._count("chore_failures", "Chores that were put off or failed", "chore")
        self._done = self._keep(
            "chore_last_success_timestamp_seconds", "When a chore last went well", "chore"
        )
        self._open = 0
        seen = self._keep("open_pages", "Browsers with a page of the app open, in steps of 20")
        seen.set_function(lambda: floor_to_step(self._open))
        self._asked = InSteps(self._tell_request)
        self._drawn = InSteps(lambda what, seconds: self._pages.labels(*what).observe(seconds))
        self._sendings = InSteps(lambda _what, number: self._sent.inc(number))

    def _count(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"{PREFIX}{name}", what, labels, registry=self.registry)

    def _time(self, name: str, what: str, *labels: str) -> Histogram:
        return Histogram(f"{PREFIX}{name}", what, labels, buckets=SECONDS, registry=self.registry)

    def _keep(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(f"{PREFIX}{name}", what, labels, registry=self.registry)

    def _tell_request(self, what: tuple[str, ...], seconds: float) -> None:
        route, method, status = what
        self._requests.labels(route, method, status).inc()
        self._seconds.labels(route).observe(seconds)

    def note_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """A request was answered. `route` is a pattern, never an address that somebody asked for."""
        kind = f"{status // 100}xx"
        if status >= OUR_FAULT:
            self._requests.labels(route, method, kind).inc()
        else:
            self._asked.note((route, method, kind), seconds)

    def note_page(self, page: str, seconds: float) -> None:
        """A page of the app was drawn."""
        self._drawn.note((page,), seconds)

    def note_sent(self) -> None:
        """Somebody sent their answers. Nothing is written anywhere (decision 0009)."""
        self._sendings.note(())

    def note_mixed(self, number: int) -> None:
        """So many answers became responses, in one go."""
        self._mixed.inc(number)

    def note_line(self, level: str) -> None:
        """A line of the log that is a warning or worse."""
        self._lines.labels(level).inc()

    def note_chore(self, chore: str, *, well: bool) -> None:
        """A chore was done, or was not."""
        if well:
            self._done.labels(chore).set(time.time())
        else:
            self._failed.labels(chore).inc()

    def note_open(self, change: int) -> None:
        """A browser opened a page of the app (1), or closed it (-1)."""
        self._open += change


counted = Counted()
