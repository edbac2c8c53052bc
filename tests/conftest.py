"""What every test may ask for: a database of its own, on each engine that the product supports."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from survey import installation
from survey.definition.load import load_folder
from survey.definition.model import Definition
from tests.migrated import lay_migrated
from tests.postgres_server import PostgresServer, find_memory, run_postgres
from tests.walks import SURVEYS

logging.getLogger("mail.log").setLevel(logging.WARNING)  # the tests' own mail server, in the same process

# A slow shared machine is no fault of the code, so no example has a time limit of its own.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

# What tests write lies in memory where there is room: they wait for the disk hundreds of thousands of times.
if (memory := find_memory()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))

BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests go last: they are the slowest, and Playwright leaves an event loop behind it."""
    items.sort(key=lambda item: BROWSER_TESTS in item.path.parents)


@pytest.fixture(scope="session", autouse=True)
def surveys_read_once() -> Iterator[None]:
    """The project's own surveys are parsed once in a process and not for each of thousands of installations:
    it took two thirds of opening one. Any other folder is read as it is (tests/definition)."""
    read = lru_cache(maxsize=1)(lambda: load_folder(SURVEYS))

    def load(folder: Path) -> tuple[Definition, ...]:
        return read() if folder == SURVEYS else load_folder(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installation, "load_folder", load)
        yield


@pytest.fixture(scope="session", autouse=True)
def components_looked_for_once() -> Iterator[None]:
    """Streamlit's AppTest looks for components in every installed package at each run of a page, and none has
    any: it was nine tenths of what a run took."""
    with pytest.MonkeyPatch.context() as patch:
        look = lru_cache(maxsize=1)(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", look)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL server for the whole run, started when the first test asks."""
    with run_postgres(within=find_memory()) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The SQLAlchemy URL of a database with its schema and nothing else, once on each engine."""
    if request.param == "sqlite":
        yield lay_migrated(f"sqlite:///{tmp_path / 'invanarrosten.db'}")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.migrated_database() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The same for tests of how a schema comes to be."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'invanarrosten.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as address:
        yield address
