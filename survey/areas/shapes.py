"""Where do municipalities lie: their boundaries, and their place in a county's tile grid?

Files: boundaries/<county>.json and tiles.csv; SOURCES.md says where they come from. An installation's own
areas have neither unless they carry the official codes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import orjson

from survey.areas import Area

HERE = Path(__file__).parent

Ring = tuple[tuple[float, float], ...]  # longitude and latitude in degrees; the last point is the first again
Tile = tuple[int, int]  # column from the west, row from the north


def find_boundaries(municipalities: Iterable[Area]) -> dict[str, tuple[Ring, ...]]:
    """The rings of each municipality by its code; those whose boundaries are not known are left out."""
    found = {one.code: read_county(one.parent or "").get(one.code) for one in municipalities}
    return {code: rings for code, rings in found.items() if rings}


def find_tiles(municipalities: Sequence[Area]) -> dict[str, Tile]:
    """The tile of each municipality by its code, with the westernmost in column 0 and the northernmost in
    row 0.

    Empty when a tile is not known, or two share one: the grids of two counties do not fit together unless
    they were made to.
    """
    known = read_tiles()
    found = {one.code: known[one.code] for one in municipalities if one.code in known}
    if not found or len(set(found.values())) < len(municipalities):
        return {}
    west, north = min(col for col, _ in found.values()), min(row for _, row in found.values())
    return {code: (col - west, row - north) for code, (col, row) in found.items()}


@lru_cache(maxsize=32)
def read_county(county: str) -> dict[str, tuple[Ring, ...]]:
    """The rings of a county's municipalities; empty where no file has them."""
    path = HERE / "boundaries" / f"{county}.json"
    if county not in {one.stem for one in (HERE / "boundaries").iterdir()}:
        return {}
    return {
        code: tuple(tuple((lon, lat) for lon, lat in ring) for ring in rings)
        for code, rings in orjson.loads(path.read_bytes()).items()
    }


@lru_cache(maxsize=1)
def read_tiles() -> dict[str, Tile]:
    """Every tile that is known."""
    with (HERE / "tiles.csv").open(encoding="utf-8", newline="") as source:
        return {row["kommun_code"]: (int(row["col"]), int(row["row"])) for row in csv.DictReader(source)}
