"""Is mission quality what instrument B says, shown from five answers only, and never a single person's?"""

from __future__ import annotations

import json
from datetime import date
from itertools import permutations

import pytest
from sqlalchemy import text

from analysis.disclosure import Hidden, NoAnswers, Shown
from survey.installation import Installation
from survey.panel.decisions import tell_outcome
from survey.panel.evaluation import (
    Waiting,
    evaluate_mission,
    find_result,
    find_survey,
    list_questions,
    score_quality,
    write_document,
)
from survey.people.roles import Person, Role
from survey.store.missions import Mission
from tests.panel.made import COORDINATOR, MANAGER, agree, do, find_asked, find_codes, member
from tests.walks import Calendar

SCALES = ("b20", "b21", "b22", "b23", "b24", "b25", "b26", "b27")
BEST = {**dict.fromkeys(SCALES, "5"), "b25": "1"}
WORST = {**dict.fromkeys(SCALES, "1"), "b25": "5"}
FIVE = ("a", "b", "c", "d", "e")


def evaluate(installation: Installation, mission: Mission, who: str, answers: dict[str, str]) -> None:
    found = find_asked(installation, mission, who)
    evaluate_mission(installation, found.id, answers=answers, by=member(who))


def test_the_questions_are_the_ten_of_the_missions_block(on_sqlite: Installation) -> None:
    asked = [one.id for one in list_questions(find_survey(on_sqlite))]
    assert asked == [f"b{number}" for number in range(20, 30)]


@pytest.mark.parametrize(
    ("answers", "quality"),
    [
        (BEST, 100),
        (WORST, 0),
        (dict.fromkeys(SCALES, "5"), 87.5),  # b25 is turned round: 7 x 100 and a 0
        (dict.fromkeys(SCALES, "3"), 50),
        ({"b20": "5", "b21": "4", "b22": "4", "b25": "2"}, 81.25),  # (100 + 75 + 75 + 75) / 4
        ({"b20": "5", "b21": "4", "b22": "4", "b23": "na"}, None),  # three of eight: under half
        ({"b28": "h2", "b29": "yes_again"}, None),
        ({}, None),
    ],
)
def test_mission_quality_is_the_mean_after_reversal(
    on_sqlite: Installation, answers: dict[str, str], quality: float | None
) -> None:
    assert score_quality(find_survey(on_sqlite), answers) == quality


def test_the_order_in_which_people_answered_leaves_no_trace() -> None:
    answers = [BEST, WORST, {"b29": "maybe"}]
    assert len({write_document(order) for order in permutations(answers)}) == 1


def test_what_is_kept_of_answers_has_no_member_and_no_day(installation: Installation) -> None:
    made = do(installation, "a", "b")
    evaluate(installation, made, "b", {**BEST, "b29": "maybe"})
    evaluate(installation, made, "a", BEST)
    with installation.database.read() as connection:
        (row,) = connection.execute(text("SELECT * FROM mission_evaluation")).all()
        actors = connection.execute(
            text("SELECT actor FROM audit WHERE action = 'mission evaluated'")
        ).scalars()
        assert set(actors) == {"panel_member"}
    assert (row.mission, row.definition) == (made.id, "2026-1")
    assert len(json.loads(row.document)) == 2


@pytest.mark.parametrize(("number", "kind"), [(0, NoAnswers), (4, Hidden), (5, Shown)])
def test_it_is_shown_from_five_answers(
    installation: Installation, calendar: Calendar, number: int, kind: type
) -> None:
    made = do(installation, *FIVE, tags=())
    for who in FIVE[:number]:
        evaluate(installation, made, who, BEST | ({"b29": "yes_again"} if who < "d" else {}))
    calendar.turn_to(2027, 2, 1)
    found = find_result(installation, made, by=COORDINATOR)
    assert isinstance(found, kind)
    if isinstance(found, Shown):
        assert (found.value.quality, found.value.answers, found.value.again) == (100, 5, 3)
    if isinstance(found, Hidden):
        assert found.threshold == 5


def test_somebody_whose_answers_give_no_score_is_no_fifth(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    made = do(on_sqlite, *FIVE, tags=())
    for who in FIVE:
        evaluate(on_sqlite, made, who, BEST if who < "e" else {"b29": "yes_again"})
    calendar.turn_to(2027, 2, 1)
    assert isinstance(find_result(on_sqlite, made, by=COORDINATOR), Hidden)


@pytest.mark.parametrize(("day", "waits"), [(date(2026, 12, 6), True), (date(2026, 12, 7), False)])
def test_nothing_is_told_before_the_last_day_is_over_so_that_no_figure_moves_by_one_answer(
    on_sqlite: Installation, calendar: Calendar, day: date, waits: bool
) -> None:
    made = do(on_sqlite, *FIVE, tags=())  # feedback is promised for 6 November; 30 days to answer after that
    for who in FIVE[:4]:
        evaluate(on_sqlite, made, who, BEST)
    calendar.day = day
    assert isinstance(find_result(on_sqlite, made, by=COORDINATOR), Waiting) is waits
    if waits:
        evaluate(on_sqlite, made, "e", BEST)
    else:
        assert find_codes(evaluate, on_sqlite, made, "e", BEST) == ["evaluation_closed"]


def test_late_feedback_gives_longer_to_answer(on_sqlite: Installation, calendar: Calendar) -> None:
    made = do(on_sqlite, *FIVE, tags=())
    calendar.turn_to(2026, 12, 20)
    told = {"outcome": "Hej", "based_on": made.version, "by": MANAGER}
    tell_outcome(on_sqlite, made.id, **told)
    evaluate(on_sqlite, made, "a", BEST)


def test_nobody_evaluates_twice_or_before_or_without_taking_part(on_sqlite: Installation) -> None:
    early = agree(on_sqlite, "c", tags=())
    assert find_codes(evaluate, on_sqlite, early, "c", BEST) == ["evaluation_closed"]
    made = do(on_sqlite, "a", "b")
    evaluate(on_sqlite, made, "a", BEST)
    assert find_codes(evaluate, on_sqlite, made, "a", BEST) == ["evaluation_closed"]
    found = find_asked(on_sqlite, made, "b").id
    codes = find_codes(evaluate_mission, on_sqlite, found, answers=BEST, by=member("c"))
    assert codes == ["invitation_unknown"]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({}, "evaluation_empty"),
        ({"b20": ""}, "evaluation_empty"),
        ({"b20": "6"}, "evaluation_wrong"),
        ({"b01": "5"}, "evaluation_wrong"),
    ],
)
def test_what_is_no_answer_is_refused(on_sqlite: Installation, answers: dict[str, str], code: str) -> None:
    made = do(on_sqlite, "a", "b")
    assert find_codes(evaluate, on_sqlite, made, "a", answers) == [code]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.PANEL_MEMBER, Role.RESIDENT, Role.STRATEGY_OWNER])
def test_only_coordinators_see_how_it_was(on_sqlite: Installation, role: Role) -> None:
    assert find_codes(find_result, on_sqlite, do(on_sqlite), by=Person(role, "a")) == ["not_allowed"]
