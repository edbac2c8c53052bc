"""What does a strategy map consist of?"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictStr

from survey.definition.model import Identifier, Model, Text

ItemId = Annotated[StrictStr, Field(pattern=r"^[A-Z][A-Z0-9]{0,7}$")]


class Status(StrEnum):
    """How far the text of an item is known."""

    SOURCED = "sourced"  # read in its source
    TRUNCATED = "truncated"  # cut off in its source, and known as far as it could be read
    NOT_FOUND = "not_found"  # known to be there; the text is not known
    ENTERED = "entered"  # typed in by the strategy owner


class Kind(StrEnum):
    """What an item is, in the order in which a framework's items are read."""

    VISION = "vision"
    DIRECTION = "direction"
    PROMISE = "promise"
    PROGRAMME_AREA = "programme_area"
    DEVELOPMENT_AREA = "development_area"
    GOAL = "goal"
    PART = "part"
    SHIFT = "shift"
    LIFE_AREA = "life_area"
    SUCCESS_FACTOR = "success_factor"
    PRIORITY_GROUP = "priority_group"


class Item(Model):
    """One thing that was decided. `text` is empty when it was not found.

    `dimensions` are measured by questions to residents; none when no question measures the item, and then
    `note` may say what does. `belongs_to` is the item it stands under. `group` is a group of the survey.
    """

    id: ItemId
    kind: Kind
    status: Status
    text: Text = Field(default_factory=dict)
    dimensions: tuple[Identifier, ...] = ()
    belongs_to: ItemId | None = None
    note: Text = Field(default_factory=dict)
    group: Identifier | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is a text to show."""
        return self.status is not Status.NOT_FOUND


class Framework(Model):
    """A strategy, a programme or a model with its items. `area` is the county or municipality of its owner,
    None of one that is nobody's in particular. `sources` are web addresses; `documents` are never shown."""

    key: Identifier
    title: Text
    owner: Text
    area: Annotated[StrictStr | None, Field(pattern=r"^[0-9]{2}([0-9]{2})?$")] = None
    decided: Text = Field(default_factory=dict)
    horizon: Annotated[int | None, Field(ge=1900, le=2100)] = None
    review_cycle_years: Annotated[int | None, Field(ge=1, le=50)] = None
    sources: tuple[StrictStr, ...] = ()
    documents: tuple[StrictStr, ...] = ()
    activities: tuple[Text, ...] = ()
    note: Text = Field(default_factory=dict)
    items: tuple[Item, ...] = Field(min_length=1)

    def find_item(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)

    def list_items(self, kind: Kind) -> tuple[Item, ...]:
        """The items of a kind, in order."""
        return tuple(item for item in self.items if item.kind is kind)


class StrategyMap(Model):
    """Every framework, and the survey whose dimensions they are measured by."""

    survey: Identifier
    frameworks: tuple[Framework, ...] = Field(min_length=1)

    def find_framework(self, key: str) -> Framework | None:
        return next((one for one in self.frameworks if one.key == key), None)


def write_map(found: StrategyMap) -> str:
    """The map as one JSON document, the same for the same content."""
    return found.model_dump_json(exclude_defaults=True)


def read_map(document: str) -> StrategyMap:
    """The map of a stored document."""
    return StrategyMap.model_validate_json(document)
