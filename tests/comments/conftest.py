"""An installation in which people have written, as the tests of comments need it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.installation import Installation
from tests.walks import Calendar, opened


@pytest.fixture
def calendar() -> Calendar:
    """10 September 2026, until the test turns it."""
    return Calendar()


@pytest.fixture
def installation(database_url: str, tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var", calendar, DEMO=True) as found:
        yield found


@pytest.fixture
def on_sqlite(tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    """For rules that no engine has a say in."""
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", calendar, DEMO=True) as found:
        yield found
