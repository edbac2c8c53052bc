"""Which people are behind published cells, as the attackers of tests/analysis/attacker.py are given them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from analysis.periods import list_months, parse_period
from survey.store.publications import Cell
from tests.survey.little_county import COUNTY
from tests.survey.seeded import Person


@dataclass(frozen=True)
class Atom:
    """People whom nothing that is published of one group variable tells apart."""

    area: str
    unit: str
    month: str
    values: frozenset[str]


def stack(cells: Sequence[Cell], atoms: Sequence[Atom], *, county: str = COUNTY) -> np.ndarray:
    """Which atoms each cell is the sum of, (cells, atoms) of 0 and 1."""
    return np.array([[covers(cell, atom, county) for atom in atoms] for cell in cells], dtype=int).reshape(
        len(cells), len(atoms)
    )


def covers(cell: Cell, atom: Atom, county: str) -> bool:
    return (
        cell.area in (county, atom.area)
        and cell.unit in ("", atom.unit)
        and atom.month in months_of(cell.period)
        and (not cell.group or cell.value in atom.values)
    )


@cache
def months_of(period: str) -> frozenset[str]:
    return frozenset(list_months(parse_period(period)))


def answers_measure(person: Person, measure: str) -> bool:
    """Whether a person has a score in a dimension that is no composite: half of its questions are enough."""
    asked = {"safety": ("q1", "q2"), "help": ("q3",)}[measure]
    return any(person.answers.get(one) not in (None, "na") for one in asked)
