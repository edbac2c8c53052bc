"""What every test of survey/ may ask for: an installation, its calendar, and rounds to answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.installation import Installation
from survey.store.rounds import Round
from tests.survey.little_county import open_county
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
