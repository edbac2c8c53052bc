"""Which surveys do the tests of the walk ask, and how do they hand in a part?"""

from __future__ import annotations

from survey.answering.answers import Value
from survey.answering.journey import Step, Survey, find_step, give_answers, make_survey
from survey.areas import load_areas
from survey.definition.load import load_definition
from survey.settings import Settings
from tests.walks import SURVEYS

RESIDENTS = load_definition(SURVEYS / "invanarupplevelse" / "2026-1.yaml")
AREAS = load_areas(Settings.model_validate({"COUNTIES": "07,08"}))
FULL = make_survey(RESIDENTS, "full", AREAS)

ABOUT, MEETING, TOGETHER, WHOLE, BACKGROUND = 1, 2, 3, 4, 5


def step_of(number: int, answers: dict[str, Value] | None = None, survey: Survey = FULL) -> Step:
    step = find_step(survey, answers or {}, number)
    assert step is not None
    return step


def hand_in(
    number: int, raw: dict[str, list[str]], answers: dict[str, Value] | None = None
) -> tuple[dict[str, Value], list[tuple[str, str]]]:
    """The answers after a step, and the questions that have trouble with its code."""
    after, troubles = give_answers(FULL, answers or {}, step_of(number, answers), raw)
    return after, [(trouble.question, trouble.code) for trouble in troubles]
