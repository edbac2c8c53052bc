"""What a question's row in an XLSForm says, as a question of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.definition.interchange.expressions import UnreadableError, read_relevant
from survey.definition.interchange.findings import Fate, Told, Where
from survey.definition.interchange.sheets import PREFIX, QUESTION_FLAGS, QUESTION_TEXTS, SURVEY
from survey.definition.interchange.xlsform_languages import Tongues
from survey.definition.interchange.xlsform_lists import Choices, is_yes, read_number
from survey.definition.interchange.xlsform_sheets import Line
from survey.definition.interchange.xlsform_types import RowType

Conditions = list[dict[str, Any]]
NO = frozenset({"", "no", "false", "false()", "0"})
LOOKS = frozenset({"", "field-list", "multiline", "minimal", "w1", "w2", "w3", "w4"})
KNOWN = frozenset(
    (
        *("type", "name", "label", "hint", "relevant", "required", "constraint", "constraint_message"),
        *("appearance", "choice_filter"),
    )
)
LENGTH = re.compile(r"string-length\(\s*\.\s*\)\s*(<=?)\s*(\d{1,5})")
NUMBER = re.compile(r"count-selected\(\s*\.\s*\)\s*(<=?)\s*(\d{1,3})")
ALONE = re.compile(
    r"not\(\s*selected\(\s*\.\s*,\s*'([^']*)'\s*\)\s+and\s+count-selected\(\s*\.\s*\)\s*>\s*1\s*\)"
)


@dataclass(frozen=True)
class Known:
    """What the questions of a form may speak of."""

    tongues: Tongues
    lists: Mapping[str, Choices]
    ids: Mapping[str, str]  # what each question's name became
    list_of: Mapping[str, str]  # which list each question chooses from
    told: Told = field(repr=False)


def read_question(line: Line, type_: RowType, known: Known) -> tuple[dict[str, Any], list[Where]]:
    """The question of a row as YAML, and where each of its options stands."""
    question: dict[str, Any] = {"id": known.ids[line.get("name")]}
    own = {name: cell for name in QUESTION_TEXTS if (cell := line.get(f"{PREFIX}{name}"))}
    choices = known.lists.get(type_.listed) if type_.listed else None
    if type_.listed and choices is None:
        known.told.tell(Fate.STOPS, "list_missing", line.where, list=type_.listed)
        unsaid = {"code": "unknown", "text": dict.fromkeys(known.tongues.codes, "-")}
        choices = Choices(options=[unsaid])  # so that nothing more is said of it
    is_scale = choices is not None and bool(choices.scale) and type_.kind == "single"
    question["kind"] = "scale" if is_scale else type_.kind
    question["text"] = known.tongues.read(line, "label")
    if hint := known.tongues.read(line, "hint"):
        question["help"] = hint
    question |= own
    if note := line.cells.get(f"{PREFIX}note"):
        question["note"] = note
    if is_scale and choices is not None:
        question["scale"] = choices.scale
    question |= {name: True for name in QUESTION_FLAGS if is_yes(line.get(f"{PREFIX}{name}"))}
    if forms := line.get(f"{PREFIX}forms").split():
        question["forms"] = forms
    question |= {n: read_number(c) for n in ("max_chars", "max_choices") if (c := line.get(f"{PREFIX}{n}"))}
    if links := line.get(f"{PREFIX}links"):
        question["links"] = read_links(links, line, known.told)
    wheres: list[Where] = []
    if choices is not None and not is_scale:
        question["options"] = [dict(option) for option in choices.options]
        wheres = choices.wheres
    read_constraint(line, question, choices, known.told)
    tell_lost(line, known.told)
    return question, wheres


def read_links(cell: str, line: Line, told: Told) -> object:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        told.tell(Fate.STOPS, "own_cell", line.where, column=f"{PREFIX}links")
        return {}


def read_constraint(line: Line, question: dict[str, Any], choices: Choices | None, told: Told) -> None:
    """The limits that a constraint sets, where we have them too; any other rule is lost, and told."""
    rule = line.get("constraint")
    rest = rule
    for pattern in (LENGTH, NUMBER, ALONE):
        rest = pattern.sub("", rest)
    if rest.replace("and", "").strip(" ()"):
        told.tell(Fate.LOST, "constraint_lost", line.where, rule=rule[:100])
        return
    if (length := LENGTH.search(rule)) and question["kind"] == "text":
        question["max_chars"] = int(length[2]) - (length[1] == "<")
    if number := NUMBER.search(rule):
        question["max_choices"] = int(number[2]) - (number[1] == "<")
    for code in ALONE.findall(rule):
        for option in question.get("options", ()):
            if choices is not None and option["code"] == choices.codes.get(code):
                option["exclusive"] = True


def tell_lost(line: Line, told: Told) -> None:
    """What a row says that we have no place for: once for each column, or for each row where it matters."""
    if line.get("required").lower() not in NO:
        told.tell(Fate.LOST, "required_lost", Where(sheet=SURVEY))
    if line.get("choice_filter"):
        told.tell(Fate.STOPS, "filter_unsupported", line.where)
    if line.get("appearance") not in LOOKS:
        told.tell(Fate.LOST, "column_lost", Where(sheet=SURVEY), column="appearance")
    for column in line.cells:
        base = column.partition("::")[0]
        if base not in KNOWN and not base.startswith(PREFIX):
            told.tell(Fate.LOST, "column_lost", Where(sheet=SURVEY), column=base)


def read_conditions(line: Line, known: Known) -> Conditions:
    """What a row's `relevant` asks for, with our names and codes; none, and told, when it cannot be read."""
    said = line.get("relevant")
    if not said:
        return []
    try:
        found = read_relevant(said)
    except UnreadableError:
        known.told.tell(Fate.STOPS, "relevant_unreadable", line.where, rule=said[:100])
        return []
    conditions: Conditions = []
    for one in found:
        condition: dict[str, Any] = {"question": known.ids.get(one.question, one.question)}
        if one.answered is not None:
            condition["answered"] = one.answered
        listed = known.lists.get(known.list_of.get(one.question, ""))
        for key, codes in (("any_of", one.any_of), ("none_of", one.none_of)):
            if codes is not None:
                condition[key] = [listed.codes.get(c, c) if listed is not None else c for c in codes]
        conditions.append(condition)
    return conditions
