"""Does the schema accept what check accepts, and tell of what an editor can see by itself?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from jsonschema import Draft202012Validator

from survey.definition.interchange.json_schema import write_json_schema
from tests.definition.small_survey import SMALL, change, find_problems

SURVEYS = sorted((Path(__file__).parents[3] / "surveys").glob("*/*.yaml"))
SCHEMA: Any = orjson.loads(write_json_schema())
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", SURVEYS, ids=lambda path: path.parent.name)
def test_the_shipped_surveys_are_right_by_the_schema(path: Path) -> None:
    assert [one.message for one in VALIDATOR.iter_errors(yaml.safe_load(path.read_text("utf-8")))] == []


def test_the_small_survey_is_right_by_the_schema() -> None:
    assert VALIDATOR.is_valid(yaml.safe_load(SMALL))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version: "2026-1"', "version: 2026"),
        ("title: {sv: Prov", "titel: {sv: Prov"),
        ("languages: [sv, en]", "languages: [sv, tlh]"),
        ("title: {sv: Prov, en: Trial}", "title: {sv: '', en: Trial}"),
        ("kind: scale, scale: ofta, dimension: trygghet", "kind: scale, dimension: trygghet"),
        ("kind: text, text", "kind: text, reverse: true, text"),
        ("kind: text, text", "kind: text, scale: ofta, text"),
        ("any_of: [a]", "any_of: [a], answered: true"),
        ("any_of: [a]", "any_of: []"),
        ("question: q3, any_of: [a]", "question: q3"),
        ("score: 100", "score: 101"),
        ("kind: single", "kind: several"),
    ],
)
def test_what_an_editor_can_see_is_wrong_by_the_schema_as_by_check(
    tmp_path: Path, old: str, new: str
) -> None:
    text = change(SMALL, old, new)
    assert find_problems(tmp_path, text)
    assert not VALIDATOR.is_valid(yaml.safe_load(text))
