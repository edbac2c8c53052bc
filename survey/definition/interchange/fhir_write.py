"""How a definition becomes a FHIR R4 Questionnaire, and what others who read it will not see."""

from __future__ import annotations

import json
from collections.abc import Mapping

import orjson

from survey.areas import Areas
from survey.definition.interchange.fhir_conditions import expand
from survey.definition.interchange.fhir_words import (
    ADDRESS,
    CONTROL,
    CONTROL_CODES,
    EXCLUSIVE,
    MOST_ANSWERS,
    ORDINAL,
    OWN,
    Json,
    put_text,
)
from survey.definition.interchange.findings import Fate, Told, Where, Written
from survey.definition.interchange.xlsform_write import UNSEEN, walk_texts
from survey.definition.model import Definition, Option, Part, Question
from survey.errors import SurveyError

FOREWORDS = ("intro", "recall", "writing_advice")
NATIVE = {"id", "text", "help", "options", "kind", "max_choices"}  # of a question, what FHIR has a place for


def write_fhir(definition: Definition, areas: Areas) -> Written:
    """The definition as a Questionnaire (JSON) that fhir.resources accepts, with what is told of it.

    Nothing is written when a text holds signs that FHIR has no place for: the findings say where.
    """
    told = Told()
    for place, texts in walk_texts(definition):
        if any(UNSEEN.search(text) for text in texts.values()):
            told.tell(Fate.STOPS, "text_unseen", Where(item=place))
    if told.stopped:
        return Written(None, told.sort())
    content = orjson.dumps(make_questionnaire(definition, areas, told), option=orjson.OPT_INDENT_2)
    wrong = judge_questionnaire(content)
    if wrong:
        raise SurveyError("fhir_refused", said="; ".join(wrong)[:300])
    return Written(content, told.sort())


def judge_questionnaire(content: bytes) -> list[str]:
    """Everything that is wrong with a Questionnaire, as "where: what"; none for one that is right."""
    from fhir.resources.R4B.questionnaire import Questionnaire  # here, since it takes most of a second
    from pydantic import ValidationError

    try:
        Questionnaire.model_validate(orjson.loads(content))
    except ValidationError as wrong:
        errors = wrong.errors()
        return [f"{'.'.join(str(step) for step in one['loc']) or '-'}: {one['msg']}" for one in errors]
    return []


def make_questionnaire(definition: Definition, areas: Areas, told: Told) -> Json:
    """The whole resource."""
    languages = definition.languages
    root: Json = {
        "resourceType": "Questionnaire",
        "extension": [make_rest(list_whole(definition))],
        "language": languages[0],
        "url": f"{ADDRESS}{definition.survey}",
        "version": definition.version,
    }
    put_text(root, "title", definition.title, languages)
    root["status"] = "unknown"  # a definition says nothing of whether it is in use
    if definition.licence:
        root["copyright"] = definition.licence
    items = [
        make_display(f"text.{role}", getattr(definition, role), languages)
        for role in FOREWORDS
        if getattr(definition, role) is not None
    ]
    items.extend(make_part(part, definition, areas, told) for part in definition.parts)
    if definition.outro is not None:
        items.append(make_display("text.outro", definition.outro, languages))
    root["item"] = items
    if definition.dimensions or definition.groups:
        numbers = {"dimensions": len(definition.dimensions), "groups": len(definition.groups)}
        told.tell(Fate.KEPT, "measures", Where(item=OWN), **numbers)
    if "short" in definition.forms:
        told.tell(Fate.KEPT, "short_form", Where(item=OWN))
    return root


def list_whole(definition: Definition) -> Json:
    """What is said of the whole survey, and scales that no question uses."""
    include = {"survey", "languages", "min_age", "minutes", "dimensions", "groups"}
    rest = definition.model_dump(mode="json", exclude_defaults=True, include=include)
    used = {question.scale for question in definition.questions}
    unused = {name: scale for name, scale in definition.scales.items() if name not in used}
    if unused:
        rest["scales"] = {
            name: scale.model_dump(mode="json", exclude_defaults=True) for name, scale in unused.items()
        }
    return rest


def make_rest(rest: Json) -> Json:
    return {"url": OWN, "valueString": json.dumps(rest, ensure_ascii=False)}


def make_display(link: str, text: Mapping[str, str], languages: tuple[str, ...]) -> Json:
    item: Json = {"linkId": link}
    put_text(item, "text", text, languages)
    return item | {"type": "display"}


