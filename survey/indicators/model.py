"""What is an indicator that was measured elsewhere, and what is one value of it?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Which values are better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True)
class Indicator:
    """What a file says of an indicator. `name_en`, `note` and `dimension` may be empty."""

    id: str
    name_sv: str
    name_en: str
    unit: str
    direction: Direction
    source: str
    note: str = ""
    dimension: str = ""


Place = tuple[str, str, str]  # indicator, area, period
Values = dict[Place, float | None]  # None: the file says that there is no value, which is not zero


@dataclass(frozen=True)
class FoundIndicators:
    """What a file holds of an installation's areas; `outside` counts the areas that were left out."""

    indicators: dict[str, Indicator]
    values: Values
    outside: int
