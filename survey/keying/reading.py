"""What do the keys mean that somebody pressed for a form, and what is wrong with them?

Pure functions: from what was typed at each question to the answers that the plain form would have kept of the
same walk, and back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.answering.answers import Trouble, Value, check_choices, read_text
from survey.answering.journey import Survey, find_step, give_answers, is_met
from survey.paper.boxes import Row, list_rows

SKIPPED, TWO, NOT_KEYED = "-", "*", ""
SKIP_KEYS = (SKIPPED, "0")
Typed = Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A form as it was keyed: the answers of the walk, and what must be mended first."""

    answers: Mapping[str, Value]
    troubles: tuple[Trouble, ...]


def tidy_key(row: Row, typed: str) -> str:
    """What was typed at a question as it is kept: small letters without spaces, 0 as skipped.

    Several keys stand in their order, so that two who pressed the same are alike.
    """
    if row.kind == "text":
        return str(read_text(row.asked, [typed])[0] or "")
    if row.kind == "written":
        return " ".join(typed.split())
    pressed = "".join(typed.split()).casefold()
    if pressed in SKIP_KEYS:
        return SKIPPED
    return "".join(sorted(cut_keys(row, pressed))) if row.kind == "many" else pressed


def tidy_keys(survey: Survey, typed: Typed) -> dict[str, str]:
    """What was typed at every question that has something, as it is kept."""
    found = {row.id: tidy_key(row, typed.get(row.id, "")) for row in list_rows(survey)}
    return {question: keys for question, keys in found.items() if keys != NOT_KEYED}


def read_sheet(survey: Survey, typed: Typed) -> Sheet:
    """The answers of a whole form, walked as in the plain form: what is not asked is not kept.

    Wrong is a key that the question does not have, two answers where there is one, too many, and a question
    that is asked and was passed by without a key.
    """
    rows = {row.id: row for row in list_rows(survey)}
    answers: dict[str, Value] = {}
    troubles: list[Trouble] = []
    number = 1
    while (step := find_step(survey, answers, number)) is not None:
        raw: dict[str, Sequence[str]] = {}
        for asked in step.asked:
            codes, trouble = read_keys(rows[asked.id], typed.get(asked.id, NOT_KEYED))
            raw[asked.id] = codes
            if trouble is not None:
                troubles.append(trouble)
        answers, wrong = give_answers(survey, answers, step, raw)
        known = {trouble.question for trouble in troubles}
        troubles.extend(one for one in wrong if one.question not in known)
        number += 1
    return Sheet(answers, tuple(troubles))


def read_keys(row: Row, typed: str) -> tuple[tuple[str, ...], Trouble | None]:
    """The codes of what was typed at one question, in the form's own order, and what is wrong with it.

    Two ticks where one is asked for are kept as skipped: nobody can know which was meant.
    """
    keys = tidy_key(row, typed)
    if row.kind == "text":
        return (keys,) if keys else (), None
    if keys == NOT_KEYED:
        return (), Trouble(row.id, "not_keyed", {})
    if keys == SKIPPED or (keys == TWO and row.kind != "many"):
        return (), None
    if row.kind == "written":
        return read_written(row, keys)
    by_key = {box.key: box.code for box in row.boxes}
    pressed = cut_keys(row, keys)
    if any(one not in by_key for one in pressed):
        return (), Trouble(row.id, "key_unknown", {"keys": say_keys(row)})
    if row.kind == "one" and len(pressed) > 1:
        return (), Trouble(row.id, "two_keys", {})
    chosen = tuple(box.code for box in row.boxes if box.key in pressed)
    return chosen, check_choices(row.asked, chosen) if row.kind == "many" else None


def cut_keys(row: Row, keys: str) -> list[str]:
    """Several keys that were pressed one after another, each as wide as the question's keys are."""
    found, at = list[str](), 0
    while at < len(keys):
        width = 1 if keys[at].isalpha() else row.width
        found.append(keys[at : at + width])
        at += width
    return found


def read_written(row: Row, keys: str) -> tuple[tuple[str, ...], Trouble | None]:
    """The option whose name or code was written on a line."""
    for option in row.asked.options:
        if keys.casefold() in (option.code.casefold(), *(text.casefold() for text in option.text.values())):
            return (option.code,), None
    return (), Trouble(row.id, "name_unknown", {})


def say_keys(row: Row) -> str:
    """The keys that a question has, briefly: 1-5 e."""
    figures = [box.key for box in row.boxes if not box.is_escape]
    letters = [box.key for box in row.boxes if box.is_escape]
    return " ".join([f"{figures[0]}-{figures[-1]}" if len(figures) > 1 else figures[0], *letters])


def write_condition(row: Row, rows: Mapping[str, Row]) -> list[dict[str, object]]:
    """The conditions of a question in keys, for the script that passes over what is not asked."""
    said: list[dict[str, object]] = []
    for one in row.conditions:
        keys = {box.code: box.key for box in rows[one.question].boxes}
        named = one.any_of if one.any_of is not None else one.none_of or ()
        kind = "answered" if one.answered is not None else "any" if one.any_of is not None else "none"
        listed = [keys[code] for code in named if code in keys]
        said.append({"of": one.question, "kind": kind, "is": one.answered is not False, "keys": listed})
    return said


def list_asked_rows(survey: Survey, answers: Mapping[str, Value]) -> tuple[Row, ...]:
    """The questions that are asked with these answers."""
    return tuple(
        row
        for row in list_rows(survey)
        if not row.conditions or any(is_met(one, answers) for one in row.conditions)
    )
