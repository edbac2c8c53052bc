"""What the keying page is given to draw: plain values, nothing to work out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from survey.answering.answers import Trouble
from survey.answering.masked import list_masked, say_masked
from survey.definition.model import Option
from survey.keying.finishing import list_differing, list_strings
from survey.keying.opening import Opened
from survey.keying.reading import SKIPPED, TWO, cut_keys, say_keys, write_condition
from survey.language import Words, pick_text
from survey.paper.boxes import Row, list_rows, list_sections


@dataclass(frozen=True)
class KeyField:
    """One question as it is keyed. `pattern` is what may be typed; `condition` is for the script."""

    id: str
    label: str
    kind: str
    keys: str
    legend: tuple[tuple[str, str], ...]
    pattern: str
    width: int
    typed: str
    condition: str
    trouble: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A question that two keyed differently, as both have it."""

    id: str
    label: str
    first: str
    second: str


def make_sections(
    opened: Opened, troubles: Sequence[Trouble], words: Words
) -> list[tuple[str, list[KeyField]]]:
    """Every part of the form with its fields, in the words of the paper."""
    language = opened.draft.language
    titles = {part.id: pick_text(part.title, language) for part, _ in opened.survey.parts}
    rows = {row.id: row for row in list_rows(opened.survey)}
    said = {one.question: say_trouble(one, words, language) for one in troubles}
    typed = list_strings(opened.draft.answers)
    return [
        (titles[section.part_id], [make_field(row, rows, typed, said, language) for row in section.rows])
        for section in list_sections(opened.survey)
    ]


def make_field(
    row: Row, rows: Mapping[str, Row], typed: Mapping[str, str], said: Mapping[str, str], language: str
) -> KeyField:
    texts = {option.code: pick_text(option.text, language) for option in row.asked.options}
    is_written = row.kind == "written"
    return KeyField(
        id=row.id,
        label=f"{row.number}. {pick_text(row.asked.question.text, language)}",
        kind=row.kind,
        keys="" if row.kind == "text" or is_written else say_keys(row),
        legend=() if is_written else tuple((box.key, texts[box.code]) for box in row.boxes),
        pattern=write_pattern(row),
        width=row.width,
        typed=typed.get(row.id, ""),
        condition=orjson.dumps(write_condition(row, rows)).decode() if row.conditions else "",
        trouble=said.get(row.id, ""),
        options=tuple(texts.values()) if is_written else (),
    )


def write_pattern(row: Row) -> str:
    """What may be typed at a question, as a browser checks it; empty where anything may."""
    if row.kind in ("text", "written"):
        return ""
    keys = "|".join(box.key for box in row.boxes)
    if row.kind == "many":
        return f"(?:{keys})+|-|0"
    return f"{keys}|-|0|\\*"


def say_trouble(trouble: Trouble, words: Words, language: str) -> str:
    """What is wrong at a question, and what to press."""
    facts: dict[str, object] = {}
    for name, value in trouble.facts.items():
        known = pick_text(value.text, language) if isinstance(value, Option) else value
        facts[name] = words.number(known) if isinstance(known, int) else known
    return words.say(f"keying.trouble.{trouble.code}", **facts)  # keys: keying.trouble.*


def say_new_masks(opened: Opened, typed: Mapping[str, Sequence[str]], words: Words) -> str:
    """What was taken out of the texts just now; empty when what was typed is what is kept."""
    kept = list_strings(opened.draft.answers)
    changed = [
        kept[row.id]
        for row in list_rows(opened.survey)
        if row.kind == "text"
        and row.id in kept
        and not is_same_text(typed.get(row.id, [""])[0], kept[row.id])
    ]
    return say_masked(words, list_masked(changed)) if changed else ""


def is_same_text(typed: str, kept: str) -> bool:
    return " ".join(typed.split()) == " ".join(kept.split())


def make_choices(opened: Opened, words: Words) -> list[Choice]:
    """What two have keyed differently, side by side."""
    if opened.entry is None or opened.entry.second is None:
        return []
    rows = {row.id: row for row in list_rows(opened.survey)}
    language = opened.entry.first.language
    first, second = (list_strings(d.answers) for d in (opened.entry.first, opened.entry.second))
    return [
        Choice(
            name,
            f"{rows[name].number}. {pick_text(rows[name].asked.question.text, language)}",
            say_typed(rows[name], first.get(name, ""), words, language),
            say_typed(rows[name], second.get(name, ""), words, language),
        )
        for name in list_differing(opened.survey, opened.entry)
    ]


def say_typed(row: Row, typed: str, words: Words, language: str) -> str:
    """What was keyed at a question, in words."""
    if typed in ("", SKIPPED):
        return words.say("keying.skipped")
    if typed == TWO:
        return words.say("keying.two")
    if row.kind in ("text", "written"):
        return typed
    texts = {option.code: pick_text(option.text, language) for option in row.asked.options}
    by_key = {box.key: texts[box.code] for box in row.boxes}
    return ", ".join(f"{key} {by_key.get(key, '')}".strip() for key in cut_keys(row, typed))
