"""What is counted of an area's comments: how many carry each theme, in which tone, and which carry none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import orjson

from survey.store.comments import Readable


@dataclass(frozen=True)
class Topic:
    """Words that came up clearly more often than before, and in how many comments."""

    words: tuple[str, ...]
    comments: int


@dataclass(frozen=True)
class Counts:
    """Comments in all, by tone, by theme and by theme and tone; a comment counts once for each of its themes.

    `unassigned` are those in which no theme was found, `languages` how many in each; "" is unsure.
    """

    comments: int = 0
    unassigned: int = 0
    tones: Mapping[str, int] = field(default_factory=dict[str, int])
    themes: Mapping[str, int] = field(default_factory=dict[str, int])
    theme_tones: Mapping[str, Mapping[str, int]] = field(default_factory=dict[str, Mapping[str, int]])
    languages: Mapping[str, int] = field(default_factory=dict[str, int])
    topics: tuple[Topic, ...] = ()


def count_comments(rows: Iterable[Readable]) -> Counts:
    """The counts of some comments; the order does not matter."""
    tones: Counter[str] = Counter()
    themes: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    theme_tones: dict[str, Counter[str]] = {}
    total = unassigned = 0
    for row in rows:
        found = tuple(read_themes(row))
        total += 1
        unassigned += not found
        tones[row.tone] += 1
        languages[row.language or ""] += 1
        themes.update(found)
        for theme in found:
            theme_tones.setdefault(theme, Counter())[row.tone] += 1
    return Counts(total, unassigned, tones, themes, theme_tones, languages)


def read_themes(row: Readable) -> Mapping[str, tuple[str, ...]]:
    """The themes of a comment with the words that caused each."""
    found = cast(dict[str, list[str]], orjson.loads(row.themes))
    return {theme: tuple(words) for theme, words in found.items()}


def add_counts(parts: Iterable[Counts]) -> Counts:
    """Several areas' or quarters' counts together; topics are of one period only and left out."""
    tones: Counter[str] = Counter()
    themes: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    theme_tones: dict[str, Counter[str]] = {}
    total = unassigned = 0
    for part in parts:
        total += part.comments
        unassigned += part.unassigned
        tones.update(part.tones)
        themes.update(part.themes)
        languages.update(part.languages)
        for theme, own in part.theme_tones.items():
            theme_tones.setdefault(theme, Counter()).update(own)
    return Counts(total, unassigned, tones, themes, theme_tones, languages)


def write_counts(counts: Counts) -> str:
    """Counts as the JSON document that is stored."""
    topics = [{"words": topic.words, "comments": topic.comments} for topic in counts.topics]
    return orjson.dumps({**vars(counts), "topics": topics}, option=orjson.OPT_SORT_KEYS).decode()


def read_counts(document: str) -> Counts:
    """The counts of a stored document."""
    found = cast(dict[str, Any], orjson.loads(document))
    topics = tuple(Topic(tuple(one["words"]), one["comments"]) for one in found.pop("topics"))
    return Counts(**found, topics=topics)
