"""The sums of a county's people in one period, ready to be estimated from."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from survey.publication.counting import EVERYBODY, MIX
from survey.store.closed import Frozen

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Number = TypeVar("Number", np.int64, np.float64)
N, TOTAL, SQUARES, HIGH = range(4)  # the planes of `sums`


@dataclass(frozen=True, order=True)
class Place:
    """Whom a cell is about: an area, a unit in it or none, and one value of one group or everybody."""

    area: str
    unit: str = ""
    group: str = EVERYBODY
    value: str = ""


@dataclass(frozen=True)
class Axes:
    """What a county's sums are told apart by. Age and gender end with a place for those not known."""

    county: str
    areas: tuple[str, ...]
    ages: tuple[str, ...]
    genders: tuple[str, ...]
    measures: tuple[str, ...]
    dimensions: frozenset[str]  # the measures that are no questions
    answers: tuple[tuple[str, str], ...]
    overlapping: frozenset[str]  # groups that a person may be in several values of
    unscored: frozenset[tuple[str, str]]  # answers that are missing in a score: skipped, and the escape

    @property
    def shape(self) -> tuple[int, int]:
        """Of the strata, those not known included."""
        return (len(self.ages) + 1, len(self.genders) + 1)

    def find_stratum(self, age: str, gender: str) -> int:
        """The place of a stratum; an age or gender that the survey does not know is not known."""
        row = self.ages.index(age) if age in self.ages else len(self.ages)
        column = self.genders.index(gender) if gender in self.genders else len(self.genders)
        return row * self.shape[1] + column


@dataclass
class Cube:
    """Sums by place and stratum.

    `sums` is (places, strata, measures, 4), `counts` (places, strata, answers).
    """

    axes: Axes
    places: dict[Place, int] = field(default_factory=dict[Place, int])
    people: Whole = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    sums: Floats = field(default_factory=lambda: np.zeros(0))
    counts: Floats = field(default_factory=lambda: np.zeros(0))
    mix: dict[tuple[str, str, str], Floats] = field(default_factory=dict[tuple[str, str, str], Floats])

    def __post_init__(self) -> None:
        strata = self.axes.shape[0] * self.axes.shape[1]
        self.people = np.zeros((0, strata), dtype=np.int64)
        self.sums = np.zeros((0, strata, len(self.axes.measures), 4))
        self.counts = np.zeros((0, strata, len(self.axes.answers)))

    def find(self, place: Place) -> int:
        """The row of a place, made when it is new."""
        row = self.places.setdefault(place, len(self.places))
        while row >= len(self.people):
            more = max(32, len(self.people))
            self.people = grow(self.people, more)
            self.sums = grow(self.sums, more)
            self.counts = grow(self.counts, more)
        return row

    def select(self, places: Sequence[Place]) -> tuple[Whole, Floats, Floats]:
        """People, sums and counts of some places, zeros for those that nobody is in."""
        rows = [self.find(place) for place in places]
        return self.people[rows], self.sums[rows], self.counts[rows]


def grow(array: npt.NDArray[Number], more: int) -> npt.NDArray[Number]:
    return np.concatenate([array, np.zeros((more, *array.shape[1:]), dtype=array.dtype)])


def fill_cube(cube: Cube, frozen: Frozen) -> None:
    """Add a municipality's frozen sums of a month to a period's. Its mix is kept apart."""
    axes, table = cube.axes, frozen.table
    rows: list[int] = []
    places: list[int] = []
    strata: list[int] = []
    known_places: dict[tuple[str, str, str], tuple[int, ...]] = {}
    known_strata: dict[tuple[str, str], int] = {}
    for row, (unit, group, value, age, gender) in enumerate(table.keys):
        if group == MIX:
            continue
        who, stratum = (unit, group, value), (age, gender)
        if who not in known_places:
            known_places[who] = tuple(map(cube.find, list_places(frozen.area, *who)))
        if stratum not in known_strata:
            known_strata[stratum] = axes.find_stratum(*stratum)
        for place in known_places[who]:
            rows.append(row)
            places.append(place)
            strata.append(known_strata[stratum])
    measures = find_columns(axes.measures, table.measures)
    answers = find_columns(axes.answers, table.answers)
    at = (np.array(places, dtype=np.int64), np.array(strata, dtype=np.int64))
    np.add.at(cube.people, at, table.people[rows].astype(np.int64))
    np.add.at(cube.sums, (at[0][:, None], at[1][:, None], measures), table.sums[rows])
    np.add.at(cube.counts, (at[0][:, None], at[1][:, None], answers), table.counts[rows])
    add_mix(cube, frozen, measures)


@lru_cache(maxsize=64)
def find_columns(every: tuple[Hashable, ...], some: tuple[Hashable, ...]) -> Whole:
    """Where some names stand among every one. Raises KeyError for one that is not there."""
    columns = {one: column for column, one in enumerate(every)}
    return np.array([columns[one] for one in some], dtype=np.int64)


def add_mix(cube: Cube, frozen: Frozen, measures: Whole) -> None:
    """Add the sets of those alike in what case mix adjusts for: n and sum by measure."""
    for row, (_, group, value, age, _) in enumerate(frozen.table.keys):
        if group == MIX:
            sums = cube.mix.setdefault((frozen.area, value, age), np.zeros((len(cube.axes.measures), 2)))
            sums[measures] += frozen.table.sums[row][:, [N, TOTAL]]


def list_places(area: str, unit: str, group: str, value: str) -> tuple[Place, ...]:
    """The cells a set of people counts in: its area's, and its unit's where it has one."""
    whole = Place(area, "", group, value)
    return (whole, Place(area, unit)) if unit else (whole,)
