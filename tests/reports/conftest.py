"""What a test of reports may ask for: a small county with answers, and empty ones on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from survey.demo import fill_when_new
from survey.demo.county import LJUNGBY, TORSAS, County
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from survey.reports.subject import Subject
from survey.reports.wish import Asked, read_wish
from tests.demonstrations import calendar, installation, on_sqlite
from tests.walks import Calendar, opened

__all__ = ["calendar", "installation", "on_sqlite"]

VAXJO, EMPTY = "0780", "0767"
COUNTY = County(months=14, per_thousand=1.5, municipalities=frozenset({VAXJO, LJUNGBY, TORSAS}))
MANAGER, MEMBER, RESIDENT = (Person(role) for role in (Role.MANAGER, Role.PANEL_MEMBER, Role.RESIDENT))


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Two counties in which three municipalities have answers, filled once for the tests that only look."""
    folder = tmp_path_factory.mktemp("county")
    url = f"sqlite:///{folder / 'county.db'}"
    with opened(url, folder, Calendar(date(2026, 9, 10)), DEMO=True) as found:
        fill_when_new(found, tell=lambda _line: None, county=COUNTY)
        yield found


def make_subject(installation: Installation, area: str, *, language: str = "sv", **asked: str) -> Subject:
    """What a committee page of an area is about."""
    wish = read_wish(installation, Asked(areas=(area,), language=language, **asked), by=MANAGER)
    found = installation.areas.find(area)
    return Subject(installation, speak(language), wish, wish.find_viewer(MANAGER.role), found)
