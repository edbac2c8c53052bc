"""What is asked, what may be visited, and what is kept, whatever a form sends?"""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.answering.answers import Value, read_answer
from survey.answering.journey import (
    STATES,
    Step,
    complete_answers,
    count_answered,
    find_deciding,
    find_step,
    give_answers,
    is_asked,
    is_met,
    list_comments,
    list_steps,
    make_survey,
    may_panel_read,
)
from survey.definition.load import load_definition
from survey.definition.model import Condition, Option
from tests.survey.journeys import ABOUT, AREAS, BACKGROUND, FULL, RESIDENTS, hand_in, step_of
from tests.walks import SURVEYS

PANEL = load_definition(SURVEYS / "resursgrupp" / "2026-1.yaml")
SHORT = make_survey(RESIDENTS, "short", AREAS)
ROUND_OF_PANEL = make_survey(PANEL, "full", AREAS)


def test_of_a_text_only_that_it_was_written_decides_and_is_remembered() -> None:
    text, choice = FULL.definition.find_question("ft1"), FULL.definition.find_question("b5")
    assert text is not None
    assert choice is not None
    answers: dict[str, Value] = {"ft1": "Min dotter heter Eva.", "b5": ("vardcentral", "hemtjanst")}
    assert (find_deciding(text, answers), find_deciding(text, {})) == ("ft1", None)
    assert (find_deciding(choice, answers), find_deciding(choice, {})) == (("vardcentral", "hemtjanst"), None)


def ids(step: Step) -> list[str]:
    return [asked.id for asked in step.asked]


def test_the_full_form_has_five_parts_in_their_order() -> None:
    assert [step.part.id for step in list_steps(FULL, {})] == [
        "about",
        "meeting",
        "together",
        "whole",
        "background",
    ]


def test_steps_are_counted_from_one_and_know_how_many_they_are() -> None:
    assert [(step.number, step.of) for step in list_steps(FULL, {})] == [(n, 5) for n in range(1, 6)]


@pytest.mark.parametrize("number", [-1, 0, 6, 99, 10**20])
def test_there_is_no_step_before_the_first_or_after_the_last(number: int) -> None:
    assert find_step(FULL, {}, number) is None


def test_the_short_form_asks_eight_statements_and_little_else() -> None:
    asked = [one.id for step in list_steps(SHORT, {}) for one in step.asked]
    assert asked == [
        *("b1", "b2"),
        *("a01", "a05", "a08", "a10", "a12", "a15", "a18", "a22"),
        *("ft1", "ft2", "b3", "b4", "b8"),
    ]


def test_what_repeats_over_subjects_is_not_asked_in_a_walk_without_them() -> None:
    assert [(step.part.id, ids(step)) for step in list_steps(ROUND_OF_PANEL, {})] == [
        ("round", ["b30", "b31"])
    ]


def test_the_municipalities_are_those_of_the_installation_and_two_ways_out() -> None:
    (asked,) = [one for one in step_of(ABOUT).asked if one.id == "b2"]
    assert len(asked.options) == 8 + 12 + 2  # Kronoberg, Kalmar county, another, prefer not to say
    assert {"0780", "0880", "other", "pns"} <= asked.codes


@pytest.mark.parametrize(
    ("condition", "given_to_q", "expected"),
    [
        ({"answered": True}, None, False),
        ({"answered": True}, "a", True),
        ({"answered": True}, (), False),
        ({"answered": False}, None, True),
        ({"answered": False}, "a", False),
        ({"any_of": ("a", "b")}, "a", True),
        ({"any_of": ("a", "b")}, "c", False),
        ({"any_of": ("a", "b")}, ("c", "b"), True),
        ({"any_of": ("a", "b")}, None, False),
        ({"none_of": ("a",)}, "b", True),
        ({"none_of": ("a",)}, "a", False),
        ({"none_of": ("a",)}, ("b", "a"), False),
    ],
)
def test_a_condition_is_met(condition: dict[str, object], given_to_q: Value | None, expected: bool) -> None:
    answers = {} if given_to_q is None else {"q": given_to_q}
    assert is_met(Condition.model_validate({"question": "q", **condition}), answers) is expected


@pytest.mark.parametrize(
    ("contacts", "asked"), [("n0", False), ("n1", True), ("n7p", True), ("dk", True), (None, True)]
)
def test_the_same_person_is_asked_about_unless_there_was_no_contact(
    contacts: str | None, asked: bool
) -> None:
    answers: dict[str, Value] = {"b6": contacts} if contacts else {}
    assert ("b7" in ids(step_of(BACKGROUND, answers))) is asked


@pytest.mark.parametrize("written", [["ft1"], ["ft2"], ["ft1", "ft2"]])
def test_consent_is_asked_for_as_soon_as_one_text_is_written(written: list[str]) -> None:
    assert "c1" in ids(step_of(BACKGROUND, dict.fromkeys(written, "Bra.")))


def test_consent_is_not_asked_for_without_a_text() -> None:
    assert "c1" not in ids(step_of(BACKGROUND))


def test_consent_that_was_given_for_a_text_that_is_gone_does_not_count() -> None:
    yes: dict[str, Value] = {"ft1": "Bra.", "c1": "yes_panel"}
    assert may_panel_read(FULL, yes)
    assert not may_panel_read(FULL, {"c1": "yes_panel"})


@pytest.mark.parametrize("consent", [None, "no_panel"])
def test_no_answer_about_the_panel_is_no(consent: str | None) -> None:
    answers: dict[str, Value] = {"ft1": "Bra.", **({"c1": consent} if consent else {})}
    assert not may_panel_read(FULL, answers)


