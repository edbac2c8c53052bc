"""What have an area and its county decided that a dimension measures, by the strategy map?"""

from __future__ import annotations

from dataclasses import dataclass

from survey.areas import Area
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import VISITOR
from survey.strategy.model import Framework, Item, Kind, StrategyMap
from survey.strategy.versions import find_current

# What a story is ordered by, and what stands under it.
DIRECTIONS = (Kind.DIRECTION, Kind.DEVELOPMENT_AREA, Kind.PROGRAMME_AREA, Kind.GOAL)
PROMISES = (Kind.PROMISE,)


@dataclass(frozen=True)
class Directions:
    """A framework of an area or its county with the items whose text is known and that something measures."""

    framework: Framework
    items: tuple[Item, ...]


def find_map(installation: Installation) -> StrategyMap | None:
    """The strategy map as it is now; None where there is none."""
    try:
        return find_current(installation, viewer=VISITOR).map
    except SurveyError as wrong:
        if wrong.code != "strategy_none":
            raise
        return None


def list_directions(found: StrategyMap | None, area: Area) -> tuple[Directions, ...]:
    """What was decided in an area and its county; the area's own first."""
    some = [
        Directions(one, tuple(item for item in one.items if is_measured(item) and item.kind in DIRECTIONS))
        for one in list_frameworks(found, area)
    ]
    return tuple(one for one in some if one.items)


def list_promises(found: StrategyMap | None, area: Area, dimension: str) -> tuple[Item, ...]:
    """The promises that a dimension measures."""
    return tuple(
        item
        for one in list_frameworks(found, area)
        for item in one.items
        if item.kind in PROMISES and is_measured(item) and dimension in item.dimensions
    )


def list_frameworks(found: StrategyMap | None, area: Area) -> list[Framework]:
    """The frameworks of an area and its county."""
    own = [area.code, *([area.parent] if area.parent else [])]
    some = [] if found is None else [one for one in found.frameworks if one.area in own]
    return sorted(some, key=lambda one: own.index(one.area or ""))


def is_measured(item: Item) -> bool:
    return item.is_known and bool(item.dimensions)
