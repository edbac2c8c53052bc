"""How a FHIR R4 Questionnaire becomes a definition of ours, or everything that is in the way."""

from __future__ import annotations

from typing import cast

import orjson

from survey.definition.interchange.bringing import estimate_minutes, finish_definition, leave_empty
from survey.definition.interchange.fhir_items import (
    Walk,
    find_names,
    read_rest,
    walk_items,
)
from survey.definition.interchange.fhir_words import (
    ADDRESS,
    KNOWN_EXTENSIONS,
    Json,
    list_objects,
    list_translations,
    read_text,
)
from survey.definition.interchange.fhir_write import judge_questionnaire
from survey.definition.interchange.findings import Brought, Fate, Told, Where
from survey.definition.interchange.names import VERSION, fit_identifier
from survey.definition.interchange.xlsform_read import ORDER, Wanted
from survey.errors import SurveyError
from survey.language import DEFAULT_LANGUAGE, LANGUAGES

MOST_MEGABYTES = 5
MOST_ITEMS = 2_000
MOST_NESTED = 60  # lists and objects in each other
KNOWN = frozenset(
    (
        *(
            "resourceType",
            "id",
            "extension",
            "language",
            "url",
            "version",
            "title",
            "_title",
            "status",
            "item",
        ),
        *("item", "copyright", "_copyright", "description", "_description", "name"),
    )
)


def read_fhir(content: bytes, name: str, wanted: Wanted) -> Brought:
    """The definition that a Questionnaire holds, with what of it did not come along or became something else.

    Everything that is wrong is told at once, and then there is no definition.
    Raises SurveyError fhir_large, fhir_unreadable and fhir_other for a file that is no Questionnaire.
    """
    told = Told()
    resource = read_resource(content, name, "Questionnaire")
    for wrong in judge_questionnaire(content):
        told.tell(Fate.STOPS, "fhir_wrong", said=wrong[:200])
    first, languages = find_languages(resource, told)
    items = list_objects(resource.get("item"))
    walk = find_names(items, told, first, languages)
    if walk.asked > MOST_ITEMS:
        raise SurveyError("fhir_large", file=name, limit=MOST_MEGABYTES, items=MOST_ITEMS)
    if told.stopped:
        return Brought(None, "", told.sort())
    root = walk.tree.root
    rest = read_rest(resource, told, Where(item="Questionnaire"))
    read_whole(resource, walk, wanted, rest)
    walk_items(walk, items)
    root["parts"] = leave_empty(walk.parts, walk.tree)
    root["scales"] = {**walk.scales, **rest.get("scales", {})}
    fill_up(resource, walk, rest)
    walk.tree.root = {key: root[key] for key in ORDER if root.get(key) not in (None, [], {})}
    return finish_definition(walk.tree)


def read_resource(content: bytes, name: str, kind: str) -> Json:
    """A resource of a kind. Raises SurveyError fhir_large, fhir_unreadable and fhir_other."""
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise SurveyError("fhir_large", file=name, limit=MOST_MEGABYTES, items=MOST_ITEMS)
    try:
        resource: object = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise SurveyError("fhir_unreadable", file=name) from None
    if not isinstance(resource, dict) or is_deep(cast(object, resource)):
        raise SurveyError("fhir_unreadable", file=name)
    found = cast(Json, resource)
    if found.get("resourceType") != kind:
        raise SurveyError("fhir_other", file=name, kind=kind)
    return found


def is_deep(tree: object) -> bool:
    """Whether lists and objects stand in each other deeper than any form does."""
    level: list[object] = [tree]
    for _ in range(MOST_NESTED):
        level = [
            child
            for one in level
            for child in (
                cast(Json, one).values()
                if isinstance(one, dict)
                else cast("list[object]", one)
                if isinstance(one, list)
                else ()
            )
        ]
        if not level:
            return False
    return True


def find_languages(resource: Json, told: Told) -> tuple[str, tuple[str, ...]]:
    """The language of the texts, and all that they are in; those that there are not here are told."""
    said = str(resource.get("language", ""))
    first = said if said in LANGUAGES else said.partition("-")[0]
    if first not in LANGUAGES:
        first = DEFAULT_LANGUAGE
        key = "language_unknown" if said else "language_assumed"
        fate = Fate.STOPS if said else Fate.CHANGED
        told.tell(fate, key, language=said or first)  # keys: carry.*
    found = dict.fromkeys([first])
    for code in list_codes(resource):
        if code in LANGUAGES:
            found.setdefault(code)
        else:
            told.tell(Fate.LOST, "language_unknown", language=code[:40])
    return first, tuple(found)


def list_codes(tree: object) -> list[str]:
    """Every language that some text in a tree is translated to."""
    if isinstance(tree, list):
        return [code for child in cast("list[object]", tree) for code in list_codes(child)]
    if not isinstance(tree, dict):
        return []
    here = [code for code, _ in list_translations(cast(object, tree))]
    return here + [code for child in cast(Json, tree).values() for code in list_codes(child)]


def read_whole(resource: Json, walk: Walk, wanted: Wanted, rest: Json) -> None:
    """Title, survey, version, licence and what our own extension says of the whole."""
    root, told = walk.tree.root, walk.told
    where = Where(item="Questionnaire")
    own = rest.get("languages")
    said_first = cast("list[object]", own) if isinstance(own, list) else []
    listed = [code for code in walk.languages if code in said_first]
    listed.sort(key=said_first.index)
    root["languages"] = list(dict.fromkeys((*listed, *walk.languages)))
    root["title"] = read_text(resource, "title", walk.first, walk.languages)
    if not root["title"]:
        told.tell(Fate.STOPS, "title_missing", where)
        root["title"] = dict.fromkeys(root["languages"], "-")
    said: object = wanted.survey or rest.get("survey") or str(resource.get("url", "")).removeprefix(ADDRESS)
    said = said or str(resource.get("name") or resource.get("id") or next(iter(root["title"].values()), ""))
    root["survey"] = fit_identifier(str(said).rpartition("/")[2])
    if root["survey"] != said:
        told.tell(Fate.CHANGED, "renamed", where, old=str(said) or "-", new=root["survey"])
    version = wanted.version or str(resource.get("version", ""))
    root["version"] = version if VERSION.fullmatch(version) or wanted.version else f"{wanted.today.year}-1"
    if root["version"] != version:
        told.tell(Fate.CHANGED, "version_made", where, old=version or "-", new=root["version"])
    if resource.get("copyright"):
        root["licence"] = resource["copyright"]
    for key in ("min_age", "minutes", "dimensions", "groups"):
        if key in rest:
            root[key] = rest[key]


def fill_up(resource: Json, walk: Walk, rest: Json) -> None:
    """What a definition needs that the resource did not say, and what it said that has no place here."""
    root, told = walk.tree.root, walk.told
    described = read_text(resource, "description", walk.first, walk.languages)
    if "intro" not in root and described:
        root["intro"] = described
    elif described:
        told.tell(Fate.LOST, "element_lost", element="description")
    if "intro" not in root:
        told.tell(Fate.STOPS, "intro_missing")
        root["intro"] = root["title"]
    if "minutes" not in root:
        root["minutes"] = {"full": estimate_minutes(walk.asked)}
        told.tell(Fate.CHANGED, "minutes_made", minutes=root["minutes"]["full"])
    for key in resource:
        if key not in KNOWN:
            told.tell(Fate.LOST, "element_lost", element=key)
    for extension in list_objects(resource.get("extension")):
        if extension.get("url") not in KNOWN_EXTENSIONS:
            told.tell(Fate.LOST, "extension_lost", url=str(extension.get("url"))[:120])
