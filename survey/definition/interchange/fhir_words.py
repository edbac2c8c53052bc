"""Which addresses, types and extensions our FHIR files use, and how a text with translations stands.

FHIR R4 (4.0.1). What R4B changed does not touch Questionnaire or QuestionnaireResponse, so the R4B models
of fhir.resources judge R4 files; its newest models are of R5, where these two resources are others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

Json = dict[str, Any]

STANDARD = "http://hl7.org/fhir/StructureDefinition/"
TRANSLATION = f"{STANDARD}translation"
ORDINAL = f"{STANDARD}ordinalValue"
EXCLUSIVE = f"{STANDARD}questionnaire-optionExclusive"
MOST_ANSWERS = f"{STANDARD}questionnaire-maxOccurs"
CONTROL = f"{STANDARD}questionnaire-itemControl"
CONTROL_CODES = "http://hl7.org/fhir/questionnaire-item-control"
OWN = "urn:invanarrosten:rest"  # what FHIR has no place for, as one JSON object in a string
ADDRESS = "urn:invanarrosten:questionnaire:"
KNOWN_EXTENSIONS = frozenset({TRANSLATION, ORDINAL, EXCLUSIVE, MOST_ANSWERS, CONTROL, OWN})


def put_text(target: Json, key: str, text: Mapping[str, str], languages: tuple[str, ...]) -> None:
    """A text in the first language, with its translations beside it."""
    target[key] = text[languages[0]]
    others = [code for code in languages[1:] if code in text]
    if others:
        target[f"_{key}"] = {"extension": [make_translation(code, text[code]) for code in others]}


def make_translation(code: str, text: str) -> Json:
    lang: Json = {"url": "lang", "valueCode": code}
    return {"url": TRANSLATION, "extension": [lang, {"url": "content", "valueString": text}]}


def read_text(source: Json, key: str, first: str, languages: tuple[str, ...]) -> dict[str, str]:
    """A text in every language it is in, of those that are wanted; {} where there is none."""
    found: dict[str, str] = {}
    if isinstance(said := source.get(key), str) and first in languages:
        found[first] = said
    for code, text in list_translations(source.get(f"_{key}")):
        if code in languages:
            found.setdefault(code, text)
    return {code: found[code] for code in languages if code in found}


def list_translations(beside: object) -> list[tuple[str, str]]:
    """The translations that stand beside a text, as (language, text)."""
    found: list[tuple[str, str]] = []
    for extension in list_extensions(beside, TRANSLATION):
        code = find_value(extension, "lang", "valueCode")
        said = [find_value(extension, "content", key) for key in ("valueString", "valueMarkdown")]
        text = next((one for one in said if one is not None), None)
        if isinstance(code, str) and isinstance(text, str):
            found.append((code, text))
    return found


def list_extensions(source: object, url: str) -> list[Json]:
    """The extensions of an address that an element has."""
    found = cast(Json, source).get("extension") if isinstance(source, dict) else None
    return [one for one in list_objects(found) if one.get("url") == url]


def list_objects(found: object) -> list[Json]:
    """The objects of a list; whatever is none is passed over, since the judge has told of it."""
    listed = cast(list[object], found) if isinstance(found, list) else []
    return [cast(Json, one) for one in listed if isinstance(one, dict)]


def find_value(source: object, url: str, key: str) -> Any:
    """The value of the first extension of an address; None where there is none."""
    return next((one.get(key) for one in list_extensions(source, url)), None)
