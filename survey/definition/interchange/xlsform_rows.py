"""What a definition is as the rows of an XLSForm, by sheet and column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from survey.areas import Areas
from survey.definition.interchange.expressions import write_relevant
from survey.definition.interchange.names import find_free
from survey.definition.interchange.sheets import (
    AFTERWORD,
    FOREWORDS,
    KINDS,
    OPTION_FLAGS,
    OPTION_NUMBERS,
    OPTION_TEXTS,
    PREFIX,
    QUESTION_FLAGS,
    QUESTION_TEXTS,
    name_language,
)
from survey.definition.model import TEXT_LIMIT, Definition, Option, Part, Question, Scale, Text
from survey.language import speak

Row = dict[str, str]
RESERVED = frozenset({"meta", "data", "instanceid"})  # names that an XForm has of its own
YES = "yes"


@dataclass(frozen=True)
class Sheets:
    """The rows of each sheet."""

    survey: list[Row] = field(default_factory=list[Row])
    choices: list[Row] = field(default_factory=list[Row])
    settings: list[Row] = field(default_factory=list[Row])
    own: list[Row] = field(default_factory=list[Row])


def make_sheets(definition: Definition, areas: Areas) -> Sheets:
    """The definition as rows; read_sheets of them gives the same definition back."""
    lists = name_lists(definition)
    sheets = Sheets()
    sheets.survey.extend(make_survey_rows(definition, lists, areas))
    for name, scale in definition.scales.items():
        sheets.choices.extend(make_scale_rows(lists[f"scale {name}"], name, scale))
    for question in definition.questions:
        if question.kind in ("single", "multi", "rank"):
            rows = make_option_rows(lists[question.id], question, definition, areas)
            sheets.choices.extend(rows)
    first = definition.languages[0]
    sheets.settings.append(
        {
            "form_title": definition.title[first],
            "form_id": definition.survey,
            "version": definition.version,
            "default_language": name_language(first),
            "style": "pages",
        }
    )
    sheets.own.extend(make_own_rows(definition))
    return sheets


def name_lists(definition: Definition) -> dict[str, str]:
    """The name of every list of choices: a scale's own, then each question's, none twice."""
    named: dict[str, str] = {}
    taken: set[str] = set()
    wanted = [(f"scale {name}", name) for name in definition.scales]
    for key, name in [*wanted, *((question.id, question.id) for question in definition.questions)]:
        named[key] = find_free(name, taken)
        taken.add(named[key])
    return named


def make_survey_rows(definition: Definition, lists: Mapping[str, str], areas: Areas) -> Iterator[Row]:
    """The survey sheet: forewords, then a group for each part, then the afterword."""
    taken = RESERVED | {question.id for question in definition.questions}
    for role in FOREWORDS:
        if (text := find_text(definition, role)) is not None:
            name = find_free(role, taken)
            taken |= {name}
            yield make_note(name, role, text)
    for part in definition.parts:
        group = find_free(part.id, taken)
        lead = find_free(f"{part.id}_lead", taken | {group})
        taken |= {group, lead}
        yield make_group(part, group)
        if part.lead is not None:
            yield make_note(lead, "lead", part.lead)
        for question in part.questions:
            yield make_question(question, definition, lists)
        yield {"type": "end_group", "name": group}
    if definition.outro is not None:
        yield make_note(find_free(AFTERWORD, taken), AFTERWORD, definition.outro)


def find_text(definition: Definition, role: str) -> Text | None:
    return {
        "intro": definition.intro,
        "recall": definition.recall,
        "writing_advice": definition.writing_advice,
    }[role]


def make_note(name: str, role: str, text: Text) -> Row:
    return {"type": "note", "name": name, **spread("label", text), f"{PREFIX}role": role}


def make_group(part: Part, name: str) -> Row:
    row = {
        "type": "begin_group",
        "name": name,
        **spread("label", part.title),
        "appearance": "field-list",
        f"{PREFIX}id": part.id,
    }
    return row | ({f"{PREFIX}repeat_over": part.repeat_over} if part.repeat_over is not None else {})


def make_question(question: Question, definition: Definition, lists: Mapping[str, str]) -> Row:
    """One question. What XLSForm has no place for stands in our own columns."""
    kind = KINDS[question.kind]
    named = lists[f"scale {question.scale}"] if question.scale is not None else lists[question.id]
    row = {
        "type": kind if question.kind == "text" else f"{kind} {named}",
        "name": question.id,
        **spread("label", question.text),
        **(spread("hint", question.help) if question.help is not None else {}),
        "relevant": write_relevant(question.show_if),
        **make_constraint(question, definition),
        "appearance": find_appearance(question),
        f"{PREFIX}forms": " ".join(question.forms),
        **{
            f"{PREFIX}{one}": value for one in QUESTION_TEXTS if (value := getattr(question, one)) is not None
        },
        **{f"{PREFIX}{one}": YES for one in QUESTION_FLAGS if getattr(question, one)},
    }
    if question.note is not None:
        row[f"{PREFIX}note"] = question.note
    if question.links:
        row[f"{PREFIX}links"] = json.dumps(question.links, ensure_ascii=False)
    if question.kind != "text" and question.max_chars != TEXT_LIMIT:
        row[f"{PREFIX}max_chars"] = str(question.max_chars)
    if question.kind not in ("multi", "rank") and question.max_choices is not None:
        row[f"{PREFIX}max_choices"] = str(question.max_choices)
    return {column: value for column, value in row.items() if value}


def find_appearance(question: Question) -> str:
    """How a program should draw it: a long list folded together, a text in several lines."""
    if question.kind == "text":
        return "multiline"
    return "minimal" if question.options_from is not None and question.kind == "single" else ""


def make_constraint(question: Question, definition: Definition) -> Row:
    """What an answer must fulfil, and what is said when it does not, in each language."""
    rules, key, facts = list_rules(question, definition)
    if not rules:
        return {}
    messages = {
        code: speak(code).say(key, **facts)  # keys: carry.limit.*
        for code in definition.languages
    }
    return {"constraint": " and ".join(rules), **spread("constraint_message", messages)}


def list_rules(question: Question, definition: Definition) -> tuple[list[str], str, dict[str, object]]:
    """The rules of a question as XPath, the key of what is said of them, and its facts."""
    if question.kind == "text":
        facts: dict[str, object] = {"limit": question.max_chars}
        return [f"string-length(.) <= {question.max_chars}"], "carry.limit.text", facts
    if question.kind not in ("multi", "rank"):
        return [], "", {}
    alone = [option.code for option in definition.list_options(question) if option.exclusive]
    rules = [f"not(selected(., '{code}') and count-selected(.) > 1)" for code in alone]
    if question.max_choices is not None:
        rules.append(f"count-selected(.) <= {question.max_choices}")
    if question.max_choices is None:
        return rules, "carry.limit.alone", {}
    key = "carry.limit.both" if alone else "carry.limit.choices"
    return rules, key, {"limit": question.max_choices}


def make_scale_rows(listed: str, name: str, scale: Scale) -> Iterator[Row]:
    """A scale's options, the escape last."""
    marked = {f"{PREFIX}scale": name}
    for option in scale.options:
        yield make_option(listed, option) | marked
    if scale.escape is not None:
        yield make_option(listed, scale.escape) | marked | {f"{PREFIX}escape": YES}


