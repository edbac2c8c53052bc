"""How large the demonstration county is, how its municipalities differ, and what was planted in it.

Planted, so that tests and documentation can refer to it (PLANTED and GAPS):
* Ljungby (0781): continuity, questions a04-a09, is higher by 9.5 points in the last 14 months;
  as measured, in the mean of the dimension, by about 9.
* Nybro (0881): access, questions a18-a19, falls month by month over the last 12 months, by 5.5 points in all;
  as measured by about 5.
* Torsås (0834): nobody answered in three months: 20, 19 and 7 months before the one that is running.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from survey.areas import Area
from survey.definition.model import Question

SEED = 20_260_701  # any number; the same number gives the same county in any month, but for the seasons
MONTHS = 36  # complete months before the one that is running
PER_THOUSAND = 3.0  # answers a month for each thousand residents above RELUCTANT
MOST_ANSWERS = 110.0  # of a usual month: as surveys do, the larger are asked by sample and the small in whole
RELUCTANT = 4_000  # residents; the smallest municipalities answer more seldom than their size says
FEWEST_RESIDENTS = 500  # residents above RELUCTANT that every municipality is counted as having
UNKNOWN_RESIDENTS = 10_000  # for a municipality whose size is not known
UNEVENNESS = 12.0  # shape of the gamma that months differ by: a standard deviation of 29 %
SEASON: Mapping[str, float] = {"06": 0.9, "07": 0.5, "08": 0.8, "12": 0.85}  # of a usual month; July is still
AREA_SPREAD = 2.5  # points between municipalities, as a standard deviation
DIMENSION_SPREAD = 1.5  # points, for one dimension in one municipality
MONTH_SPREAD = 0.7  # points, for one municipality in one month


@dataclass(frozen=True)
class County:
    """How much of the county is made. `municipalities` are codes; None is every one there is."""

    months: int = MONTHS
    per_thousand: float = PER_THOUSAND
    municipalities: frozenset[str] | None = None

    def has(self, area: Area) -> bool:
        return self.municipalities is None or area.code in self.municipalities


@dataclass(frozen=True)
class Shift:
    """A planted change: `points` (0-100) in an area's questions, from some months before the running one.

    `over` is how many months it takes; 1 is at once. Points are those of people's minds: what is measured
    is a little less, as nobody can answer better than the best or worse than the worst.
    """

    area: str
    questions: frozenset[str]
    months_ago: int
    points: float
    over: int = 1

    def measure(self, months_ago: int) -> float:
        """How much of the shift there is in a month."""
        passed = self.months_ago - months_ago + 1
        return self.points * min(max(passed, 0), self.over) / self.over


LJUNGBY, NYBRO, TORSAS = "0781", "0881", "0834"
PLANTED = (
    Shift(LJUNGBY, frozenset({"a04", "a05", "a06", "a07", "a08", "a09"}), months_ago=14, points=9.5),
    Shift(NYBRO, frozenset({"a18", "a19"}), months_ago=12, points=-5.5, over=12),
)
KALMAR_COUNTY = "08"
NEW_MONTHS = 4  # months ago since when something new is written about in Kalmar county
SOMETHING_NEW = "Sedan labbet stängde får jag lämna blodprov i en annan stad."
GAPS: Mapping[str, frozenset[int]] = {TORSAS: frozenset({20, 19, 7})}  # months ago without a single answer


def seed_numbers(*names: str) -> np.random.Generator:
    """Random numbers of their own for what the names say, the same each time."""
    return np.random.default_rng([SEED, *(zlib.crc32(name.encode()) for name in names)])


def find_something_new(area: Area, months_ago: int) -> str:
    """The sentence that people in a municipality have begun to write; empty where there is none."""
    return SOMETHING_NEW if area.parent == KALMAR_COUNTY and months_ago <= NEW_MONTHS else ""


def count_answers(county: County, area: Area, month: str, months_ago: int) -> int:
    """How many people answered in a municipality in a month, 0 in a gap."""
    if months_ago in GAPS.get(area.code, ()):
        return 0
    numbers = seed_numbers("count", area.code, str(months_ago))
    residents = max((area.residents or UNKNOWN_RESIDENTS) - RELUCTANT, FEWEST_RESIDENTS)
    usual = min(county.per_thousand * residents / 1000, MOST_ANSWERS) * SEASON.get(month[-2:], 1.0)
    return int(numbers.poisson(numbers.gamma(UNEVENNESS, usual / UNEVENNESS)))


def find_pulls(area: str, months_ago: int, items: Iterable[Question]) -> np.ndarray:
    """How many points the municipality's answers lie above (below 0: below) the county's, per question."""
    asked = tuple(items)
    dimensions = sorted({str(question.dimension) for question in asked})
    lasting = seed_numbers("area", area)
    whole = lasting.normal(0, AREA_SPREAD)
    own = dict(zip(dimensions, lasting.normal(0, DIMENSION_SPREAD, len(dimensions)), strict=True))
    passing = seed_numbers("month", area, str(months_ago)).normal(0, MONTH_SPREAD)
    planted = [
        sum(s.measure(months_ago) for s in PLANTED if s.area == area and question.id in s.questions)
        for question in asked
    ]
    return np.array([whole + passing + own[str(q.dimension)] for q in asked]) + np.array(planted)