def test_an_answer_to_a_question_that_is_no_longer_asked_comes_back_with_the_question() -> None:
    answers: dict[str, Value] = {"b7": "most"}
    none, _ = hand_in(ABOUT, {"b6": ["n0"]}, answers)
    some, _ = hand_in(ABOUT, {"b6": ["n1"]}, none)
    assert "b7" not in complete_answers(FULL, none)
    assert complete_answers(FULL, some)["b7"] == "most"


def test_skipped_not_relevant_and_not_asked_are_three_things() -> None:
    stored = complete_answers(FULL, {"a01": "na", "b6": "n0"})
    assert stored["a01"] == "na"
    assert stored["a02"] is None
    assert "b7" not in stored
    assert "c1" not in stored


def test_a_question_of_the_full_form_is_not_asked_in_the_short_one() -> None:
    assert "a02" not in complete_answers(SHORT, {})


def test_texts_are_stored_apart_from_the_answers() -> None:
    answers: dict[str, Value] = {"a01": "5", "ft1": "Bra.", "ft2": "Mer personal."}
    assert {"ft1", "ft2"} & complete_answers(FULL, answers).keys() == set()
    assert list_comments(FULL, answers) == {"ft1": "Bra.", "ft2": "Mer personal."}


def test_what_is_answered_is_counted_among_what_is_asked_now() -> None:
    assert count_answered(FULL, {}) == (0, 4 + 9 + 8 + 7 + 4)
    assert count_answered(FULL, {"a01": "na", "b6": "n0", "b7": "most"}) == (2, 4 + 9 + 8 + 7 + 3)


FORMS = {"full": FULL, "short": SHORT}
moves = st.lists(st.tuples(st.sampled_from(["next", "back"]), st.integers(0, 2**32)), max_size=25)


def fill_step(step: Step, seed: int) -> dict[str, list[str]]:
    """What some browser sends for a step: answers, gaps, forgeries and fields of other steps."""
    chance = random.Random(seed)
    raw: dict[str, list[str]] = {"junk": ["x"], "a01": ["5"], "b6": [chance.choice(["n0", "n1"])]}
    for asked in step.asked:
        codes = [*sorted(asked.codes), "forged", ""]
        raw[asked.id] = (
            [chance.choice(["", "Bra.", "x" * 1501])]
            if asked.question.kind == "text"
            else chance.sample(codes, k=chance.choice([0, 1, 1, 1, min(3, len(codes))]))
        )
    return raw


@given(form=st.sampled_from(sorted(FORMS)), walk=moves)
def test_no_order_of_next_and_back_loses_an_answer_to_a_question_that_is_still_asked(
    form: str, walk: list[tuple[str, int]]
) -> None:
    survey, number = FORMS[form], 1
    answers: dict[str, Value] = {}
    given_last: dict[str, Value | None] = {}
    for move, seed in walk:
        step = step_of(number, answers, survey)
        raw = fill_step(step, seed)
        answers, _ = give_answers(survey, answers, step, raw)
        given_last |= {asked.id: read_answer(asked, raw[asked.id])[0] for asked in step.asked}
        of = len(list_steps(survey, answers))
        number = min(number + 1, of) if move == "next" else max(number - 1, 1)
    for step in list_steps(survey, answers):
        for asked in step.asked:
            assert answers.get(asked.id) == given_last.get(asked.id)


code_or_text = st.one_of(st.sampled_from(["n0", "n1", "5", "na", "self", "Bra."]), st.just(("sabo", "rehab")))
any_answers = st.dictionaries(st.sampled_from([q.id for q in RESIDENTS.questions]), code_or_text)


@given(form=st.sampled_from(sorted(FORMS)), answers=any_answers)
def test_what_is_stored_has_exactly_the_questions_that_are_asked(
    form: str, answers: dict[str, Value]
) -> None:
    survey = FORMS[form]
    asked = {
        q.id for q in RESIDENTS.questions if form in q.forms and q.kind != "text" and is_asked(q, answers)
    }
    assert complete_answers(survey, answers).keys() == asked


@given(form=st.sampled_from(sorted(FORMS)), answers=any_answers)
def test_every_step_from_the_first_to_the_last_can_be_visited(form: str, answers: dict[str, Value]) -> None:
    survey = FORMS[form]
    of = len(list_steps(survey, answers))
    visited = [find_step(survey, answers, number) for number in range(of + 2)]
    assert visited[0] is None and visited[-1] is None
    assert [step.number for step in visited[1:-1] if step] == list(range(1, of + 1))
    assert all(step.asked for step in visited[1:-1] if step)


@given(answers=any_answers)
def test_handing_in_what_is_there_already_changes_nothing(answers: dict[str, Value]) -> None:
    for step in list_steps(FULL, answers):
        raw = {
            one.id: list(v) if isinstance(v, tuple) else [v]
            for one in step.asked
            if (v := answers.get(one.id))
        }
        once, _ = give_answers(FULL, answers, step, raw)
        sent_again = {
            one.id: list(v) if isinstance(v, tuple) else [v] for one in step.asked if (v := once.get(one.id))
        }
        assert give_answers(FULL, once, step, sent_again)[0] == once


def test_every_state_but_the_last_leads_somewhere() -> None:
    ends = {to for _, _, to in STATES} - {origin for origin, _, _ in STATES}
    assert ends == {"erased"}


def test_an_option_for_a_municipality_has_its_name() -> None:
    (asked,) = [one for one in step_of(ABOUT).asked if one.id == "b2"]
    assert Option(code="0780", text={"sv": "Växjö"}) in asked.options