def make_part(part: Part, definition: Definition, areas: Areas, told: Told) -> Json:
    item: Json = {"linkId": f"part.{part.id}"}
    if part.repeat_over is not None:
        item["extension"] = [make_rest({"repeat_over": part.repeat_over})]
        told.tell(Fate.LOST, "repeats_here", Where(item=part.id), subject=part.repeat_over)
    put_text(item, "text", part.title, definition.languages)
    item["type"] = "group"
    items = [make_question(question, definition, areas, told) for question in part.questions]
    if part.lead is not None:
        items.insert(0, make_display(f"part.{part.id}.lead", part.lead, definition.languages))
    return item | {"item": items}


def make_question(question: Question, definition: Definition, areas: Areas, told: Told) -> Json:
    """One item. What FHIR has no place for stands in our own extension."""
    where, languages = Where(item=question.id), definition.languages
    extensions = [make_rest(rest)] if (rest := list_rest(question)) else []
    if question.max_choices is not None:
        extensions.append({"url": MOST_ANSWERS, "valueInteger": question.max_choices})
    item: Json = {"extension": extensions} if extensions else {}
    item["linkId"] = question.id
    put_text(item, "text", question.text, languages)
    item["type"] = "text" if question.kind == "text" else "choice"
    shown = expand(question.show_if, find_systems(definition))
    if shown is None:
        told.tell(Fate.LOST, "condition_unsaid", where)
    item |= shown or {}
    if question.kind in ("multi", "rank"):
        item["repeats"] = True
    if question.kind == "text":
        item["maxLength"] = question.max_chars
    else:
        item["answerOption"] = make_options(question, definition, areas, told)
    if not item.get("answerOption", True):
        del item["answerOption"]
    if question.kind == "rank":
        told.tell(Fate.CHANGED, "rank_choice", where)
    if question.help is not None:
        item["item"] = [make_help(question, languages)]
    return item


def list_rest(question: Question) -> Json:
    rest = question.model_dump(mode="json", exclude_defaults=True, exclude=NATIVE)
    if question.kind in ("scale", "rank"):
        rest["kind"] = question.kind
    if question.kind == "text":
        rest.pop("max_chars", None)
    return rest


def make_help(question: Question, languages: tuple[str, ...]) -> Json:
    control: Json = {"coding": [{"system": CONTROL_CODES, "code": "help"}]}
    item = make_display(f"{question.id}.help", question.help or {}, languages)
    return {"extension": [{"url": CONTROL, "valueCodeableConcept": control}], **item}


def find_systems(definition: Definition) -> dict[str, str]:
    """The code system of each question's answers: a scale's where it has one."""
    return {
        question.id: f"urn:invanarrosten:{definition.survey}:{question.scale or question.id}"
        for question in definition.questions
    }


def make_options(question: Question, definition: Definition, areas: Areas, told: Told) -> list[Json]:
    """What can be answered, an installation's own municipalities first and marked as such."""
    system, languages = find_systems(definition)[question.id], definition.languages
    where = Where(item=question.id)
    found: list[Json] = []
    if question.options_from == "municipalities":
        told.tell(Fate.CHANGED, "municipalities_written", where)
        for area in areas.municipalities:
            option = Option(code=area.code, text=dict.fromkeys(languages, area.name))
            found.append(make_option(option, system, languages, {"from": "municipalities"}))
    elif question.options_from is not None:
        told.tell(Fate.LOST, "round_list_left", where)
    scale = definition.scales.get(question.scale or "")
    for option in definition.list_options(question):
        is_escape = scale is not None and option is scale.escape
        found.append(make_option(option, system, languages, {"escape": True} if is_escape else {}))
    return found


def make_option(option: Option, system: str, languages: tuple[str, ...], mark: Json) -> Json:
    coding: Json = {"system": system, "code": option.code}
    if option.score is not None:
        coding["extension"] = [{"url": ORDINAL, "valueDecimal": option.score}]
    put_text(coding, "display", option.text, languages)
    extensions: list[Json] = [{"url": EXCLUSIVE, "valueBoolean": True}] if option.exclusive else []
    left = option.model_dump(
        mode="json", exclude_defaults=True, exclude={"code", "text", "score", "exclusive"}
    )
    if left | mark:
        extensions.append(make_rest(left | mark))
    return {**({"extension": extensions} if extensions else {}), "valueCoding": coding}
