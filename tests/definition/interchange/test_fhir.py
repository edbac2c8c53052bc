"""Does a definition come back from a Questionnaire as it was, and what becomes of one from elsewhere?"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from survey.areas import Area, Areas
from survey.definition.interchange.fhir_read import read_fhir
from survey.definition.interchange.fhir_write import judge_questionnaire, write_fhir
from survey.definition.interchange.findings import Brought, Fate
from survey.definition.load import load_definition
from survey.definition.model import Condition, Definition
from survey.errors import SurveyError
from survey.language import speak
from tests.definition.interchange.forms import QUESTIONNAIRE, WANTED, list_told
from tests.definition.interchange.generated import definitions

SURVEYS = Path(__file__).parents[3] / "surveys"
AREAS = Areas((Area("07", "Kronoberg"),), (Area("0780", "Växjö", "07"), Area("0781", "Ljungby", "07")))
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a fault is found at once; shrinking takes minutes


def write(definition: Definition) -> bytes:
    written = write_fhir(definition, AREAS)
    assert written.content is not None, written.findings
    return written.content


def read(resource: dict[str, Any]) -> Brought:
    return read_fhir(orjson.dumps(resource), "form.json", WANTED)


def change(*, whole: dict[str, Any] | None = None, **item: Any) -> Brought:
    """What becomes of QUESTIONNAIRE with other elements of the whole, or of its second item."""
    resource = copy.deepcopy(QUESTIONNAIRE) | (whole or {})
    resource["item"][1] |= item
    return read(resource)


@pytest.mark.parametrize("survey", ["invanarupplevelse", "resursgrupp"])
def test_a_shipped_survey_comes_back_as_it_was(survey: str) -> None:
    definition = load_definition(SURVEYS / survey / "2026-1.yaml")
    content = write(definition)
    assert judge_questionnaire(content) == []
    brought = read_fhir(content, "form.json", WANTED)
    assert brought.findings == ()
    assert brought.definition == definition


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=PHASES)
@given(definitions())
def test_whatever_check_accepts_comes_back_as_it_was(definition: Definition) -> None:
    brought = read_fhir(write(definition), "form.json", WANTED)
    assert brought.findings == ()
    assert brought.definition == definition


def test_a_questionnaire_says_what_fhir_has_a_place_for_in_that_place() -> None:
    definition = load_definition(SURVEYS / "invanarupplevelse" / "2026-1.yaml")
    resource = orjson.loads(write(definition))
    items = {item["linkId"]: item for group in resource["item"] for item in group.get("item", ())}
    consent, scale, text = items["c1"], items["a01"], items["ft1"]
    assert [item["linkId"] for item in resource["item"]][:4] == [
        "text.intro",
        "text.recall",
        "text.writing_advice",
        "part.about",
    ]
    assert consent["enableBehavior"] == "any"
    assert consent["enableWhen"][0] == {"question": "ft1", "operator": "exists", "answerBoolean": True}
    assert [answer["valueCoding"]["code"] for answer in scale["answerOption"]] == [
        "5",
        "4",
        "3",
        "2",
        "1",
        "na",
    ]
    assert scale["answerOption"][1]["valueCoding"]["extension"] == [
        {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 75.0}
    ]
    assert text["maxLength"] == 1500
    english = resource["_title"]["extension"][1]["extension"]
    assert english == [
        {"url": "lang", "valueCode": "en"},
        {"url": "content", "valueString": definition.title["en"]},
    ]


def test_a_condition_that_fhir_cannot_say_is_told_and_still_comes_back() -> None:
    definition = load_definition(SURVEYS / "invanarupplevelse" / "2026-1.yaml")
    conditions = (
        Condition(question="b6", none_of=("n0", "n1")),
        Condition(question="b1", any_of=("self",)),
    )
    part = definition.parts[-1]
    changed = part.questions[1].model_copy(update={"show_if": conditions})
    questions = (part.questions[0], changed, *part.questions[2:])
    parts = (*definition.parts[:-1], part.model_copy(update={"questions": questions}))
    changed_definition = definition.model_copy(update={"parts": parts})
    written = write_fhir(changed_definition, AREAS)
    assert [
        (one.fate, one.where.item) for one in written.findings if one.key == "carry.condition_unsaid"
    ] == [(Fate.LOST, "b7")]
    assert written.content is not None
    brought = read_fhir(written.content, "form.json", WANTED)
    assert brought.definition is not None
    assert brought.definition.find_question("b7") == changed


def test_what_another_program_changed_in_our_file_is_what_comes_in() -> None:
    definition = load_definition(SURVEYS / "invanarupplevelse" / "2026-1.yaml")
    resource = orjson.loads(write(definition))
    (same_person,) = [
        item for group in resource["item"] for item in group.get("item", ()) if item["linkId"] == "b7"
    ]
    same_person["text"] = "En annan fråga"
    same_person["enableWhen"][0]["answerCoding"]["code"] = "n1"
    brought = read(resource)
    assert brought.definition is not None
    question = brought.definition.find_question("b7")
    assert question is not None
    assert question.text["sv"] == "En annan fråga"
    assert [(one.question, one.none_of) for one in question.show_if] == [("b6", ("n1",))]


# From elsewhere


def test_a_questionnaire_from_elsewhere_becomes_a_definition_that_check_accepts() -> None:
    brought = read(QUESTIONNAIRE)
    definition = brought.definition
    assert definition is not None
    assert (definition.survey, definition.languages, definition.intro) == (
        "kontakt",
        ("sv",),
        {"sv": "Välkommen"},
    )
    assert [(q.id, q.kind, [o.code for o in q.options]) for q in definition.questions] == [
        ("q_1_1", "single", ["y", "n"]),
        ("q_1_2", "text", []),
    ]
    (condition,) = definition.questions[1].show_if
    assert (condition.question, condition.any_of) == ("q_1_1", ("y",))


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({"type": "integer"}, "type_number"),
        ({"type": "date"}, "type_date"),
        ({"type": "attachment"}, "type_media"),
        ({"type": "boolean"}, "type_acknowledge"),
        ({"type": "open-choice"}, "type_or_other"),
        ({"type": "coding"}, "type_r5"),
        ({"type": "anything"}, "type_unknown"),
        ({"type": "choice", "answerValueSet": "http://example.org/v"}, "value_set"),
        ({"type": "choice", "answerOption": [{"valueDate": "2026-01-01"}]}, "option_kind"),
        (
            {"enableWhen": [{"question": "1.1", "operator": ">", "answerInteger": 3}]},
            "enable_unreadable",
        ),
        (
            {"enableWhen": [{"question": "9.9", "operator": "exists", "answerBoolean": True}]},
            "definition.condition_unknown",
        ),
    ],
)
def test_what_a_definition_has_no_place_for_stops_with_its_item(item: dict[str, Any], key: str) -> None:
    brought = change(**item)
    assert brought.definition is None
    stops = [one for one in brought.findings if one.fate is Fate.STOPS]
    assert key in {one.key.removeprefix("carry.") for one in stops}
    assert {one.where.item for one in stops} == {"1.2"}
    list_told(brought)


@pytest.mark.parametrize(
    ("item", "whole", "key"),
    [
        ({"required": True}, {}, "required_lost"),
        ({"readOnly": True}, {}, "element_lost"),
        ({"extension": [{"url": "http://example.org/x", "valueString": "y"}]}, {}, "extension_lost"),
        ({}, {"publisher": "Någon"}, "element_lost"),
        ({"item": [{"linkId": "1.2.1", "type": "display", "text": "Obs"}]}, {}, "note_lost"),
    ],
)
def test_what_can_be_left_out_is_told(item: dict[str, Any], whole: dict[str, Any], key: str) -> None:
    brought = change(whole=whole, **item)
    assert brought.definition is not None
    assert ("lost", key, 0) in list_told(brought)


def test_what_fhir_itself_does_not_allow_is_told_with_where() -> None:
    brought = read(QUESTIONNAIRE | {"banana": 1, "item": [{"linkId": "a"}]})
    assert brought.definition is None
    said = [str(one.facts["said"]) for one in brought.findings]
    assert any(text.startswith("banana") for text in said)
    assert any("type" in text for text in said)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<Questionnaire/>", "fhir_unreadable"),
        (b"[]", "fhir_unreadable"),
        (b'{"resourceType": "Patient"}', "fhir_other"),
        (b'{"resourceType": "Questionnaire", "item": ' + b"[" * 200 + b"]" * 200 + b"}", "fhir_unreadable"),
        (b"[" * 100_000, "fhir_unreadable"),
        (b'{"a": "' + b"x" * 5_000_000 + b'"}', "fhir_large"),
    ],
    ids=["XML", "a list", "another resource", "deep", "deeper", "large"],
)
def test_what_is_no_questionnaire_is_told_in_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(SurveyError) as wrong:
        read_fhir(content, "form.json", WANTED)
    assert wrong.value.code == code
    assert speak("sv").explain(wrong.value)
