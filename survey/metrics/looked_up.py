"""What is looked up when somebody asks for the figures: what waits, the disk, the pool, the newest backup."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from survey.backup.newest import find_newest
from survey.errors import SurveyError
from survey.health import check_ready, find_free
from survey.installation import Installation
from survey.logs import locate_fault
from survey.metrics.counted import floor_to_step
from survey.publication.close import list_months_to_close
from survey.running import find_installation
from survey.store import waiting
from survey.store.examined import measure_lag
from survey.store.schema import find_head
from survey.version import VERSION, find_code_version

DISK_STEP = 2**24  # bytes: finer, the disk would tell of single answers
DAY = 86_400.0  # seconds


def gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"invanarrosten_{name}", what, value=value)


class LookUp(Collector):
    """Asks the installation that is served; what cannot be told is left out, and `ready` says why."""

    def collect(self) -> Iterable[Metric]:
        yield tell_ready()
        try:
            installation = find_installation()
        except SurveyError:
            return
        yield tell_build(installation)
        yield from list_around(installation)
        try:
            yield from list_stored(installation)
        except SurveyError:
            yield gauge("database_up", "Whether the database answers", 0)
        else:
            yield gauge("database_up", "Whether the database answers", 1)


def tell_ready() -> Metric:
    """1 when answers can be taken; else 0 with the code of what is wrong."""
    found = GaugeMetricFamily("invanarrosten_ready", "Whether answers can be taken", labels=("code",))
    try:
        check_ready()
    except SurveyError as wrong:
        found.add_metric([wrong.code], 0)
    except Exception as fault:
        found.add_metric([locate_fault(fault).split(" ", 1)[0]], 0)
    else:
        found.add_metric([""], 1)
    return found


def tell_build(installation: Installation) -> Metric:
    """Which code this is and what it runs on."""
    said = {
        "version": VERSION,
        "code": find_code_version(),
        "schema": find_head(),
        "database": "sqlite" if installation.database.is_sqlite else "postgresql",
        "python": platform.python_version(),
        "streamlit": version("streamlit"),
        "kind": installation.settings.label,
    }
    found = GaugeMetricFamily("invanarrosten_build_info", "Which code this is", labels=tuple(said))
    found.add_metric(list(said.values()), 1)
    return found


def list_around(installation: Installation) -> Iterator[Metric]:
    """What lies around the database."""
    free = find_free(installation.settings.var_dir) // DISK_STEP * DISK_STEP
    yield gauge("disk_free_bytes", "Free where things are written, in steps of 16 MiB", free)
    used, size = installation.database.count_connections()
    yield gauge("database_connections_used", "Connections that are in use", used)
    yield gauge("database_connections_open", "Connections that are open", size)
    newest = find_newest(installation.settings)
    if newest is not None:
        yield gauge(
            "backup_last_timestamp_seconds", "When the newest backup was made", newest.made.timestamp()
        )


def list_stored(installation: Installation) -> Iterator[Metric]:
    """What waits in the database. The same in every process of an installation. Raises SurveyError
    database_*.
    """
    settings = installation.settings
    with installation.database.read(newest=True) as connection:
        sealed = waiting.count_inbox(connection)
        sessions = waiting.count_sessions(connection, idle=settings.session_idle, at=time.time())
        outboxes = waiting.list_outboxes(connection)
    late = len(list_months_to_close(installation))
    yield gauge("inbox_answers", "Sealed answers that wait, in steps of 20", floor_to_step(sealed))
    yield gauge("sessions", "People who are signed in, in steps of 20", floor_to_step(sessions))
    yield gauge("months_to_close", "Months that are over and not published", late)
    letters = GaugeMetricFamily(
        "invanarrosten_letters_waiting", "Letters that wait to be sent, in steps of 20", labels=("outbox",)
    )
    oldest = GaugeMetricFamily(
        "invanarrosten_letters_oldest_days", "Days that the oldest letter has waited", labels=("outbox",)
    )
    for one in outboxes:
        letters.add_metric([one.name], floor_to_step(one.letters))
        if one.oldest is not None:
            oldest.add_metric([one.name], count_days(one.oldest, installation.today()))
    yield letters
    yield oldest
    behind = measure_lag(installation.database)
    if behind is not None:
        yield gauge("replica_behind_seconds", "How far behind what pages are read from is", round(behind))


def count_days(since: date, today: date) -> int:
    return max(0, (today - since).days)
