"""What may an item of a strategy map say?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from survey.language import DEFAULT_LANGUAGE, WHOLE_LANGUAGES
from survey.strategy.model import Item, Kind

MOST_CHARACTERS = 600  # of a text or a note: a promise is a sentence, not a page
PARENTS = (Kind.DIRECTION,)  # what other items may stand under


@dataclass(frozen=True)
class Fault:
    """Something that is wrong with one part of an item; `code` has its words in the catalogue."""

    part: str
    code: str
    facts: dict[str, object] = field(default_factory=dict[str, object])


def list_faults(
    item: Item, *, dimensions: Collection[str] | None, parents: Collection[str]
) -> Iterator[Fault]:
    """Everything that is wrong with an item that has the right shape.

    `dimensions` are those that the survey measures, None when the survey is not known here and nothing can
    be said about them; `parents` are the items it may stand under.
    """
    yield from list_text_faults(item)
    for name in dict.fromkeys(item.dimensions):
        if dimensions is not None and name not in dimensions:
            yield Fault("dimensions", "strategy_dimension_unknown", {"dimension": name})
        if item.dimensions.count(name) > 1:
            yield Fault("dimensions", "strategy_dimension_twice", {"dimension": name})
    if item.belongs_to is not None and item.belongs_to not in parents:
        yield Fault("belongs_to", "strategy_parent_unknown", {"parent": item.belongs_to})


def list_text_faults(item: Item) -> Iterator[Fault]:
    """What is wrong with the text and the note: a known item has a Swedish text, one not found has none."""
    if item.is_known and not item.text.get(DEFAULT_LANGUAGE, "").strip():
        yield Fault("text", "strategy_text_missing", {"item": item.id})
    if not item.is_known and any(text.strip() for text in item.text.values()):
        yield Fault("text", "strategy_text_not_here", {"item": item.id})
    if item.note and not item.note.get(DEFAULT_LANGUAGE, "").strip():
        yield Fault("note", "strategy_note_missing", {"item": item.id})
    for part, texts in (("text", item.text), ("note", item.note)):
        for language, text in texts.items():
            if language not in WHOLE_LANGUAGES:
                yield Fault(part, "strategy_language_unknown", {"language": language})
            if len(text) > MOST_CHARACTERS:
                yield Fault(part, "strategy_text_long", {"item": item.id, "limit": MOST_CHARACTERS})
