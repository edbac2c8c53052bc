"""What does a program get of surveys, areas, publications and codes, to understand figures by?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from survey.api import PATH, ROOT
from survey.api.asking import Asking
from survey.definition.model import Definition, Question
from survey.insight.open_data.cells import EVERYBODY
from survey.insight.open_data.codebook import describe_revision
from survey.insight.open_data.group_meanings import list_group_entries, read_texts, say_both
from survey.insight.open_data.hierarchies import UNIT_MARK, VALUE_MARK
from survey.insight.published import list_all_publications, list_surveys, list_versions
from survey.installation import find_definition
from survey.store.published_pages import list_units
from survey.version import VERSION

Document = dict[str, Any]


def describe_service(asking: Asking) -> Document:
    """What this is, and where everything begins."""
    settings = asking.installation.settings
    return {
        "name": settings.installation_name,
        "version": VERSION,
        "demonstration": asking.installation.is_demo,
        "edition": asking.edition,
        "threshold_public": settings.threshold_public,
        "links": {
            "surveys": f"{ROOT}/surveys",
            "areas": f"{ROOT}/areas",
            "openapi": f"{ROOT}/openapi.json",
            "about": PATH,
        },
    }


def list_published_surveys(asking: Asking) -> Document:
    """The surveys that have something published."""
    return {
        "edition": asking.edition,
        "surveys": [describe_survey(asking, one) for one in list_surveys(asking.installation)],
    }


def describe_survey(asking: Asking, survey: str) -> Document:
    """A survey in short, with the title of its newest version that was answered."""
    known = list_all_publications(asking.installation, survey)
    versions = list_versions(known)
    newest = find_definition(asking.installation, survey, versions[0]) if versions else None
    months = [one.month for one in known]
    return {
        "id": survey,
        "title": {} if newest is None else newest.title,
        "versions": list(versions),
        "first_month": min(months),
        "last_month": max(months),
        "links": {
            name: f"{ROOT}/surveys/{survey}{end}"
            for name, end in (
                ("self", ""),
                ("publications", "/publications"),
                ("codes", "/codes"),
                ("cells", "/cells"),
                ("series", "/series"),
            )
        },
    }


def describe_one_survey(asking: Asking) -> Document:
    """A survey with every version that was answered, its dimensions and its questions.

    Raises SurveyError survey_unknown.
    """
    versions = list_versions(asking.publications)
    found = [find_definition(asking.installation, asking.survey, one) for one in versions]
    return {
        **describe_survey(asking, asking.survey),
        "edition": asking.edition,
        "definitions": [describe_definition(one) for one in found],
    }


def describe_definition(one: Definition) -> Document:
    return {
        "version": one.version,
        "title": one.title,
        "languages": list(one.languages),
        "dimensions": [
            {"id": d.id, "text": d.text, "parts": list(d.parts), "headline": d.headline}
            for d in one.dimensions
        ],
        "questions": [describe_question(one, question) for question in one.questions],
    }


def describe_question(one: Definition, question: Question) -> Document:
    return {
        "id": question.id,
        "kind": question.kind,
        "text": question.text,
        "dimension": question.dimension,
        "reverse": question.reverse,
        "forms": list(question.forms),
        "options": [
            {"code": option.code, "text": option.text, "score": option.score}
            for option in one.list_options(question)
        ],
    }


def list_areas(asking: Asking) -> Document:
    """Counties, municipalities, and the units that any survey has figures of."""
    return {
        "edition": asking.edition,
        "areas": [
            {
                "code": area.code,
                "name": area.name,
                "kind": "county" if area.parent is None else "municipality",
                "parent": area.parent,
            }
            for area in asking.installation.areas
        ]
        + list(list_area_units(asking)),
    }


def list_area_units(asking: Asking) -> Iterator[Document]:
    surveys = list_surveys(asking.installation)
    with asking.installation.database.read(newest=True) as connection:
        found = sorted({unit for survey in surveys for unit in list_units(connection, survey)})
    for area, unit in found:
        if asking.installation.areas.has(area):
            yield {"code": f"{area}{UNIT_MARK}{unit}", "name": unit, "kind": "unit", "parent": area}


def list_publications(asking: Asking) -> Document:
    """Every publication of a survey, the newest first. Raises SurveyError survey_unknown."""
    return {
        "survey": asking.survey,
        "edition": asking.edition,
        "publications": [{"number": one.id, **describe_revision(one)} for one in asking.publications],
    }


def list_codes(asking: Asking) -> Document:
    """What the codes of a survey's figures mean. Raises SurveyError survey_unknown."""
    meanings = asking.find_meanings()
    naming = meanings.naming
    groups = [one for one in read_texts(meanings.definitions, naming.overlapping) if VALUE_MARK in one]
    entries = list_group_entries([EVERYBODY, *groups], meanings.definitions, naming.overlapping)
    return {
        "survey": asking.survey,
        "edition": asking.edition,
        "measures": list(meanings.list_entries(set(meanings.list_codes()))),
        "groups": list(entries),
        "statuses": [
            {"code": "shown", "text": say_both("open_data.status.shown")},
            {"code": "hidden", "text": say_both("open_data.status.hidden")},
        ],
    }
