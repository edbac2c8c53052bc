"""What the stories run against here: two application machines, HAProxy, and two database machines."""

from __future__ import annotations

import logging
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from survey.demo import fill_when_new
from survey.demo.county import County
from survey.installation import find_today
from tests.browser import watched_page
from tests.browser.conftest import MILLISECONDS_TO_SEE
from tests.browser.more_machines.app_machine import AppMachine, name_address, start_proxy
from tests.browser.more_machines.database_machine import (
    DatabaseMachine,
    start_primary,
    start_standby,
    wait_until,
)
from tests.browser.running_app import stop
from tests.postgres_server import find_free_port
from tests.walks import opened

SECONDS_TO_DRAW = 120
log = logging.getLogger(__name__)
SMALL = County(months=4, per_thousand=1.0, municipalities=frozenset({"0780", "0781", "0880"}))


@dataclass
class Machines:
    """Everything that runs, and the address that people know."""

    address: str
    apps: list[AppMachine]
    primary: DatabaseMachine
    standby: DatabaseMachine
    keys: Path

    def count_healthy(self) -> int:
        """How many application machines answer for themselves."""
        return sum(is_ready(f"http://127.0.0.1:{app.port}") for app in self.apps)


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def fill_database(primary: DatabaseMachine, folder: Path, keys: Path) -> None:
    """Have a small county made with the keys that the first application machine will have."""
    address = name_address([primary], "any")
    with opened(address, folder, find_today, DEMO=True, KEYS_COPY_DIR=keys) as installation:
        fill_when_new(installation, tell=log.info, county=SMALL)


@pytest.fixture(scope="session")
def machines() -> Iterator[Machines]:
    """The database is filled by the first application machine before there is a standby.

    In a folder that PostgreSQL's own user may enter, which it may not where pytest keeps its own.
    """
    with tempfile.TemporaryDirectory(prefix="machines-") as made, ExitStack() as ending:
        folder = Path(made)
        folder.chmod(0o755)
        primary = start_primary(folder / "primary")
        ending.callback(primary.stop)
        keys = folder / "keys"
        fill_database(primary, folder / "one", keys)
        standby = start_standby(folder / "standby", primary)
        ending.callback(standby.stop)
        settings = {
            "KEYS_COPY_DIR": str(keys),
            "DATABASE_URL": name_address([primary, standby], "read-write"),
            "READER_URL": name_address([standby, primary], "prefer-standby"),
        }
        apps = [AppMachine(folder / name, settings) for name in ("one", "two")]
        for app in apps:
            ending.callback(app.stop)
            app.begin()
        for app in apps:
            app.wait()
        port = find_free_port()
        proxy = start_proxy(folder / "proxy", port, apps)
        ending.callback(stop, proxy)
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: is_ready(address))
        yield Machines(address, apps, primary, standby, keys)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Eight programs share a machine here, which each would have to itself."""
    monkeypatch.setattr(watched_page, "MILLISECONDS_TO_DRAW", 1000 * SECONDS_TO_DRAW)
    expect.set_options(timeout=1000 * SECONDS_TO_DRAW)
    yield
    expect.set_options(timeout=MILLISECONDS_TO_SEE)


@pytest.fixture(scope="session")
def server(machines: Machines) -> str:
    """The address of HAProxy, in the place of the one process that the other stories have."""
    return machines.address
