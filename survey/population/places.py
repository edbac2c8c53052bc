"""Which municipality a text in a population file is about, and whether it is one of this installation's."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from survey.areas import HERE as AREA_FILES
from survey.areas import Areas

NATION = "00"  # Statistics Sweden's code of the whole country
_CODE = re.compile(r"(\d{2}|\d{4})(?= |$)")
_CODE_LIKE = re.compile(r"\d{2,4}(?= |$)")


class Region(Enum):
    """What a code stands for, seen from the installation."""

    HERE = "here"
    OUTSIDE = "outside"  # a municipality of Sweden that is not the installation's
    WHOLE = "whole"  # a county or the country: a sum of municipalities


@dataclass(frozen=True)
class Found:
    code: str
    region: Region


@dataclass(frozen=True)
class Places:
    """The municipalities of an installation, by code in the order of their names, and those of Sweden."""

    names: Mapping[str, str]
    counties: frozenset[str]
    sweden: frozenset[str]

    @property
    def here(self) -> tuple[str, ...]:
        return tuple(self.names)

    def find(self, text: str) -> Found | None:
        """What "0780 Växjö", "0780" or an installation's own code stands for; None when it is no code."""
        for code in (text, text.partition(" ")[0]):
            if code in self.names:
                return Found(code, Region.HERE)
        match = _CODE.match(text)
        code = match[1] if match else text
        if code in self.sweden:
            return Found(code, Region.OUTSIDE)
        return Found(code, Region.WHOLE) if code == NATION or code in self.counties else None

    def looks_like_code(self, text: str) -> bool:
        """Whether a text begins as codes do, known or not."""
        return _CODE_LIKE.match(text) is not None or self.find(text) is not None


def list_places(areas: Areas) -> Places:
    """The places of an installation beside the whole country's."""
    municipalities, counties = read_codes()
    names = {area.code: f"{area.code} {area.name}" for area in areas.municipalities}
    return Places(names, counties | {area.code for area in areas.counties}, municipalities)


@lru_cache(maxsize=1)
def read_codes() -> tuple[frozenset[str], frozenset[str]]:
    """The codes of every municipality and every county of Sweden."""
    with (AREA_FILES / "municipalities.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    return frozenset(row["kommun_code"] for row in rows), frozenset(row["region_code"] for row in rows)
