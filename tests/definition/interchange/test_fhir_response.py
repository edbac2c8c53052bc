"""Do answers come back from a QuestionnaireResponse, and nothing of who gave them or when?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from survey.areas import Area, Areas
from survey.definition.interchange.fhir_response import read_answers, read_response, write_response
from survey.definition.interchange.findings import Fate
from survey.definition.load import load_definition
from survey.errors import SurveyError

DEFINITION = load_definition(Path(__file__).parents[3] / "surveys" / "invanarupplevelse" / "2026-1.yaml")
AREAS = Areas((Area("07", "Kronoberg"),), (Area("0780", "Växjö", "07"),))
ANSWERS: dict[str, Any] = {
    "b1": "self",
    "b2": "0780",
    "b5": ("vardcentral", "hemtjanst"),
    "a01": "5",
    "a02": "na",
    "a03": None,  # asked, and skipped
    "ft1": "Distriktssköterskan lyssnade.",
}


def change(**elements: Any) -> bytes:
    return orjson.dumps(orjson.loads(write_response(DEFINITION, ANSWERS, month="2026-11")) | elements)


def test_answers_come_back_with_their_month() -> None:
    content = write_response(DEFINITION, ANSWERS, month="2026-11")
    assert read_response(content, "a.json", DEFINITION, AREAS) == (ANSWERS, "2026-11", ())


def test_a_response_says_nothing_of_a_person_and_no_finer_time_than_a_month() -> None:
    resource = orjson.loads(write_response(DEFINITION, ANSWERS, month="2026-11"))
    assert sorted(resource) == ["authored", "item", "questionnaire", "resourceType", "status"]
    assert resource["authored"] == "2026-11"
    assert resource["questionnaire"] == "urn:invanarrosten:questionnaire:invanarupplevelse|2026-1"


@pytest.mark.parametrize("month", ["2026-13", "2026-11-21", "2026", "2026-Q4", "", "\uff12026-11"])
def test_what_is_no_month_is_told_and_no_day_is_written(month: str) -> None:
    with pytest.raises(SurveyError) as told:
        write_response(DEFINITION, ANSWERS, month=month)
    assert (told.value.code, told.value.facts) == ("period_wrong", {"period": month})


def test_no_answers_at_all_come_back_as_none() -> None:
    content = write_response(DEFINITION, {}, month="2026-11")
    assert read_response(content, "a.json", DEFINITION, AREAS)[0] == {}


def test_a_person_and_a_day_are_not_read_and_that_is_told() -> None:
    content = change(subject={"reference": "Patient/1"}, authored="2026-11-21T10:11:12+01:00")
    answers, month, findings = read_response(content, "a.json", DEFINITION, AREAS)
    assert (answers, month) == (ANSWERS, "2026-11")
    assert [(one.fate, one.key) for one in findings] == [
        (Fate.LOST, "carry.response_person"),
        (Fate.LOST, "carry.response_time"),
    ]


@pytest.mark.parametrize(
    ("elements", "key"),
    [
        ({"questionnaire": "http://example.org/other|1"}, "response_other"),
        ({"item": [{"linkId": "z9", "answer": [{"valueString": "x"}]}]}, "response_unknown"),
        ({"item": [{"linkId": "a01", "answer": [{"valueCoding": {"code": "6"}}]}]}, "response_answer"),
        ({"item": [{"linkId": "a01", "answer": [{"valueBoolean": True}]}]}, "response_answer"),
        ({"item": [{"linkId": "a01"}, {"linkId": "a01"}]}, "response_answer"),
        ({"status": None}, "fhir_wrong"),
    ],
)
def test_an_answer_that_the_survey_does_not_have_takes_nothing_in(elements: dict[str, Any], key: str) -> None:
    answers, _, findings = read_response(change(**elements), "a.json", DEFINITION, AREAS)
    assert answers == {}
    assert [(one.fate, one.key) for one in findings] == [(Fate.STOPS, f"carry.{key}")]


def test_answers_in_a_file_are_checked_against_the_survey() -> None:
    content = orjson.dumps(
        {key: list(one) if isinstance(one, tuple) else one for key, one in ANSWERS.items()}
    )
    assert read_answers(content, "a.json", DEFINITION, AREAS) == ANSWERS
    with pytest.raises(SurveyError) as wrong:
        read_answers(b'{"a01": "6"}', "a.json", DEFINITION, AREAS)
    assert (wrong.value.code, wrong.value.facts["question"]) == ("answers_wrong", "a01")