def make_option_rows(listed: str, question: Question, definition: Definition, areas: Areas) -> Iterator[Row]:
    """A question's options, those that the installation has of its own first and marked as such.

    An XLSForm must have something to choose: where a round's own list is asked about, one row stands for it.
    """
    if question.options_from == "municipalities":
        for area in areas.municipalities:
            text = dict.fromkeys(definition.languages, area.name)
            yield make_option(listed, Option(code=area.code, text=text)) | {f"{PREFIX}from": "municipalities"}
    elif question.options_from is not None:
        text = {code: speak(code).say("carry.round_list") for code in definition.languages}
        code = find_free("from_the_round", [option.code for option in question.options])
        yield make_option(listed, Option(code=code, text=text)) | {f"{PREFIX}from": question.options_from}
    for option in question.options:
        yield make_option(listed, option)


def make_option(listed: str, option: Option) -> Row:
    return {
        "list_name": listed,
        "name": option.code,
        **spread("label", option.text),
        **{f"{PREFIX}{one}": value for one in OPTION_TEXTS if (value := getattr(option, one)) is not None},
        **{f"{PREFIX}{o}": write_number(v) for o in OPTION_NUMBERS if (v := getattr(option, o)) is not None},
        **{f"{PREFIX}{one}": YES for one in OPTION_FLAGS if getattr(option, one)},
    }


def make_own_rows(definition: Definition) -> Iterator[Row]:
    """The sheet of our own: what is said of the whole survey, its dimensions and its groups."""
    yield {"kind": "title", **spread("label", definition.title)}
    plain = {
        "min_age": definition.min_age,
        "minutes_full": definition.minutes.full,
        "minutes_short": definition.minutes.short,
        "licence": definition.licence,
    }
    yield from ({"kind": kind, "value": str(value)} for kind, value in plain.items() if value is not None)
    for dimension in definition.dimensions:
        headline = "" if dimension.headline is None else str(dimension.headline)
        row = {"kind": "dimension", "id": dimension.id, **spread("label", dimension.text)}
        yield row | {"parts": " ".join(dimension.parts), "headline": headline}
    for group in definition.groups:
        row = {"kind": "group", "id": group.id, **spread("label", group.text), "question": group.question}
        at_least = "" if group.at_least is None else str(group.at_least)
        yield row | {"each": YES if group.each else "", "at_least": at_least, "of": " ".join(group.of)}


def spread(column: str, text: Mapping[str, str]) -> Row:
    """A text in a column for each of its languages."""
    return {f"{column}::{name_language(code)}": said for code, said in text.items()}


def write_number(value: float) -> str:
    """A number without a needless decimal: 100, 62.5."""
    return str(int(value)) if float(value).is_integer() else repr(value)


def list_columns(rows: Iterable[Row], languages: Iterable[str]) -> list[str]:
    """Every column that some row uses, in the order they are met, a text's in the order of languages."""
    places = {name_language(code): place for place, code in enumerate(languages)}
    found = list(dict.fromkeys(column for row in rows for column in row))
    bases = list(dict.fromkeys(column.partition("::")[0] for column in found))

    def find_place(column: str) -> tuple[int, int]:
        base, _, language = column.partition("::")
        return bases.index(base), places.get(language, 0)

    return sorted(found, key=find_place)
