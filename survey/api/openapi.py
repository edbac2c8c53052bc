"""What does the OpenAPI document say? Written from the table of resources, so that it says what they do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from survey.api import documents
from survey.api.asking import Asking
from survey.api.parameters import MOST_VALUES, USUAL_ROWS, Parameter
from survey.api.problems import PROBLEM
from survey.api.resources import OPENAPI, PATTERNS, RESOURCES, Resource
from survey.language import speak
from survey.version import VERSION

LANGUAGE = "en"  # of the document; the page for people is in Swedish too
IN_PATH = re.compile(r"\{(\w+)\}")
REFERENCE = "#/components/schemas/{model}"
JSON = "application/json"
# Beside 200: what may come back from any address, and what only from some.
EVERYWHERE = (401, 405, 429, 500, 503)
Document = dict[str, Any]


def write_openapi(asking: Asking) -> Document:
    """The OpenAPI 3.1 document."""
    words = speak(LANGUAGE)
    paths: Document = {one.path: {"get": describe_get(one)} for one in RESOURCES}
    paths[OPENAPI] = {"get": describe_itself()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": words.say("api.title", name=asking.installation.settings.installation_name),
            "version": VERSION,
            "description": words.say("api.about"),
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": list_schemas(),
            "securitySchemes": {"permit": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"permit": []}],
    }


def list_schemas() -> Document:
    """The schema of every document, by name."""
    models = [*(one.document for one in RESOURCES), documents.Problem]
    _, found = models_json_schema(
        [(model, "serialization") for model in models], ref_template=REFERENCE, by_alias=True
    )
    return found["$defs"]


def describe_get(one: Resource) -> Document:
    """How one address is asked and what it gives."""
    words = speak(LANGUAGE)
    return {
        "operationId": one.name,
        "summary": words.say(f"api.resource.{one.name}"),  # keys: api.resource.*
        "parameters": [
            *map(describe_in_path, IN_PATH.findall(one.path)),
            *map(describe_parameter, one.parameters),
        ],
        "responses": {
            "200": {
                "description": words.say(f"api.resource.{one.name}"),  # keys: api.resource.*
                "headers": describe_headers(),
                "content": {JSON: {"schema": refer(one.document.__name__)}},
            },
            **describe_problems(list_problems(one)),
        },
    }


def describe_itself() -> Document:
    said = speak(LANGUAGE).say("api.resource.openapi")
    content = {JSON: {"schema": {"type": "object", "required": ["openapi", "paths"]}}}
    return {
        "operationId": "openapi",
        "summary": said,
        "parameters": [],
        "responses": {
            "200": {"description": said, "headers": describe_headers(), "content": content},
            **describe_problems((400, 414)),
        },
    }


def list_problems(one: Resource) -> Iterable[int]:
    """Which statuses an address has of its own."""
    yield from (400, 414)
    if one.has_survey:
        yield 404
    if any(parameter.name == "cursor" for parameter in one.parameters):
        yield 410


def describe_in_path(name: str) -> Document:
    about = speak(LANGUAGE).say(f"api.parameter.{name}")  # keys: api.parameter.*
    schema = {"type": "string", "pattern": anchor(PATTERNS[name])}
    return {"name": name, "in": "path", "required": True, "description": about, "schema": schema}


def describe_parameter(one: Parameter) -> Document:
    """A parameter of a query."""
    found: Document = {
        "name": one.name,
        "in": "query",
        "required": one.required,
        "description": speak(LANGUAGE).say(f"api.parameter.{one.name}"),  # keys: api.parameter.*
        "schema": describe_value(one),
    }
    if one.many:
        found["schema"] = {"type": "array", "items": found["schema"], "minItems": 1, "maxItems": MOST_VALUES}
        found["style"], found["explode"] = "form", True
    return found


def describe_value(one: Parameter) -> Document:
    if one.most is not None:
        return {"type": "integer", "minimum": 1, "maximum": one.most, "default": USUAL_ROWS}
    if one.choices:
        return {"type": "string", "enum": list(one.choices)}
    return {"type": "string", "pattern": anchor(one.pattern)}


def anchor(pattern: str) -> str:
    return f"^({pattern})$"


def describe_headers() -> Document:
    """What stands beside every answer."""
    text = {"type": "string"}
    return {
        "ETag": {"description": "Say it in If-None-Match, and get 304 until it has changed.", "schema": text},
        "Link": {"description": 'The next page: rel="next".', "schema": text},
    }


def describe_problems(own: Iterable[int]) -> Mapping[str, Document]:
    """The statuses of what goes wrong, and 304."""
    words = speak(LANGUAGE)
    found: dict[str, Document] = {"304": {"description": words.say("api.status.304")}}
    for status in sorted({*own, *EVERYWHERE}):
        found[str(status)] = {
            "description": words.say(f"api.status.{status}"),  # keys: api.status.*
            "content": {PROBLEM: {"schema": refer("Problem")}},
        }
    return found


def refer(name: str) -> Document:
    return {"$ref": REFERENCE.format(model=name)}
