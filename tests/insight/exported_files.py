"""What does a stranger read in exported open data, who has the files and nothing else?

`Reading` turns the rows of one measure into sums over atoms, for `tests/analysis/attacker.py`: an atom is the
people of a leaf of areas, a month, and a leaf of one variable's groups, as `hierarchies.csv` says.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from pathlib import Path

import numpy as np

Row = dict[str, str]
Atom = tuple[str, str, str]  # area, month, group


def read_rows(file: Path) -> list[Row]:
    """The rows of a CSV file as any tool reads them."""
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@dataclass
class Files:
    """The exported rows and what is above what."""

    folder: Path
    cells: list[Row] = field(init=False)
    children: dict[str, dict[str, list[str]]] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = read_rows(self.folder / "cells.csv")
        self.children = {one: defaultdict(list) for one in ("area", "period", "group")}
        for link in read_rows(self.folder / "hierarchies.csv"):
            self.children[link["dimension"]][link["code"]] += []
            if link["parent"]:
                self.children[link["dimension"]][link["parent"]].append(link["code"])

    def find_leaves(self, dimension: str, code: str, variable: str = "") -> list[str]:
        """The codes that a code is made of, of groups by one variable; a code without children is itself."""
        below = self.children[dimension][code]
        if dimension == "group":
            below = [one for one in below if variable and one.startswith(f"{variable}:")]
        return [leaf for one in below for leaf in self.find_leaves(dimension, one, variable)] or [code]


@dataclass
class Reading:
    """One measure's rows in a county, of everybody and of one variable's groups or none."""

    files: Files
    measure: str
    county: str
    variable: str = ""

    @cached_property
    def rows(self) -> list[Row]:
        groups = ("all",) if not self.variable else ("all", f"{self.variable}:")
        return [
            row
            for row in self.files.cells
            if row["measure"] == self.measure
            and row["area"].startswith(self.county)
            and row["group"].startswith(groups)
        ]

    @cached_property
    def atoms(self) -> dict[Atom, int]:
        """Every atom and its column."""
        leaves = self.files.find_leaves
        tops = [code for code in self.files.children["period"] if len(code) == len("2026")]
        months = sorted(leaf for top in tops for leaf in leaves("period", top))
        groups = leaves("group", "all", self.variable)
        found = product(leaves("area", self.county), months, groups)
        return {atom: column for column, atom in enumerate(found)}

    def sum_rows(self, rows: Sequence[Row]) -> np.ndarray:
        """Which atoms each row is the sum of, (rows, atoms)."""
        leaves = self.files.find_leaves
        found = np.zeros((len(rows), len(self.atoms)), dtype=np.int64)
        for number, row in enumerate(rows):
            parts = (
                leaves("area", row["area"]),
                leaves("period", row["period"]),
                leaves("group", row["group"], self.variable),
            )
            found[number, [self.atoms[atom] for atom in product(*parts)]] = 1
        return found

    def count_people(self, people: Iterable[Atom]) -> np.ndarray:
        """How many people each atom really has, which no stranger knows."""
        found = np.zeros(len(self.atoms), dtype=np.int64)
        for atom in people:
            found[self.atoms[atom]] += 1
        return found

    def pick(self, status: str) -> list[Row]:
        return [row for row in self.rows if row["status"] == status]


def key_by_place(rows: Iterable[Row]) -> Mapping[tuple[str, str, str, str], Row]:
    return {(row["area"], row["period"], row["group"], row["measure"]): row for row in rows}
