"""How the items of a Questionnaire become parts with questions, in the order they stand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.definition.interchange.bringing import Tree
from survey.definition.interchange.expressions import UnreadableError
from survey.definition.interchange.fhir_conditions import Codes, expand, read_enable_when
from survey.definition.interchange.fhir_options import Options, read_options
from survey.definition.interchange.fhir_words import (
    CONTROL,
    KNOWN_EXTENSIONS,
    MOST_ANSWERS,
    OWN,
    Json,
    find_value,
    list_objects,
    read_text,
)
from survey.definition.interchange.findings import Fate, Told, Where
from survey.definition.interchange.names import find_free, fit_identifier
from survey.definition.model import TEXT_LIMIT, Condition

DEEPEST = 10  # groups in groups
QUESTIONS: Mapping[str, str] = {"choice": "single", "text": "text", "string": "text"}
UNSUPPORTED: Mapping[str, str] = {
    **dict.fromkeys(("decimal", "integer", "quantity"), "type_number"),
    **dict.fromkeys(("date", "dateTime", "time"), "type_date"),
    **dict.fromkeys(("attachment", "reference", "url"), "type_media"),
    "boolean": "type_acknowledge",
    "open-choice": "type_or_other",
    **dict.fromkeys(("coding", "question"), "type_r5"),
}
KNOWN = frozenset(
    (
        *("linkId", "text", "_text", "type", "item", "enableWhen", "enableBehavior", "repeats", "maxLength"),
        *("answerOption", "answerValueSet", "required", "extension", "id"),
    )
)


@dataclass
class Walk:
    """The items as they are walked through."""

    tree: Tree
    languages: tuple[str, ...]
    first: str
    ids: dict[str, str]
    options: dict[str, Options]
    parts: list[Json] = field(default_factory=list[Json])
    scales: dict[str, Any] = field(default_factory=dict[str, Any])
    asked: int = 0

    @property
    def told(self) -> Told:
        return self.tree.told

    @property
    def codes(self) -> Codes:
        return {link: options.codes for link, options in self.options.items()}

    def read(self, item: Json) -> dict[str, str]:
        return read_text(item, "text", self.first, self.languages)


def find_where(item: Json) -> Where:
    return Where(item=str(item.get("linkId", "-"))[:80])


def read_rest(source: Json, told: Told, where: Where) -> Json:
    """What our own extension holds; {} where there is none."""
    said = find_value(source, OWN, "valueString")
    if said is None:
        return {}
    try:
        found: object = json.loads(said)
    except (ValueError, TypeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        told.tell(Fate.STOPS, "own_extension", where)
        return {}
    return found  # pyright: ignore[reportUnknownVariableType]


def walk_items(walk: Walk, items: list[Json]) -> None:
    """The items on the top: texts, parts, and questions outside groups, which get parts of their own."""
    loose: Json | None = None
    for item in items:
        if item.get("type") == "group":
            loose = None
            part = begin_part(walk, item)
            fill_part(walk, part, item, read_shown(walk, item), depth=1)
        elif item.get("type") == "display":
            add_foreword(walk, item)
        else:
            if loose is None or asks_within(walk, item, loose):
                loose = {"id": free_part(walk, "del_1"), "title": walk.tree.root["title"], "questions": []}
                add_part(walk, loose, find_where(item))
                walk.told.tell(Fate.CHANGED, "part_made", find_where(item), part=loose["id"])
            add_question(walk, loose, item, [])


def asks_within(walk: Walk, item: Json, part: Json) -> bool:
    """Whether an item's conditions ask about a question in a part."""
    here = {question["id"] for question in part["questions"]}
    return any(walk.ids.get(str(row.get("question"))) in here for row in list_objects(item.get("enableWhen")))


def add_part(walk: Walk, part: Json, where: Where) -> None:
    walk.tree.wheres["parts", len(walk.parts)] = where
    walk.parts.append(part)


def free_part(walk: Walk, name: str) -> str:
    return find_free(name, [part["id"] for part in walk.parts])


