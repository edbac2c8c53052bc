"""How does a test write a population file and load it, and what was kept or told of it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from survey.commands import list_problems
from survey.definition.load import say_problem
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.population.load import Loaded, load_population
from survey.store import populations
from survey.store.populations import Population
from tests.walks import opened

AGES = ("a15_29", "a30_44", "a45_64", "a65_79", "a80p")
AREAS = "code,name,parent_code,parent_name\n0780,Växjö,07,Kronobergs län\n0781,Ljungby,07,Kronobergs län\n"
NAMES = {"0780": "Växjö", "0781": "Ljungby"}
PLAIN = [(code, age, gender, "10") for code in NAMES for age in AGES for gender in ("woman", "man")]
PLAIN_HEAD = ("code", "age", "gender", "people")


@dataclass(frozen=True)
class Office:
    """An installation of two municipalities, and a folder for files."""

    installation: Installation
    folder: Path

    def load(self, content: bytes | str, year: int | None = 2025) -> Loaded:
        file = self.folder / "befolkning.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_population(self.installation, file, year=year, by="test")

    def find(self, year: int | None = None) -> Population | None:
        with self.installation.database.read() as connection:
            return populations.find_population(connection, year)

    def list_people(self, year: int | None = None) -> dict[tuple[str, str, str], int]:
        found = self.find(year)
        return {} if found is None else {(m.area, m.age, m.gender): m.people for m in found.margins}

    def find_faults(self, content: bytes | str, year: int | None = 2025) -> list[tuple[int, str, str]]:
        """Line, place and code of everything that is wrong; each has a sentence, and nothing is kept."""
        before = self.find()
        with pytest.raises(SurveyError) as wrong:
            self.load(content, year)
        assert wrong.value.code == "population_wrong"
        assert self.find() == before
        problems = list_problems(wrong.value)
        for language in ("sv", "en"):
            assert all(say_problem(problem, speak(language)) for problem in problems)
            assert speak(language).explain(wrong.value)
        return [(one.line, one.place, one.code.removeprefix("population_")) for one in problems]

    def say_faults(self, content: str, year: int | None = 2025) -> str:
        with pytest.raises(SurveyError) as wrong:
            self.load(content, year)
        return "\n".join(say_problem(one, speak("sv")) for one in list_problems(wrong.value))


def open_office(url: str, folder: Path) -> Iterator[Office]:
    (folder / "areas.csv").write_text(AREAS, "utf-8")
    with opened(url, folder / "var", AREAS_FILE=folder / "areas.csv") as found:
        yield Office(found, folder)


def write(rows: Sequence[Sequence[str]], head: Sequence[str] = PLAIN_HEAD, delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\n" for row in (head, *rows))


def change(row: int, column: int, text: str) -> str:
    """The plain file with one cell changed; row 0 is on line 2."""
    rows = [list(cells) for cells in PLAIN]
    rows[row][column] = text
    return write(rows)
