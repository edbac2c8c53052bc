"""Which made-up county year is exported in the tests, and where does each of its people belong in it?"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from survey.insight.open_data.export import export_open_data
from survey.installation import Installation
from survey.publication.close import close_ended_months
from tests.insight.exported_files import Atom, Files
from tests.survey.little_county import AGES, AREAS, GENDERS, OTHER_AREAS, SCORES, open_county
from tests.survey.seeded import Person, make_people, seed
from tests.walks import Calendar

CROWDS = (0, 2, 4, 8, 12, 20, 30, 60)  # people of a municipality in a month
UNITS = ("", "north", "south")
MEASURES = {"q1": ("q1",), "q3": ("q3",), "safety": ("q1", "q2")}  # the questions of which one is enough
VARIABLES = {"age": ("b3", AGES), "gender": ("b4", GENDERS)}
CARE = "care."  # a person may be in several: each is a variable of its own


@dataclass(frozen=True)
class County:
    """An installation that has closed a year, the people who answered, and its open data."""

    installation: Installation
    people: tuple[Person, ...]
    folder: Path

    def export(self, name: str = "öppna data") -> Files:
        export_open_data(self.installation, self.folder / name)
        return Files(self.folder / name)


@contextmanager
def close_a_year(url: str, folder: Path, *, seed_number: int = 3) -> Iterator[County]:
    """Two little counties in which 2026 has been closed month by month."""
    chance, calendar = random.Random(seed_number), Calendar()
    months = [f"2026-{number:02d}" for number in range(1, 13)]
    counts = {(a, month): chance.choice(CROWDS) for a in (*AREAS, *OTHER_AREAS) for month in months}
    people = make_people(chance, counts, units=UNITS)
    with open_county(url, folder / "installation", calendar) as installation:
        seed(installation, people)
        calendar.turn_to(2027, 1)
        close_ended_months(installation)
        yield County(installation, tuple(people), folder)


def has_score(measure: str) -> Callable[[Person], bool]:
    """Whether a person has a score in a measure: in one of its questions at least."""
    return lambda one: any(SCORES[q].get(str(one.answers.get(q))) is not None for q in MEASURES[measure])


def find_atom(person: Person, variable: str) -> Atom:
    """Where a person belongs among the leaves of the hierarchies."""
    area = f"{person.area}/{person.unit or '~rest'}"
    if not variable:
        return (area, person.month, "all")
    if variable.startswith(CARE):
        has = variable.removeprefix(CARE) in (person.answers.get("b5") or ())
        return (area, person.month, f"{variable}:{'yes' if has else '~rest'}")
    question, values = VARIABLES[variable]
    answer = person.answers.get(question)
    return (area, person.month, f"{variable}:{answer if answer in values else '~rest'}")
