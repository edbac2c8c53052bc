"""What every test of indicators may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indicators.files import Desk
from tests.walks import opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An installation of Kronoberg in SQLite."""
    with opened(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "var") as found:
        yield Desk(found)


@pytest.fixture
def either_desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """The same on each engine."""
    with opened(database_url, tmp_path / "var") as found:
        yield Desk(found)
