"""Are the survey's parts asked over what the round rates, and does a round keep to its minutes?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from survey.definition.load import load_folder
from survey.definition.model import Definition
from survey.installation import Installation
from survey.panel_rounds.minutes import SECONDS, estimate_minutes
from survey.panel_rounds.open import NewPanelRound, open_panel_round
from survey.panel_rounds.sheets import list_sheets
from survey.panel_rounds.states import FIRST, SECOND
from survey.panel_rounds.subjects import NewSubject
from survey.store.panel_rounds import Subject
from tests.panel_rounds.rated import ACCESS, CONTACT, COORDINATOR, EVENING, FOOD, NEW, find_code, open_a_round
from tests.walks import SURVEYS

DEFINITIONS = {one.survey: one for one in load_folder(SURVEYS)}
PANEL: Definition = DEFINITIONS["resursgrupp"]
PROPOSAL, THEME = Subject(1, "proposal", "kvall", "Kväll", ""), Subject(2, "theme", "access", "Tillgång", "")
OTHERS = [
    replace(THEME, number=number, ref=ref, title=ref)
    for number, ref in enumerate(("food", "digital", "transport"), start=3)
]

# What is rated and which time, and the pages with their questions.
WALKS = {
    "a proposal": (
        [PROPOSAL],
        FIRST,
        {"1": "b01 b02 b03 b04 b05 b06 b07", "round": "b30 b31"},
    ),
    "a theme alone": ([THEME], FIRST, {"2": "b10 b11 b12 b14", "round": "b30 b31"}),
    "three themes are not chosen among, when three may be chosen": (
        [THEME, *OTHERS[:2]],
        SECOND,
        {"2": "b10 b12", "3": "b10 b12", "4": "b10 b12"},
    ),
    "four themes": (
        [PROPOSAL, THEME, *OTHERS],
        FIRST,
        {
            "1": "b01 b02 b03 b04 b05 b06 b07",
            "2": "b10 b11 b12 b14",
            "3": "b10 b11 b12 b14",
            "4": "b10 b11 b12 b14",
            "5": "b10 b11 b12 b14",
            "input": "b13",
            "round": "b30 b31",
        },
    ),
    "no texts the second time": (
        [PROPOSAL, THEME, *OTHERS],
        SECOND,
        {
            "1": "b01 b02 b03 b04 b05 b07",
            "2": "b10 b12",
            "3": "b10 b12",
            "4": "b10 b12",
            "5": "b10 b12",
            "input": "b13",
        },
    ),
}


@pytest.mark.parametrize(("subjects", "wave", "pages"), WALKS.values(), ids=WALKS.keys())
def test_the_parts_are_asked_over_what_the_round_rates(
    subjects: list[Subject], wave: int, pages: dict[str, str]
) -> None:
    sheets = list_sheets(PANEL, subjects, wave)
    assert {sheet.key: " ".join(asked.id for asked in sheet.asked) for sheet in sheets} == pages


def test_the_words_and_scales_are_the_definitions_own() -> None:
    first = list_sheets(PANEL, [PROPOSAL], FIRST)[0].asked[0]
    assert first.question is PANEL.find_question("b01")
    assert first.options == PANEL.list_options(first.question)


def test_the_themes_of_the_round_are_what_is_chosen_among() -> None:
    choice = list_sheets(PANEL, [PROPOSAL, THEME, *OTHERS], SECOND)[-1].asked[0]
    assert [option.code for option in choice.options] == ["access", "food", "digital", "transport"]


def test_the_seconds_are_a_quarter_more_than_residents_survey_takes() -> None:
    residents = DEFINITIONS["invanarupplevelse"]
    seconds = sum(SECONDS[question.kind] for question in residents.questions)
    assert seconds / (60 * residents.minutes.full) == pytest.approx(1.25, abs=0.02)


def make_proposals(number: int) -> tuple[NewSubject, ...]:
    return tuple(NewSubject("proposal", f"p{one}", f"Förslag {one}") for one in range(number))


def test_a_round_of_more_than_twenty_minutes_is_not_opened(on_sqlite: Installation) -> None:
    assert estimate_minutes(list_sheets(PANEL, [PROPOSAL], FIRST), FIRST) == 5
    opened = open_a_round(on_sqlite, *make_proposals(6))
    assert opened.state == "first_open"
    assert find_code(open_a_round, on_sqlite, *make_proposals(7)) == "panel_round_too_long"


WRONG = {
    "nothing to rate": (replace(NEW, subjects=()), "panel_round_empty"),
    "no title": (replace(NEW, title="  "), "panel_round_title"),
    "the longest title": (replace(NEW, title="x" * 80), None),
    "too long a title": (replace(NEW, title="x" * 81), "panel_round_title"),
    "today": (replace(NEW, answer_by=date(2026, 9, 10)), None),
    "yesterday": (replace(NEW, answer_by=date(2026, 9, 9)), "panel_round_day"),
    "the same twice": (replace(NEW, subjects=(EVENING, EVENING)), "panel_subject_twice"),
    "a theme there is none of": (
        replace(NEW, subjects=(NewSubject("theme", "okand", "Okänt"),)),
        "panel_subject_unknown",
    ),
    "a kind there is none of": (
        replace(NEW, subjects=(NewSubject("uppdrag", "x", "X"),)),
        "panel_subject_unknown",
    ),
    "a subject without a title": (
        replace(NEW, subjects=(replace(EVENING, title=" "),)),
        "panel_subject_title",
    ),
    "themes and proposals": (replace(NEW, subjects=(ACCESS, FOOD, EVENING, CONTACT)), None),
}


@pytest.mark.parametrize(("new", "code"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_opened_is_told(on_sqlite: Installation, new: NewPanelRound, code: str | None) -> None:
    if code is None:
        assert open_panel_round(on_sqlite, new, by=COORDINATOR).state == "first_open"
    else:
        assert find_code(open_panel_round, on_sqlite, new, by=COORDINATOR) == code
