"""Answers become scores 0-100: reversal, the half rule, composites."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.scores import (
    POSITIVE_FROM,
    DimensionRule,
    ItemRule,
    score_answers,
    score_by_half_rule,
    score_item,
)

CASES = json.loads((Path(__file__).parent / "cases" / "scoring.json").read_text(encoding="utf-8"))
OFTEN = {"5": 100, "4": 75, "3": 50, "2": 25, "1": 0, "na": None}

scores_0_100 = st.floats(0, 100)


def ask(*questions: str, reverse: bool = False) -> tuple[ItemRule, ...]:
    return tuple(ItemRule(question, OFTEN, reverse) for question in questions)


@pytest.mark.parametrize(
    ("score", "reverse", "expected"),
    [(0, False, 0), (100, False, 100), (25, True, 75), (0, True, 100), (100, True, 0)],
)
def test_an_item_on_0_to_100_keeps_its_score_unless_reversed(score, reverse, expected):
    assert score_item(score, reverse=reverse) == expected


@pytest.mark.parametrize("case", CASES["reversed_from_1_to_5"])
def test_a_reversed_item_is_turned_on_its_own_scale_before_it_is_stretched(case):
    assert score_item(case["answer"], reverse=True, low=1, high=5) == pytest.approx(case["expected"])


@pytest.mark.parametrize("case", CASES["equal_steps"])
def test_options_with_equal_steps_are_spread_over_0_to_100(case):
    best_first = range(case["options"], 0, -1)
    spread = [score_item(step, reverse=False, low=1, high=case["options"]) for step in best_first]
    assert spread == pytest.approx(case["expected"])


def test_a_rating_from_0_to_10_is_multiplied_by_ten():
    case = CASES["rating_0_to_10"]
    scores = [score_item(rating, reverse=False, low=0, high=10) for rating in case["answers"]]
    assert score_by_half_rule(scores) == pytest.approx(case["expected_mean"])


@pytest.mark.parametrize("score", [-0.001, 100.001, float("nan")])
def test_a_score_outside_its_scale_is_refused(score):
    with pytest.raises(ValueError, match="outside its scale"):
        score_item(score, reverse=False)


@pytest.mark.parametrize(("low", "high"), [(5, 5), (5, 1)])
def test_a_scale_without_width_is_refused(low, high):
    with pytest.raises(ValueError, match="no width"):
        score_item(5, reverse=False, low=low, high=high)


@given(scores_0_100)
def test_turning_an_item_twice_gives_it_back(score):
    assert score_item(score_item(score, reverse=True), reverse=True) == pytest.approx(score)


@pytest.mark.parametrize("case", CASES["half_rule_from_1_to_5"])
def test_the_half_rule_agrees_with_the_reference(case):
    answers = [item if isinstance(item, int) else None for item in case["items"]]
    scores = [None if a is None else score_item(a, reverse=False, low=1, high=5) for a in answers]
    expected = case["expected"]
    assert score_by_half_rule(scores) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("items", "needed"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (8, 4)]
)
def test_a_mean_needs_half_of_the_items_rounded_up(items, needed):
    def answer(count: int) -> list[float | None]:
        return [50.0] * count + [None] * (items - count)

    assert score_by_half_rule(answer(needed)) == 50
    assert score_by_half_rule(answer(needed - 1)) is None


def test_a_dimension_of_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing to score"):
        score_by_half_rule([])


@given(st.lists(st.none() | scores_0_100, min_size=1, max_size=9), st.randoms())
def test_the_mean_lies_among_the_answers_and_their_order_does_not_matter(scores, random):
    mean = score_by_half_rule(scores)
    shuffled = random.sample(scores, len(scores))
    answered = [score for score in scores if score is not None]
    if mean is None:
        assert len(answered) < len(scores) / 2
        assert score_by_half_rule(shuffled) is None
    else:
        assert min(answered) - 1e-9 <= mean <= max(answered) + 1e-9
        assert score_by_half_rule(shuffled) == pytest.approx(mean)


def test_answers_become_dimension_scores():
    rules = [DimensionRule("safety", items=(*ask("q1", "q2"), *ask("q3", reverse=True)))]
    assert score_answers({"q1": "5", "q2": "4", "q3": "1"}, rules) == {"safety": pytest.approx(275 / 3)}


def test_not_relevant_and_skipped_are_both_missing():
    rules = [DimensionRule("safety", items=ask("q1", "q2", "q3", "q4"))]
    assert score_answers({"q1": "5", "q2": "3", "q3": "na", "q4": None}, rules) == {"safety": 75}
    assert score_answers({"q1": "5", "q2": "na", "q3": "na"}, rules) == {}


def test_an_answer_to_another_question_changes_nothing():
    rules = [DimensionRule("safety", items=ask("q1"))]
    assert score_answers({"q1": "2", "care_types": ["sabo", "rehab"], "comment": "Bra."}, rules) == {
        "safety": 25
    }


def test_a_composite_is_the_mean_of_its_parts_and_not_of_their_items():
    rules = [
        DimensionRule("continuity", parts=("relation", "information", "planning")),
        DimensionRule("relation", items=ask("q1")),
        DimensionRule("information", items=ask("q2", "q3", "q4")),
        DimensionRule("planning", items=ask("q5")),
    ]
    answers = {"q1": "5", "q2": "1", "q3": "1", "q4": "1"}
    assert score_answers(answers, rules) == {"continuity": 50, "relation": 100, "information": 0}
    assert "continuity" not in score_answers({"q1": "5"}, rules)


def test_a_composite_of_an_unknown_part_is_refused():
    rules = [DimensionRule("continuity", parts=("relation",))]
    with pytest.raises(ValueError, match="continuity is made of relation"):
        score_answers({}, rules)


@pytest.mark.parametrize("answer", ["6", "", 5, ["5"], True])
def test_an_answer_that_is_no_option_is_refused_without_being_told(answer):
    rules = [DimensionRule("safety", items=ask("q1"))]
    with pytest.raises(ValueError, match="question q1 is no option") as refusal:
        score_answers({"q1": answer}, rules)
    assert repr(answer) not in str(refusal.value)


@pytest.mark.parametrize("rule", [{}, {"items": ask("q1"), "parts": ("relation",)}])
def test_a_dimension_has_either_items_or_parts(rule):
    with pytest.raises(ValueError, match="either items or parts"):
        DimensionRule("safety", **rule)


def test_an_option_with_a_score_outside_0_to_100_is_refused_when_the_rule_is_made():
    with pytest.raises(ValueError, match="outside its scale"):
        ItemRule("q1", {"best": 101}, reverse=False)


def test_the_two_best_of_five_steps_are_positive():
    assert [code for code, score in OFTEN.items() if score is not None and score >= POSITIVE_FROM] == [
        "5",
        "4",
    ]
