"""What a test of the interface for programs may ask for: a county whose year is closed, and who asks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.api import answering
from survey.api.buckets import Limit
from tests.api.programs import Program, serving
from tests.insight.exported_county import County, close_a_year

NO_LIMIT = Limit(1e9, 1e9)


@pytest.fixture(scope="package")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """One for all tests that only read: closing it takes twenty seconds."""
    folder: Path = tmp_path_factory.mktemp("county")
    with close_a_year(f"sqlite:///{folder / 'county.db'}", folder) as found:
        yield found


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks too often."""
    monkeypatch.setattr(answering, "ANYBODY_LIMIT", NO_LIMIT)
    monkeypatch.setattr(answering, "PERMIT_LIMIT", NO_LIMIT)


@pytest.fixture
def program(county: County, unlimited: None) -> Iterator[Program]:
    """A program that asks the county."""
    with serving(county.installation) as client:
        yield client
