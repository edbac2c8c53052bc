"""How do published numbers become a JSON-stat 2.0 dataset, as portals of statistics read it?

Source: Badosa 2013-2024, JSON-stat 2.0. Most places of the cube are empty, so that values and statuses are
objects with the place as key and not arrays as long as the cube.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

import orjson

VERSION = "2.0"
ROLES = ("time", "geo", "metric")
AT_ONCE = 5_000  # places that are written together


@dataclass(frozen=True)
class Axis:
    """A dimension of the cube: its codes in order, what they are called, and which are parts of which.

    `role` is time, geo, metric or empty. `units` say what the numbers of a metric's codes are.
    """

    id: str
    label: str
    labels: Mapping[str, str]
    role: str = ""
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    children: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])


class Place(NamedTuple):
    """What stands at one place: a number, or a status that says why there is none."""

    codes: tuple[str, ...]
    number: int | float | None
    status: str = ""


def write_json_stat(
    path: Path,
    head: Mapping[str, object],
    axes: Sequence[Axis],
    places: Callable[[], Iterable[Place]],
) -> int:
    """A dataset in a file; how many places have a number or a status. `places` are read twice, in pieces.

    `head` has label, source, updated, note and extension. Raises KeyError for a code that no axis has.
    """
    ranks = [{code: rank for rank, code in enumerate(axis.labels)} for axis in axes]
    sizes = [len(axis.labels) for axis in axes]

    def find(place: Place) -> int:
        """The place as one number, the last axis changing fastest."""
        number = 0
        for code, rank, size in zip(place.codes, ranks, sizes, strict=True):
            number = number * size + rank[code]
        return number

    start = {
        "version": VERSION,
        "class": "dataset",
        **head,
        "id": [axis.id for axis in axes],
        "size": sizes,
        "role": {role: [axis.id for axis in axes if axis.role == role] for role in find_roles(axes)},
        "dimension": {axis.id: describe(axis) for axis in axes},
    }
    with path.open("wb") as file:
        file.write(orjson.dumps(start)[:-1] + b',"value":{')
        numbers = write_members(file, ((find(p), p.number) for p in places() if p.number is not None))
        file.write(b'},"status":{')
        statuses = write_members(file, ((find(p), p.status) for p in places() if p.status))
        file.write(b"}}\n")
    return numbers + statuses


def find_roles(axes: Sequence[Axis]) -> list[str]:
    """The roles that some axis has; one that none has is left out, as the specification says."""
    return [role for role in ROLES if any(axis.role == role for axis in axes)]


def describe(axis: Axis) -> dict[str, object]:
    """A dimension with its categories."""
    category: dict[str, object] = {"index": list(axis.labels), "label": dict(axis.labels)}
    if axis.units:
        category["unit"] = {code: {"label": unit, "decimals": 0} for code, unit in axis.units.items()}
    if axis.children:
        category["child"] = {parent: list(codes) for parent, codes in axis.children.items()}
    return {"label": axis.label, "category": category}


def write_members(file: IO[bytes], members: Iterator[tuple[int, object]]) -> int:
    """The members of an object, without its braces; how many."""
    written = 0
    while some := list(islice(members, AT_ONCE)):
        pieces = orjson.dumps({str(place): value for place, value in some})[1:-1]
        file.write((b"," if written else b"") + pieces)
        written += len(some)
    return written
