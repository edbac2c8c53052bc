"""What differs between two strategy maps?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from survey.strategy.model import Framework, Item, StrategyMap

ADDED, REMOVED, MOVED, SURVEY = "added", "removed", "moved", "survey"
Values = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One part that differs: which framework, which item (empty for the framework itself) and which field.

    A field of a text has its language behind a dot: `text.sv`. `before` and `after` are the values, none when
    there was nothing. An item or a framework that came or went has the field ADDED or REMOVED, and one that
    changed places among the others MOVED.
    """

    framework: str
    item: str
    field: str
    before: Values = ()
    after: Values = ()


def compare_maps(old: StrategyMap, new: StrategyMap) -> tuple[Change, ...]:
    """Every difference; none exactly when the maps are the same."""
    return tuple(walk_differences(old, new))


def walk_differences(old: StrategyMap, new: StrategyMap) -> Iterator[Change]:
    if old.survey != new.survey:
        yield Change("", "", SURVEY, (old.survey,), (new.survey,))
    before = {one.key: one for one in old.frameworks}
    after = {one.key: one for one in new.frameworks}
    for key in dict.fromkeys((*before, *after)):
        if key not in after or key not in before:
            yield Change(key, "", ADDED if key in after else REMOVED)
        else:
            yield from compare_frameworks(before[key], after[key])
    yield from list_moved("", list(before), list(after))


def compare_frameworks(old: Framework, new: Framework) -> Iterator[Change]:
    """What differs in a framework: its own fields first, then its items."""
    for name, was, now in compare_fields(old, new, but="items"):
        yield Change(old.key, "", name, was, now)
    before = {item.id: item for item in old.items}
    after = {item.id: item for item in new.items}
    for item in dict.fromkeys((*before, *after)):
        if item not in after or item not in before:
            yield Change(old.key, item, ADDED if item in after else REMOVED)
        else:
            for name, was, now in compare_fields(before[item], after[item]):
                yield Change(old.key, item, name, was, now)
    yield from list_moved(old.key, list(before), list(after))


def list_moved(framework: str, before: list[str], after: list[str]) -> Iterator[Change]:
    """That those that are in both stand in another order."""
    kept = [name for name in before if name in after], [name for name in after if name in before]
    if kept[0] != kept[1]:
        yield Change(framework, "", MOVED, tuple(kept[0]), tuple(kept[1]))


def compare_fields(
    old: Framework | Item, new: Framework | Item, *, but: str = ""
) -> Iterator[tuple[str, Values, Values]]:
    """The fields that differ, with what they were and are."""
    before, after = (flatten_fields(one.model_dump(mode="json"), but) for one in (old, new))
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name, ()), after.get(name, ())
        if was != now:
            yield name, was, now


def flatten_fields(dumped: Mapping[str, Any], but: str) -> dict[str, Values]:
    """Each field as a tuple of texts; a text in several languages is a field for each language."""
    found: dict[str, Values] = {}
    for name, value in dumped.items():
        if name == but:
            continue
        if isinstance(value, dict):
            texts = cast(dict[str, str], value)
            found |= {f"{name}.{language}": (text,) for language, text in texts.items()}
        else:
            found[name] = list_texts(value)
    return found


def list_texts(value: object) -> Values:
    """A value as texts: none for nothing, one for one, several for a list."""
    if isinstance(value, list):
        return tuple(text for one in cast(list[object], value) for text in list_texts(one))
    if isinstance(value, dict):
        return tuple(f"{key}: {text}" for key, text in cast(dict[str, object], value).items())
    return () if value is None else (str(value),)
