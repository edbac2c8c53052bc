"""The JSON Schema of our own YAML, so that an editor says what may stand where and what is missing.

It says what each thing may hold. What hangs on several places at once (a name that must exist, a condition
that asks about an earlier part) only `python -m survey check` can tell.
"""

from __future__ import annotations

from typing import Any

import orjson

from survey.definition.model import Definition
from survey.language import LANGUAGES

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
CHOSEN = ("single", "multi", "rank")


def write_json_schema() -> bytes:
    """The schema, indented."""
    return orjson.dumps(make_schema(), option=orjson.OPT_INDENT_2)


def make_schema() -> Schema:
    """The schema of the model, with what the check adds."""
    schema = Definition.model_json_schema()
    schema["$schema"] = DIALECT
    schema["title"] = "Invånarrösten: enkätdefinition"
    kinds: Schema = schema["$defs"]
    schema["properties"]["languages"]["items"] = {"enum": list(LANGUAGES)}
    schema["properties"]["languages"]["uniqueItems"] = True
    for owner in (schema, *kinds.values()):
        for name, field in owner.get("properties", {}).items():
            if name in ("title", "intro", "outro", "recall", "writing_advice", "text", "help", "lead"):
                bind_text(field)
    kinds["Question"]["allOf"] = list_question_rules()
    kinds["Condition"]["oneOf"] = [
        {"required": [name], "properties": {name: {"not": {"type": "null"}}}}
        for name in ("answered", "any_of", "none_of")
    ]
    return schema


def bind_text(field: Schema) -> None:
    """A text has the languages that there are, and says something in each."""
    for one in (field, *field.get("anyOf", ())):
        if one.get("type") == "object":
            one["propertyNames"] = {"enum": list(LANGUAGES)}
            one["additionalProperties"] = {"type": "string", "pattern": r"\S"}
            one["minProperties"] = 1


def list_question_rules() -> list[Schema]:
    """What a question needs and may not have, by its kind."""
    has_options: Schema = {"required": ["options"], "properties": {"options": {"minItems": 1}}}
    from_elsewhere: Schema = {"required": ["options_from"]}
    no_scale: Schema = {"scale": {"type": "null"}, "reverse": {"const": False}}
    return [
        make_rule(["scale"], {"required": ["scale"]}),
        make_rule(list(CHOSEN), {"anyOf": [has_options, from_elsewhere]}),
        make_rule(["text", "scale"], {"properties": {"options": {"maxItems": 0}}}),
        make_rule([*CHOSEN, "text"], {"properties": no_scale}),
        {
            "if": {"required": ["consent"], "properties": {"consent": {"const": "panel"}}},
            "then": {"required": ["consent_code"]},
        },
    ]


def make_rule(kinds: list[str], then: Schema) -> Schema:
    return {"if": {"required": ["kind"], "properties": {"kind": {"enum": kinds}}}, "then": then}
