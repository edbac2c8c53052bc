"""What is kept of a field, and what is told, whatever a form sends?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.answering.answers import KEPT_CHARACTERS, Trouble, read_answer
from survey.answering.journey import find_troubles, give_answers
from tests.survey.journeys import ABOUT, BACKGROUND, FULL, MEETING, WHOLE, hand_in, step_of


def test_a_part_may_be_handed_in_empty() -> None:
    assert hand_in(MEETING, {}) == ({}, [])


def test_a_field_that_is_not_sent_takes_the_answer_away() -> None:
    assert hand_in(MEETING, {"a01": ["5"]}, {"a01": "1", "a02": "2"}) == ({"a01": "5"}, [])


def test_fields_that_the_part_does_not_ask_are_passed_over() -> None:
    sent = {"a01": ["5"], "a22": ["1"], "token": ["x"], "do": ["next"], "c1": ["yes_panel"]}
    assert hand_in(MEETING, sent) == ({"a01": "5"}, [])


@pytest.mark.parametrize("code", ["6", "55", "true", "NA", " 5", "<script>", "\x00", "5\n"])
def test_a_code_that_the_question_has_not_is_no_answer_and_told(code: str) -> None:
    assert hand_in(MEETING, {"a01": [code]}) == ({}, [("a01", "unknown_choice")])


@pytest.mark.parametrize("code", ["0180", "9999", "Växjö"])
def test_a_municipality_outside_the_installation_is_no_answer(code: str) -> None:
    assert hand_in(ABOUT, {"b2": [code]}) == ({}, [("b2", "unknown_choice")])


def test_one_forged_code_among_good_ones_takes_none_of_them() -> None:
    assert hand_in(ABOUT, {"b5": ["sabo", "forged"]}) == ({}, [("b5", "unknown_choice")])


def test_two_answers_where_one_is_asked_for_is_no_answer_and_told() -> None:
    assert hand_in(MEETING, {"a01": ["5", "4"]}) == ({}, [("a01", "one_choice")])


def test_the_same_answer_twice_is_one_answer() -> None:
    assert hand_in(MEETING, {"a01": ["5", "5"]}) == ({"a01": "5"}, [])


@pytest.mark.parametrize("sent", [[], [""], ["", ""]])
def test_an_empty_choice_is_no_answer(sent: list[str]) -> None:
    assert hand_in(ABOUT, {"b2": sent}) == ({}, [])


def test_several_can_be_chosen_in_the_order_they_were_sent() -> None:
    assert hand_in(ABOUT, {"b5": ["sabo", "rehab"]}) == ({"b5": ("sabo", "rehab")}, [])


def test_nothing_of_this_can_stand_alone_only_and_the_answer_is_kept_to_be_mended() -> None:
    after, troubles = hand_in(ABOUT, {"b5": ["none", "sabo"]})
    assert (after, troubles) == ({"b5": ("none", "sabo")}, [("b5", "excludes_others")])
    assert [(number, trouble.code) for number, trouble in find_troubles(FULL, after)] == [
        (ABOUT, "excludes_others")
    ]


@pytest.mark.parametrize("alone", ["none", "pns"])
def test_what_excludes_the_rest_is_a_good_answer_by_itself(alone: str) -> None:
    assert hand_in(BACKGROUND, {"b8": [alone]}) == ({"b8": (alone,)}, [])


def test_two_that_both_exclude_the_rest_must_be_mended() -> None:
    assert hand_in(BACKGROUND, {"b8": ["none", "pns"]})[1] == [("b8", "excludes_others")]


@pytest.mark.parametrize(("chosen", "trouble"), [(2, None), (3, "too_many_choices")])
def test_no_more_may_be_chosen_than_the_question_says(chosen: int, trouble: str | None) -> None:
    (asked,) = [one for one in step_of(ABOUT).asked if one.id == "b5"]
    most_two = replace(asked, question=asked.question.model_copy(update={"max_choices": 2}))
    value, told = read_answer(most_two, ["sabo", "rehab", "psykiatri"][:chosen])
    assert (told.code if told else None) == trouble
    assert value is not None and len(value) == chosen


@pytest.mark.parametrize("length", [1, 1499, 1500])
def test_a_text_of_up_to_1500_characters_is_taken(length: int) -> None:
    text = "å" * length
    assert hand_in(WHOLE, {"ft1": [text]}) == ({"ft1": text}, [])


def test_a_text_of_1501_characters_is_kept_whole_and_told() -> None:
    step = step_of(WHOLE)
    after, troubles = give_answers(FULL, {}, step, {"ft1": ["å" * 1501]})
    assert after == {"ft1": "å" * 1501}
    assert troubles == (Trouble("ft1", "text_too_long", {"length": 1501, "limit": 1500}),)


@pytest.mark.parametrize(("length", "code"), [(20_000, "text_too_long"), (20_001, "text_cut")])
def test_a_text_beyond_20000_characters_loses_its_end_and_that_is_told(length: int, code: str) -> None:
    after, troubles = hand_in(WHOLE, {"ft1": ["å" * length]})
    assert after == {"ft1": "å" * 20_000}
    assert troubles == [("ft1", code)]


def test_a_text_of_100000_characters_keeps_20000_and_the_other_answers() -> None:
    step = step_of(WHOLE)
    after, troubles = give_answers(FULL, {"a01": "5"}, step, {"ft1": ["å" * 100_000], "a22": ["4"]})
    assert after == {"a01": "5", "a22": "4", "ft1": "å" * KEPT_CHARACTERS}
    assert troubles == (
        Trouble("ft1", "text_cut", {"length": 100_000, "limit": 1500, "kept": KEPT_CHARACTERS}),
    )


def test_a_text_that_is_too_long_cannot_be_sent_until_it_is_mended() -> None:
    after, _ = hand_in(WHOLE, {"ft1": ["å" * 1501]})
    assert [(number, t.question) for number, t in find_troubles(FULL, after)] == [(WHOLE, "ft1")]
    mended, _ = hand_in(WHOLE, {"ft1": ["å" * 1500]}, after)
    assert find_troubles(FULL, mended) == ()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Bra\r\nmycket bra\rtack", "Bra\nmycket bra\ntack"),
        ("  Bra.  \n\n", "Bra."),
        ("a\x00b\x07c\x1bd\x7fe", "abcde"),
        ("en\tflik", "en\tflik"),
        ("👵🏽 mår bra", "👵🏽 mår bra"),
    ],
)
def test_a_text_is_kept_without_control_characters(sent: str, kept: str) -> None:
    assert hand_in(WHOLE, {"ft1": [sent]}) == ({"ft1": kept}, [])


@pytest.mark.parametrize("sent", ["", " ", "\r\n\t ", "\x00\x00"])
def test_a_text_of_nothing_is_no_answer(sent: str) -> None:
    assert hand_in(WHOLE, {"ft1": [sent]}, {"ft1": "Bra."}) == ({}, [])
