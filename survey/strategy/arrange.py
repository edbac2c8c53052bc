"""In which order is a framework read?"""

from __future__ import annotations

from dataclasses import dataclass

from survey.strategy.model import Framework, Item, Kind
from survey.strategy.rules import PARENTS


@dataclass(frozen=True)
class Section:
    """Items that are read together: those under `head`, or where there is none all of a kind."""

    kind: Kind
    head: Item | None
    items: tuple[Item, ...]

    @property
    def says_nothing_measures(self) -> bool:
        """Whether it can be said once, for all the items, that no question to residents measures them."""
        return self.head is None and all(item.is_known and not item.dimensions for item in self.items)


def arrange_items(framework: Framework) -> tuple[Section, ...]:
    """Every item once: each direction with what stands under it, the others by their kind."""
    found: list[Section] = []
    for kind in Kind:
        items = framework.list_items(kind)
        if kind in PARENTS:
            found += [Section(kind, head, list_under(framework, head)) for head in items]
        else:
            loose = tuple(item for item in items if item.belongs_to is None)
            found += [Section(kind, None, loose)] if loose else []
    return tuple(found)


def list_under(framework: Framework, head: Item) -> tuple[Item, ...]:
    """The items that stand under another, in order."""
    return tuple(item for item in framework.items if item.belongs_to == head.id)