def begin_part(walk: Walk, item: Json) -> Json:
    link = str(item.get("linkId", "")).removeprefix("part.")
    part: Json = {"id": free_part(walk, fit_identifier(link)), "title": walk.read(item), "questions": []}
    rest = read_rest(item, walk.told, find_where(item))
    if "repeat_over" in rest:
        part["repeat_over"] = rest["repeat_over"]
    add_part(walk, part, find_where(item))
    tell_elements(item, walk.told)
    return part


def fill_part(walk: Walk, part: Json, item: Json, shown: list[Json], *, depth: int) -> None:
    """The questions of a group; a group inside it gives its questions without its heading."""
    if depth > DEEPEST:
        walk.told.tell(Fate.STOPS, "too_deep", find_where(item), limit=DEEPEST)
        return
    for child in list_objects(item.get("item")):
        if child.get("type") == "group":
            walk.told.tell(Fate.LOST, "heading_lost", find_where(child))
            fill_part(walk, part, child, join(walk, shown, read_shown(walk, child), child), depth=depth + 1)
        elif child.get("type") == "display":
            if part["questions"] or "lead" in part:
                walk.told.tell(Fate.LOST, "note_lost", find_where(child))
            else:
                part["lead"] = walk.read(child)
        else:
            add_question(walk, part, child, shown)


def add_foreword(walk: Walk, item: Json) -> None:
    """A text on the top: before the questions it is the introduction, and after them the last words."""
    root, link = walk.tree.root, str(item.get("linkId", ""))
    role = link.removeprefix("text.")
    if link.startswith("text.") and role in ("intro", "recall", "writing_advice", "outro"):
        root[role] = walk.read(item)
    elif not walk.parts and "intro" not in root:
        root["intro"] = walk.read(item)
    else:
        walk.told.tell(Fate.LOST, "note_lost", find_where(item))


def join(walk: Walk, outer: list[Json], inner: list[Json], item: Json) -> list[Json]:
    """The conditions of a group and of what is in it; both at once is more than a question can have."""
    if outer and inner:
        walk.told.tell(Fate.STOPS, "conditions_both", find_where(item))
    return inner or outer


def read_shown(walk: Walk, item: Json) -> list[Json]:
    """What an item's enableWhen asks for; none, and told, where it cannot be said here."""
    try:
        return read_enable_when(item, walk.ids, walk.codes)
    except UnreadableError:
        walk.told.tell(Fate.STOPS, "enable_unreadable", find_where(item))
        return []


def add_question(walk: Walk, part: Json, item: Json, outer: list[Json]) -> None:
    """One question, and after it what hangs below it."""
    where, said = find_where(item), str(item.get("type", "-"))
    if said not in QUESTIONS:
        key = UNSUPPORTED.get(said, "type_unknown")
        walk.told.tell(Fate.STOPS, key, where, type=said)  # keys: carry.*
        return
    tell_elements(item, walk.told)
    rest = read_rest(item, walk.told, where)
    options = walk.options[str(item.get("linkId", ""))]
    question: Json = {"id": walk.ids[str(item.get("linkId", ""))]}
    several = item.get("repeats") is True and said == "choice"
    question["kind"] = rest.pop("kind", "multi" if several else QUESTIONS[said])
    question["text"] = walk.read(item)
    place = ("parts", walk.parts.index(part), "questions", len(part["questions"]))
    walk.tree.wheres[place] = where
    below = read_below(walk, item, question)
    own_shown = rest.pop("show_if", None)
    question |= rest
    add_answers(walk, item, question, options)
    shown = join(walk, outer, choose_shown(walk, item, own_shown), item)
    if shown:
        question["show_if"] = shown
    part["questions"].append(question)
    for child in below:
        walk.told.tell(Fate.CHANGED, "question_below", find_where(child))
        add_question(walk, part, child, shown)


