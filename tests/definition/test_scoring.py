"""Which groups does a person belong to, and which rules score their answers?"""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.scores import DimensionRule, ItemRule, score_answers
from survey.definition.load import load_definition
from survey.definition.model import Definition
from survey.definition.scoring import derive_groups, make_rules
from tests.definition.small_survey import read_survey

RESIDENTS = Path(__file__).parents[2] / "surveys" / "invanarupplevelse" / "2026-1.yaml"
OFTEN = {"5": 100, "4": 75, "3": 50, "2": 25, "1": 0, "na": None}


@pytest.fixture(scope="module")
def residents() -> Definition:
    return load_definition(RESIDENTS)


@pytest.mark.parametrize(
    ("needs", "complex_needs", "risk"),
    [
        (("multi_conditions",), "no", "no"),
        (("multi_conditions", "daily_help"), "yes", "no"),
        (("daily_help", "both_huvudman"), "yes", "no"),
        (("multi_conditions", "daily_help", "both_huvudman"), "yes", "no"),
        (("multi_conditions", "alone"), "no", "yes"),
        (("alone",), "no", "yes"),
        (("worry_health",), "no", "yes"),
        (("hard_to_seek",), "no", "yes"),
        (("multi_conditions", "both_huvudman", "alone", "worry_health"), "yes", "yes"),
        (("none",), "no", "no"),
    ],
)
def test_needs_are_complex_from_two_and_a_risk_from_one(
    needs: tuple[str, ...], complex_needs: str, risk: str, residents: Definition
) -> None:
    assert derive_groups(residents, {"b8": needs}, "sv") == {
        "language": "sv",
        "complex_needs": complex_needs,
        "risk_of_ill_health": risk,
    }


@pytest.mark.parametrize("needs", [None, (), ("pns",), ("pns", "alone")])
def test_who_does_not_say_is_in_no_group_of_needs(
    needs: tuple[str, ...] | None, residents: Definition
) -> None:
    assert derive_groups(residents, {"b8": needs}, "sv") == {"language": "sv"}


@pytest.mark.parametrize(
    ("answers", "groups"),
    [
        ({"b1": "self"}, {"who_answered": "self"}),
        ({"b1": "proxy"}, {"who_answered": "proxy"}),
        ({"b1": "carer"}, {"who_answered": "carer"}),
        ({"b1": "pns"}, {}),
        ({"b3": "a80p"}, {"age_band": "a80p"}),
        ({"b3": "pns"}, {}),
        ({"b4": "woman"}, {"gender": "woman"}),
        ({"b4": "man"}, {"gender": "man"}),
        ({"b4": "other"}, {}),
        ({"b4": "pns"}, {}),
        ({"b4": None}, {}),
        ({}, {}),
        (
            {"b1": "carer", "b3": "a65_79", "b4": "woman"},
            {"who_answered": "carer", "age_band": "a65_79", "gender": "woman"},
        ),
    ],
)
def test_a_group_is_what_was_answered_unless_it_may_not_be_told(
    answers: dict[str, str | None], groups: dict[str, str], residents: Definition
) -> None:
    assert derive_groups(residents, answers, "en") == {"language": "en", **groups}


def test_a_statement_turned_round_counts_the_other_way(residents: Definition) -> None:
    rules = {rule.id: rule for rule in make_rules(residents)}
    assert rules["kontinuitet_information"] == DimensionRule(
        "kontinuitet_information", items=(ItemRule("a06", OFTEN, False), ItemRule("a07", OFTEN, True))
    )


def test_a_composite_comes_after_what_it_is_made_of(tmp_path: Path) -> None:
    first = (
        "dimensions:\n",
        "dimensions:\n  - {id: mer, text: {sv: Mer, en: More}, parts: [samarbete, trygghet]}\n",
    )
    rules = make_rules(read_survey(tmp_path, first))
    assert [rule.id for rule in rules] == ["trygghet", "samarbete", "mer", "allt"]


def test_every_dimension_of_residents_survey_is_scored(residents: Definition) -> None:
    rules = make_rules(residents)
    assert {rule.id for rule in rules} == {dimension.id for dimension in residents.dimensions}
    assert sum(len(rule.items) for rule in rules) == 22


def test_the_best_answer_to_everything_is_100_in_every_dimension(residents: Definition) -> None:
    best = {f"a{n:02}": "5" for n in range(1, 23)} | {"a07": "1", "a11": "1"}
    scores = score_answers(best, make_rules(residents))
    assert scores == {dimension.id: 100.0 for dimension in residents.dimensions}


def test_not_relevant_and_no_answer_give_no_score(residents: Definition) -> None:
    answers = {"a22": "na", "a01": "5", "a02": "na"}
    assert score_answers(answers, make_rules(residents)) == {}


def test_free_texts_and_choices_are_not_scored(tmp_path: Path) -> None:
    asked = (
        "        kind: single\n",
        "        kind: single\n        dimension: trygghet\n",
    )
    rules = make_rules(read_survey(tmp_path, asked))
    assert [item.question for item in rules[0].items] == ["q1"]
