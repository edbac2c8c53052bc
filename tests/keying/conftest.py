"""What a test of keying may ask for: an installation, a round of letters and an open one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.installation import Installation
from survey.store.rounds import Round
from tests.walks import Calendar, open_a_round, opened


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def installation(tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    """On SQLite: the store's own tests have both engines."""
    with opened("", tmp_path / "var", calendar) as found:
        yield found


@pytest.fixture
def letters(installation: Installation) -> Round:
    return open_a_round(installation, "brev", door="coded")


@pytest.fixture
def everybody(installation: Installation) -> Round:
    return open_a_round(installation, "alla")
