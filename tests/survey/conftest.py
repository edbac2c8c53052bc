"""What every test of survey/ may ask for: an installation, its calendar, rounds, and where files come in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.installation import Installation
from survey.store.rounds import Round
from tests.survey.bringing_in import Desk
from tests.survey.little_county import open_county
from tests.survey.population_files import (
    Office,
    open_office,
)
from tests.walks import Calendar, open_a_round, opened


@pytest.fixture
def calendar() -> Calendar:
    """10 September 2026, until the test turns it."""
    return Calendar()


@pytest.fixture
def installation(database_url: str, tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    """A new installation of two counties, on each engine."""
    with opened(database_url, tmp_path / "var", calendar) as found:
        yield found


@pytest.fixture
def county(database_url: str, tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    """A new installation of the little survey, on each engine."""
    with open_county(database_url, tmp_path, calendar) as found:
        yield found


@pytest.fixture
def quick_county(tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    """The same on SQLite alone, where it is the rule that matters and not the engine."""
    with open_county(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path, calendar) as found:
        yield found


@pytest.fixture
def open_round(installation: Installation) -> Round:
    """A round that anybody may answer, all of 2026."""
    return open_a_round(installation, "alla")


@pytest.fixture
def coded_round(installation: Installation) -> Round:
    """A round that takes a code, all of 2026."""
    return open_a_round(installation, "brev", door="coded")


@pytest.fixture
def desk(installation: Installation, tmp_path: Path) -> Desk:
    """A desk on each engine; today is 10 September 2026."""
    return Desk(installation, open_a_round(installation, "papper", door="import"), tmp_path)


@pytest.fixture(scope="module")
def quick_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all tests that ask about files and mappings, where nothing hangs on the engine."""
    folder = tmp_path_factory.mktemp("desk")
    with opened(f"sqlite:///{folder / 'quick.db'}", folder / "var", Calendar()) as installation:
        yield Desk(installation, open_a_round(installation, "papper", door="import"), folder)


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    yield from open_office(database_url, tmp_path)


@pytest.fixture(scope="module")
def quick_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One installation for many files of which none, or only the last, is kept."""
    folder = tmp_path_factory.mktemp("office")
    yield from open_office(f"sqlite:///{folder / 'invanarrosten.db'}", folder)
