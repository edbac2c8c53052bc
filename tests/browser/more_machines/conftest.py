"""What the stories run against here: two application machines, HAProxy, and two database machines."""

from __future__ import annotations

import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.more_machines.app_machine import AppMachine, name_address, start_proxy
from tests.browser.more_machines.database_machine import (
    DatabaseMachine,
    start_primary,
    start_standby,
    wait_until,
)
from tests.browser.running_app import stop
from tests.postgres_server import find_free_port


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


def fill_database(folder: Path, settings: dict[str, str]) -> None:
    """Have the demonstration county made, in a process that ends then."""
    app = AppMachine(folder, settings)
    try:
        app.start()
    finally:
        app.stop()


@pytest.fixture(scope="session")
def machines() -> Iterator[Machines]:
    """The database is filled by the first application machine before there is a standby.

    In a folder that PostgreSQL's own user may enter, which it may not where pytest keeps its own.
    """
    with ExitStack() as ending, tempfile.TemporaryDirectory(prefix="machines-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        primary = start_primary(folder / "primary")
        ending.callback(primary.stop)
        keys = {"KEYS_COPY_DIR": str(folder / "keys")}
        fill_database(folder / "one", keys | {"DATABASE_URL": name_address([primary], "any")})
        standby = start_standby(folder / "standby", primary)
        ending.callback(standby.stop)
        settings = keys | {
            "DATABASE_URL": name_address([primary, standby], "read-write"),
            "READER_URL": name_address([standby, primary], "prefer-standby"),
        }
        apps = [AppMachine(folder / name, settings) for name in ("one", "two")]
        for app in apps:
            ending.callback(app.stop)
            app.start()
        port = find_free_port()
        proxy = start_proxy(folder / "proxy", port, apps)
        ending.callback(stop, proxy)
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: is_ready(address))
        yield Machines(address, apps, primary, standby, folder / "keys")


@pytest.fixture(scope="session")
def server(machines: Machines) -> str:
    """The address of HAProxy, in the place of the one process that the other stories have."""
    return machines.address
