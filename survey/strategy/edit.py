"""How is one item of the strategy map changed, and what must then be true?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from survey.errors import SurveyError
from survey.strategy.model import Framework, Item, Status, StrategyMap
from survey.strategy.rules import MOST_CHARACTERS, PARENTS, list_faults

EDITED = ("sv", "en")  # the languages that can be typed in; texts in others are kept as they are


@dataclass(frozen=True)
class Edit:
    """What somebody wants an item to say, and why. Texts and notes are by language; an empty one is none."""

    framework: str
    item: str
    status: Status
    text: Mapping[str, str]
    dimensions: tuple[str, ...] = ()
    belongs_to: str | None = None
    note: Mapping[str, str] | None = None
    why: str = ""


class EditError(SurveyError):
    """An edit with everything that is wrong with it in `faults`; itself it is the first."""

    def __init__(self, faults: tuple[SurveyError, ...]) -> None:
        super().__init__(faults[0].code, **faults[0].facts)
        self.faults = faults


def apply_edit(old: StrategyMap, edit: Edit, *, dimensions: Collection[str] | None) -> StrategyMap:
    """The map with one item as the edit says and all else as it was.

    Raises SurveyError strategy_item_unknown, and EditError with everything that is wrong.
    """
    framework, item = find_edited(old, edit)
    changed = edit_item(item, edit)
    parents = [one.id for one in framework.items if one.kind in PARENTS and one.id != item.id]
    faults = [
        SurveyError(fault.code, **fault.facts)  # keys: error.strategy_*
        for fault in list_faults(changed, dimensions=dimensions, parents=parents)
    ]
    if len(edit.why) > MOST_CHARACTERS:
        faults.append(SurveyError("strategy_text_long", item=item.id, limit=MOST_CHARACTERS))
    if faults:
        raise EditError(tuple(faults))
    items = tuple(changed if one.id == item.id else one for one in framework.items)
    with_item = framework.model_copy(update={"items": items})
    frameworks = tuple(with_item if one.key == framework.key else one for one in old.frameworks)
    return old.model_copy(update={"frameworks": frameworks})


def find_edited(old: StrategyMap, edit: Edit) -> tuple[Framework, Item]:
    """The framework and the item of an edit. Raises SurveyError strategy_item_unknown."""
    framework = old.find_framework(edit.framework)
    item = framework.find_item(edit.item) if framework is not None else None
    if framework is None or item is None:
        raise SurveyError("strategy_item_unknown", item=edit.item[:20])
    return framework, item


def edit_item(item: Item, edit: Edit) -> Item:
    """The item as the edit says, not checked yet."""
    return item.model_copy(
        update={
            "status": edit.status,
            "text": edit_texts(item.text, edit.text),
            "dimensions": edit.dimensions,
            "belongs_to": edit.belongs_to,
            "note": item.note if edit.note is None else edit_texts(item.note, edit.note),
        }
    )


def edit_texts(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The texts with those that were typed in, on one line each; a language that was emptied is gone."""
    typed = {language: " ".join(text.split()) for language, text in new.items()}
    return {language: text for language, text in {**old, **typed}.items() if text}
