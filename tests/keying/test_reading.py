"""Do keys become the answers that the plain form keeps of the same walk, and is what cannot be told?"""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.answering.journey import Survey, complete_answers, make_survey
from survey.areas import load_areas
from survey.definition.load import load_folder
from survey.keying.reading import list_asked_rows, read_sheet, tidy_keys
from survey.paper.boxes import list_rows
from survey.settings import Settings
from tests.keying.keyed import write_keys
from tests.walks import SURVEYS, fill_in

AREAS = load_areas(Settings())
FORMS = [make_survey(one, form, AREAS) for one in load_folder(SURVEYS) for form in one.forms]
FULL = next(one for one in FORMS if one.definition.survey == "invanarupplevelse" and one.form == "full")
ALL_SKIPPED = {row.id: "-" for row in list_rows(FULL) if row.kind != "text"}


def say(survey: Survey, **typed: str) -> set[tuple[str, str]]:
    """What is told of a form where everything else was skipped."""
    found = read_sheet(survey, tidy_keys(survey, {**ALL_SKIPPED, **typed})).troubles
    return {(one.question, one.code) for one in found}


@pytest.mark.parametrize("survey", FORMS, ids=lambda one: f"{one.definition.survey}-{one.form}")
@given(seed=st.integers(0, 10_000))
def test_keyed_answers_are_those_of_the_same_walk(survey: Survey, seed: int) -> None:
    chance = random.Random(seed)
    answers = fill_in(survey, municipality="0780", comment="Bra bemötande.", chance=chance)
    sheet = read_sheet(survey, tidy_keys(survey, write_keys(survey, answers)))
    assert sheet.troubles == ()
    assert complete_answers(survey, sheet.answers) == complete_answers(survey, answers)


# typed at a question, what becomes of it (a01: a scale with "e"; b5: 21 boxes; b8: 8 boxes, several)
@pytest.mark.parametrize(
    ("question", "typed", "answer"),
    [
        ("a01", "1", "5"),
        ("a01", "5", "1"),
        ("a01", " 3 ", "3"),
        ("a01", "e", "na"),
        ("a01", "E", "na"),
        ("a01", "-", None),
        ("a01", "0", None),
        ("a01", "*", None),
        ("b2", "01", "0764"),
        ("b2", "*", None),
        ("b8", "2", ("daily_help",)),
        ("b8", "31", ("multi_conditions", "both_huvudman")),
        ("b8", "1 3", ("multi_conditions", "both_huvudman")),
        ("b5", "0103", ("vardcentral", "akut_jour")),
        ("b5", "21", ("none",)),
    ],
)
def test_a_key_is_an_answer(question: str, typed: str, answer: object) -> None:
    sheet = read_sheet(FULL, tidy_keys(FULL, {**ALL_SKIPPED, question: typed}))
    assert (sheet.answers.get(question), sheet.troubles) == (answer, ())


@pytest.mark.parametrize(
    ("question", "typed", "trouble"),
    [
        ("a01", "6", "key_unknown"),
        ("a01", "x", "key_unknown"),
        ("a01", "12", "two_keys"),
        ("a01", "", "not_keyed"),
        ("b1", "e", "key_unknown"),
        ("b2", "99", "key_unknown"),
        ("b2", "1", "key_unknown"),
        ("b8", "17", "excludes_others"),
        ("b8", "9", "key_unknown"),
        ("b8", "*", "key_unknown"),
        ("b5", "010", "key_unknown"),
    ],
)
def test_what_cannot_be_is_told(question: str, typed: str, trouble: str) -> None:
    assert say(FULL, **{question: typed}) == {(question, trouble)}


def test_a_text_may_be_left_and_an_unasked_question_needs_no_key() -> None:
    without = {name: keys for name, keys in ALL_SKIPPED.items() if name not in ("c1", "b7")}
    no_contact = {**without, "b6": "1"}  # then b7 is not asked, and c1 only when something was written
    assert read_sheet(FULL, no_contact).troubles == ()
    told = read_sheet(FULL, {**no_contact, "ft1": "Bra."}).troubles
    assert [(one.question, one.code) for one in told] == [("c1", "not_keyed")]


def test_an_answer_to_a_question_that_was_not_asked_is_not_kept() -> None:
    sheet = read_sheet(FULL, {**ALL_SKIPPED, "b6": "1", "b7": "2"})
    assert "b7" not in complete_answers(FULL, sheet.answers)
    assert "b7" not in [row.id for row in list_asked_rows(FULL, sheet.answers)]
    assert "b7" in complete_answers(FULL, read_sheet(FULL, {**ALL_SKIPPED, "b7": "2"}).answers)
