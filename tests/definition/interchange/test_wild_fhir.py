"""Is a Questionnaire with anything at all in any place of it told of in sentences, and never a fault?"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from hypothesis import example, given, settings
from hypothesis import strategies as st

from survey.areas import Area, Areas
from survey.definition.interchange.fhir_read import read_fhir
from survey.definition.interchange.fhir_response import read_response, write_response
from survey.definition.interchange.fhir_write import write_fhir
from survey.definition.load import load_definition
from survey.errors import SurveyError
from survey.language import speak
from tests.definition.interchange.forms import WANTED

Place = tuple[str | int, ...]
DEFINITION = load_definition(Path(__file__).parents[3] / "surveys" / "invanarupplevelse" / "2026-1.yaml")
AREAS = Areas((Area("07", "Kronoberg"),), (Area("0780", "Växjö", "07"),))
WORDS = speak("sv")
SEEN = "\u202e", "\x00", "=1+1", "<b>", "0000-00-00", "2026-13", "x" * 5_000
VALUES = st.recursive(
    st.sampled_from((None, True, *SEEN)) | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False),
    lambda one: st.lists(one, max_size=2) | st.dictionaries(st.sampled_from(("", "url")), one, max_size=2),
    max_leaves=4,
)


def list_places(tree: object, place: Place = ()) -> Iterator[Place]:
    """Every place in a document but the whole."""
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for name, part in parts:
        yield (*place, name)
        yield from list_places(part, (*place, name))


def put(tree: Any, place: Place, value: object) -> bytes:
    changed = copy.deepcopy(tree)
    part = changed
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    return orjson.dumps(changed)


QUESTIONNAIRE = orjson.loads(write_fhir(DEFINITION, AREAS).content or b"")
RESPONSE = orjson.loads(write_response(DEFINITION, {"b1": "self", "a01": "5", "a03": None}, month="2026-11"))


@example(place=("_title", "extension", 0, "extension", 0, "url"), value=[[]])
@given(place=st.sampled_from(list(list_places(QUESTIONNAIRE))), value=VALUES)
@settings(max_examples=80, deadline=None)
def test_whatever_stands_in_a_questionnaire_it_comes_in_or_is_told_why_not(
    place: Place, value: object
) -> None:
    try:
        brought = read_fhir(put(QUESTIONNAIRE, place, value), "form.json", WANTED)
    except SurveyError as wrong:
        assert WORDS.explain(wrong)
    else:
        assert brought.definition is not None or brought.findings


@given(place=st.sampled_from(list(list_places(RESPONSE))), value=VALUES)
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_response_it_is_read_or_told_why_not(place: Place, value: object) -> None:
    try:
        answers, _, findings = read_response(put(RESPONSE, place, value), "answers.json", DEFINITION, AREAS)
    except SurveyError as wrong:
        assert WORDS.explain(wrong)
    else:
        assert answers or findings or place[0] == "item"
