"""What many tests ask for: a demonstration without any round, on each engine and on one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.installation import Installation
from tests.walks import Calendar, opened


@pytest.fixture
def calendar() -> Calendar:
    """A day in September 2026."""
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
