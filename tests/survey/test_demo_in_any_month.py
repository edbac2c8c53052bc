"""Is what was planted in the demonstration told in whichever month it is started?"""

from __future__ import annotations

from collections import Counter
from functools import cache
from statistics import fmean

import pytest

from analysis.control.judge import ChartKind, FindingKind, classify, judge_series
from analysis.periods import shift_month
from analysis.scores import score_answers
from survey.areas import load_areas
from survey.definition.load import load_definition
from survey.definition.scoring import make_rules
from survey.demo.county import LJUNGBY, MONTHS, NYBRO, SEASON, County
from survey.demo.sending import ask_people
from survey.settings import Settings
from tests.walks import SURVEYS

STARTS = [f"2027-{month:02d}" for month in range(1, 13)]
AREAS = load_areas(Settings.model_validate({}))
DEFINITION = load_definition(SURVEYS / "invanarupplevelse" / "2026-1.yaml")
RULES = make_rules(DEFINITION)
ASKED = {form: {q.id for q in DEFINITION.questions if form in q.forms} for form in DEFINITION.forms}
USUAL_MONTHS = {1.0: "2026-10", **{share: f"2026-{month}" for month, share in SEASON.items()}}


@cache
def find_mean(area: str, dimension: str, season: float, ago: int) -> float:
    """Months that lie as far back and are as busy as each other are the same: one of them is made."""
    people = ask_people(DEFINITION, County(), AREAS.find(area), USUAL_MONTHS[season], ago)
    answers = [{q: a for q, a in p.answers.items() if q in ASKED[p.form]} for p in people]
    return fmean(s[dimension] for s in (score_answers(a, RULES) for a in answers) if dimension in s)


def tell_line(area: str, dimension: str, start: str) -> FindingKind:
    """What a line says in the month in which the demonstration is started."""
    months = [(ago, shift_month(start, -ago)) for ago in range(MONTHS, 0, -1)]
    line = [find_mean(area, dimension, SEASON.get(month[-2:], 1.0), ago) for ago, month in months]
    return classify(judge_series(line, chart=ChartKind.XMR)).kind


@pytest.mark.parametrize(("month", "as_busy"), [("2026-10", "2027-03"), ("2026-07", "2027-07")])
def test_the_same_people_answer_as_far_back_in_a_month_that_is_as_busy(month: str, as_busy: str):
    place = AREAS.find(LJUNGBY)
    some, others = (ask_people(DEFINITION, County(), place, one, 5) for one in (month, as_busy))
    assert some == others != []


@pytest.mark.parametrize("start", STARTS)
def test_the_improvement_in_ljungby_is_told(start: str):
    assert tell_line(LJUNGBY, "kontinuitet", start) is FindingKind.IMPROVEMENT


def test_the_fall_in_nybro_is_told_in_most_months_and_never_as_good():
    told = Counter(tell_line(NYBRO, "tillganglighet", start) for start in STARTS)
    assert told[FindingKind.CONCERN] >= 9
    assert told[FindingKind.IMPROVEMENT] == 0
