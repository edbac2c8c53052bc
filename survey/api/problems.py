"""How is a program told what went wrong, and the person who wrote it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus

import orjson
from starlette.responses import Response

from survey.api.parameters import AskedWronglyError
from survey.errors import SurveyError
from survey.language import DEFAULT_LANGUAGE, Words, speak

PROBLEM = "application/problem+json"
OUR_FAULT = 503  # whatever else: no database, no key
STATUS: Mapping[str, int] = {
    "query_wrong": 400,
    "cursor_wrong": 400,
    "permit_refused": 401,
    "interface_unknown": 404,
    "survey_unknown": 404,
    "area_not_here": 404,
    "measure_not_here": 404,
    "group_not_here": 404,
    "method_not_here": 405,
    "cursor_gone": 410,
    "query_long": 414,
    "too_many_requests": 429,
    "interface_fault": 500,
}
SPOKEN = ("sv", "en")
WISH = re.compile(r"\s*([a-zA-Z*]{1,8})(?:-[a-zA-Z0-9-]*)?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*")


def find_status(error: SurveyError) -> int:
    """The HTTP status of an error."""
    return STATUS.get(error.code, OUR_FAULT)


def tell_problem(error: SurveyError, words: Words) -> Response:
    """The answer to something that went wrong: application/problem+json in the reader's language."""
    status = find_status(error)
    said = error if error.code in STATUS else SurveyError("interface_down")
    document: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": words.explain(said),
        "code": said.code,
    }
    if isinstance(error, AskedWronglyError):
        document["faults"] = list(tell_faults(error, words))
    headers = {
        "Cache-Control": "no-store",
        "Content-Language": words.language.code,
        "Vary": "Accept-Language, Authorization",
    } | dict(list_headers(error))
    return Response(orjson.dumps(document), status, headers, media_type=PROBLEM)


def list_headers(error: SurveyError) -> Iterator[tuple[str, str]]:
    """What HTTP asks to be said beside some errors."""
    if error.code == "permit_refused":
        yield "WWW-Authenticate", 'Bearer error="invalid_token"'
    if error.code == "too_many_requests":
        yield "Retry-After", str(error.facts["seconds"])
    if error.code == "method_not_here":
        yield "Allow", "GET, HEAD, OPTIONS"


def tell_faults(error: AskedWronglyError, words: Words) -> Iterator[Mapping[str, str]]:
    """Each parameter that is wrong, and what can be asked for."""
    for fault, name in error.faults:
        told = words.say(f"api.fault.{fault}")  # keys: api.fault.*
        about = "" if fault == "unknown" else words.say(f"api.parameter.{name}")  # keys: api.parameter.*
        yield {"parameter": name, "detail": f"{told} {about}".strip()}


def find_words(accept: str | None) -> Words:
    """The words of the language that a header `Accept-Language` wants most, Swedish unless it is English."""
    wishes: dict[str, float] = {}
    for wish in (accept or "").split(",")[:20]:
        found = WISH.fullmatch(wish)
        if found is not None:
            wishes.setdefault(found[1].lower(), float(found[2] or 1))
    anything = wishes.get("*", 0.0)
    weights = {language: wishes.get(language, anything) for language in SPOKEN}
    best = max(SPOKEN, key=lambda language: weights[language])
    return speak(best if weights[best] > 0 else DEFAULT_LANGUAGE)