def read_below(walk: Walk, item: Json, question: Json) -> list[Json]:
    """The items below a question but its help, which becomes the question's."""
    below: list[Json] = []
    for child in list_objects(item.get("item")):
        concepts = list_objects([find_value(child, CONTROL, "valueCodeableConcept")])
        coded = [one for concept in concepts for one in list_objects(concept.get("coding"))]
        if child.get("type") == "display" and any(one.get("code") == "help" for one in coded):
            question["help"] = walk.read(child)
        elif child.get("type") in ("display", "group"):
            walk.told.tell(Fate.LOST, "note_lost", find_where(child))
        else:
            below.append(child)
    return below


def choose_shown(walk: Walk, item: Json, own: object) -> list[Json]:
    """Our own conditions where the item's say the same or cannot say it; else what the item says."""
    if isinstance(own, list):
        try:
            conditions = [Condition.model_validate(one) for one in own]  # pyright: ignore[reportUnknownVariableType]
        except ValueError:
            walk.told.tell(Fate.STOPS, "own_extension", find_where(item))
            return []
        written = expand(conditions, {})
        if not item.get("enableWhen") or (written is not None and strip(item) == written):
            return own  # pyright: ignore[reportUnknownVariableType]
    return read_shown(walk, item)


def strip(item: Json) -> Json:
    """An item's conditions without the code systems of their answers."""
    rows: list[Json] = []
    for row in list_objects(item.get("enableWhen")):
        coding = list_objects([row.get("answerCoding")])
        rows.append({**row, "answerCoding": {"code": coding[0].get("code")}} if coding else row)
    behaviour: Json = {"enableBehavior": item["enableBehavior"]} if "enableBehavior" in item else {}
    return {"enableWhen": rows, **behaviour}


def add_answers(walk: Walk, item: Json, question: Json, options: Options) -> None:
    """What can be answered: a text's length, the options, or the scale that they are."""
    if question["kind"] == "text":
        limit = item.get("maxLength")
        if isinstance(limit, int) and limit != TEXT_LIMIT:
            question["max_chars"] = limit
        return
    if (most := find_value(item, MOST_ANSWERS, "valueInteger")) is not None:
        question["max_choices"] = most
    if "answerValueSet" in item:
        walk.told.tell(Fate.STOPS, "value_set", find_where(item))
    scale = question.get("scale")
    if question["kind"] != "scale" or not isinstance(scale, str):
        if options.listed:
            question["options"] = options.listed
        return
    made: Json = {"options": options.listed} | ({"escape": options.escape} if options.escape else {})
    if walk.scales.setdefault(scale, made) != made:
        walk.told.tell(Fate.STOPS, "scale_differs", find_where(item), scale=scale)
    walk.tree.wheres.setdefault(("scales", scale), find_where(item))


def tell_elements(item: Json, told: Told) -> None:
    """What an item says that we have no place for: each kind once."""
    if item.get("required") is True:
        told.tell(Fate.LOST, "required_lost")
    for key in item:
        if key not in KNOWN:
            told.tell(Fate.LOST, "element_lost", element=key)
    for extension in list_objects(item.get("extension")):
        if extension.get("url") not in KNOWN_EXTENSIONS:
            told.tell(Fate.LOST, "extension_lost", url=str(extension.get("url"))[:120])


def find_names(items: list[Json], told: Told, first: str, languages: tuple[str, ...]) -> Walk:
    """What every question is called here and what its options are, before any condition is read."""
    walk = Walk(Tree(told=told), languages, first, {}, {})
    waiting = [(item, 0) for item in reversed(items)]
    while waiting:
        item, depth = waiting.pop()
        link = str(item.get("linkId", ""))
        if item.get("type") not in ("group", "display"):
            walk.ids.setdefault(link, fit_identifier(link, walk.ids.values()))
            walk.options[link] = read_options(item, first, languages, told)
            walk.asked += 1
            if walk.ids[link] != link:
                told.tell(Fate.CHANGED, "renamed", find_where(item), old=link or "-", new=walk.ids[link])
        if depth <= DEEPEST:
            waiting.extend((child, depth + 1) for child in reversed(list_objects(item.get("item"))))
    return walk
