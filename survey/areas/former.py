"""Which codes no longer stand for a municipality, and which one took their place?

The file former.csv is what is known. It says nothing that no source does: SOURCES.md.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from survey.areas import HERE


@dataclass(frozen=True)
class Former:
    """A code that was valid until a day (2006-12-31), and the codes that it became, in their order."""

    code: str
    until: str
    became: tuple[str, ...]


@lru_cache(maxsize=1)
def read_former() -> Mapping[str, Former]:
    """Every former code that is known, by code; empty when no source has told of any."""
    with (HERE / "former.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    return {row["code"]: Former(row["code"], row["until"], tuple(row["became"].split())) for row in rows}
