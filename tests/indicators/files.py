"""How does a test write an indicator file, and load it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from survey.definition.load import say_problem
from survey.definition.read import Problem
from survey.errors import SurveyError
from survey.indicators.find import ImportedSeries, find_indicators
from survey.indicators.load import Loaded, load_bytes
from survey.installation import Installation
from survey.language import speak
from survey.store import audits, indicators
from survey.store.indicators import StoredValue

HEAD = ("indicator", "name_sv", "name_en", "unit", "direction", "area", "period", "value", "source", "note")
ROW: Mapping[str, str] = {
    "indicator": "k1",
    "name_sv": "Kontinuitetsindex",
    "name_en": "Continuity index",
    "unit": "index",
    "direction": "higher",
    "area": "0780",
    "period": "2024",
    "value": "0,5",
    "source": "Påhittad källa",
    "note": "",
}


def write_file(*rows: Mapping[str, str], head: tuple[str, ...] = HEAD, by: str = ";") -> str:
    """A file with a row for each, which says what ROW says where it says nothing else."""
    lines = [by.join({**ROW, "dimension": "", **row}[name] for name in head) for row in rows]
    return "\n".join([by.join(head), *lines])


@dataclass(frozen=True)
class Desk:
    """An installation that files are loaded into."""

    installation: Installation

    def load(self, content: str | bytes, *, only_check: bool = False) -> Loaded:
        encoded = content.encode() if isinstance(content, str) else content
        return load_bytes(self.installation, "mått.csv", encoded, only_check=only_check, by="test")

    def find_faults(self, content: str | bytes) -> list[tuple[int, str, str]]:
        """Line, place and code of everything that is wrong; each has its words, and nothing is kept."""
        before = self.list_values()
        with pytest.raises(SurveyError) as wrong:
            self.load(content)
        assert wrong.value.code == "indicators_wrong"
        assert self.list_values() == before
        found = wrong.value.facts["problems"]
        assert isinstance(found, tuple)
        problems = [one for one in found if isinstance(one, Problem)]
        for language in ("sv", "en"):
            assert all("{" not in say_problem(one, speak(language)) for one in problems)
        return [(one.line, one.place, one.code) for one in problems]

    def list_values(self) -> dict[tuple[str, str, str], float | None]:
        with self.installation.database.read(newest=True) as connection:
            found = indicators.list_values(connection)
        return {(one.indicator, one.area, one.period): one.value for one in found}

    def list_revisions(self, indicator: str = "k1") -> tuple[StoredValue, ...]:
        with self.installation.database.read(newest=True) as connection:
            return indicators.list_revisions(connection, indicator)

    def count_events(self) -> int:
        with self.installation.database.read(newest=True) as connection:
            return audits.count_events(connection, "indicators loaded")

    def find(self, *areas: str, dimension: str | None = None) -> tuple[ImportedSeries, ...]:
        known = self.installation.areas
        return find_indicators(self.installation, [known.find(one) for one in areas], dimension=dimension)
