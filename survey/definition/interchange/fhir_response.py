"""How one set of answers becomes a FHIR R4 QuestionnaireResponse, and the way back.

Only what is coarse: no person, no author, no encounter, and no time finer than a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

import orjson
from pydantic import ValidationError

from survey.answering.answers import Value, ask_question, read_answer
from survey.areas import Areas
from survey.definition.interchange.fhir_read import read_resource
from survey.definition.interchange.fhir_words import ADDRESS, Json, list_objects
from survey.definition.interchange.fhir_write import find_systems
from survey.definition.interchange.findings import Fate, Finding, Told, Where
from survey.definition.model import Definition, Part, Question
from survey.errors import SurveyError
from survey.months import parse_month

Given = Mapping[str, Value | None]
MONTH = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))(?:-.*)?")
PEOPLE = ("subject", "author", "source", "encounter", "basedOn", "partOf", "identifier")  # never read


def write_response(definition: Definition, answers: Given, *, month: str) -> bytes:
    """The answers to a survey given in a month (YYYY-MM) as JSON.

    A question that was skipped has an item without an answer, one that was not asked has no item.
    Raises SurveyError period_wrong for what is no month, so that no day is told either, and pydantic's
    ValidationError where fhir.resources refuses the result, which is a fault of ours.
    """
    items = [item for part in definition.parts if (item := make_part(part, definition, answers))["item"]]
    resource: Json = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{ADDRESS}{definition.survey}|{definition.version}",
        "status": "completed",
        "authored": parse_month(month).code,
        **({"item": items} if items else {}),
    }
    judge_response(resource)
    return orjson.dumps(resource, option=orjson.OPT_INDENT_2)


def read_answers(content: bytes, name: str, definition: Definition, areas: Areas) -> dict[str, Value | None]:
    """Answers in a JSON file, {question: code | [codes] | text | null}, in the survey's order.

    Raises SurveyError answers_wrong naming the first question that cannot be answered so.
    """
    try:
        tree: object = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise SurveyError("fhir_unreadable", file=name) from None
    given = cast(Json, tree) if isinstance(tree, dict) else {"-": tree}
    found: dict[str, Value | None] = {}
    for key, said in given.items():
        question = definition.find_question(key)
        several = cast("list[object]", said) if isinstance(said, list) else [said]
        raw = [str(one) for one in several if one is not None]
        if question is None:
            raise SurveyError("answers_wrong", question=key[:40], file=name)
        found[key], trouble = read_answer(ask_question(definition, question, areas), raw)
        if trouble is not None:
            raise SurveyError("answers_wrong", question=key[:40], file=name)
    return {question.id: found[question.id] for question in definition.questions if question.id in found}


def judge_response(resource: Json) -> None:
    """Raises pydantic's ValidationError for what is no QuestionnaireResponse."""
    from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

    QuestionnaireResponse.model_validate(resource)


def make_part(part: Part, definition: Definition, answers: Given) -> Json:
    systems = find_systems(definition)
    given = [question for question in part.questions if question.id in answers]
    items = [make_item(question, answers[question.id], systems[question.id]) for question in given]
    return {"linkId": f"part.{part.id}", "item": items}


def make_item(question: Question, value: Value | None, system: str) -> Json:
    if value is None:
        return {"linkId": question.id}
    values = (value,) if isinstance(value, str) else value
    if question.kind == "text":
        return {"linkId": question.id, "answer": [{"valueString": text} for text in values]}
    codings: list[Json] = [{"valueCoding": {"system": system, "code": code}} for code in values]
    return {"linkId": question.id, "answer": codings}


def read_response(
    content: bytes, name: str, definition: Definition, areas: Areas
) -> tuple[dict[str, Value | None], str, tuple[Finding, ...]]:
    """The answers, their month ("" where none is told), and what did not come along.

    Where anything stops it there are no answers at all. Raises SurveyError fhir_large, fhir_unreadable and
    fhir_other for a file that is no QuestionnaireResponse.
    """
    told = Told()
    resource = read_resource(content, name, "QuestionnaireResponse")
    try:
        judge_response(resource)
    except ValidationError as wrong:
        for one in wrong.errors():
            told.tell(Fate.STOPS, "fhir_wrong", said=one["msg"][:200])
        return {}, "", told.sort()
    wanted = f"{ADDRESS}{definition.survey}|{definition.version}"
    if resource.get("questionnaire") != wanted:
        told.tell(Fate.STOPS, "response_other", wanted=wanted)
    for key in PEOPLE:
        if key in resource:
            told.tell(Fate.LOST, "response_person", element=key)
    month = read_month(resource, told)
    answers = read_items(resource, definition, areas, told)
    return ({}, "", told.sort()) if told.stopped else (answers, month, told.sort())


def read_month(resource: Json, told: Told) -> str:
    said = str(resource.get("authored", ""))
    found = MONTH.fullmatch(said)
    if found and found[1] != said:
        told.tell(Fate.LOST, "response_time")
    return found[1] if found else ""


def read_items(resource: Json, definition: Definition, areas: Areas, told: Told) -> dict[str, Value | None]:
    """Every question that has an item, in the survey's order; None where it has no answer."""
    found: dict[str, Value | None] = {}
    for item in walk_items(resource):
        link = str(item.get("linkId", ""))
        question = definition.find_question(link)
        if question is None:
            if "answer" in item:
                told.tell(Fate.STOPS, "response_unknown", Where(item=link[:80]))
            continue
        raw = [read_value(answer) for answer in list_objects(item.get("answer"))]
        value, trouble = read_answer(ask_question(definition, question, areas), raw)
        if trouble is not None or "" in raw or link in found:
            told.tell(Fate.STOPS, "response_answer", Where(item=link))
        found[link] = value
    return {question.id: found[question.id] for question in definition.questions if question.id in found}


def walk_items(resource: Json) -> Iterator[Json]:
    """Every item, also those below others. The depth of the file is bounded when it is read."""
    for item in list_objects(resource.get("item")):
        yield item
        yield from walk_items(item)


def read_value(answer: Json) -> str:
    """An answer's code or text; "" for a kind of value that no question of ours has."""
    coding: Any = answer.get("valueCoding")
    if isinstance(coding, dict):
        return str(coding.get("code", ""))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return str(answer.get("valueString", ""))
