"""Does a demonstration have its goals and actions where something was planted, once?"""

from __future__ import annotations

from survey.demo.county import LJUNGBY, PLANTED
from survey.demo.decisions import make_decisions
from survey.following.actions import has_begun, list_actions
from survey.following.goals import list_goals
from survey.following.rebases import list_rebases
from survey.installation import Installation
from tests.following.written import COUNTY
from tests.walks import ITS_MONTH, SURVEY


def test_a_demonstration_has_two_goals_and_two_actions_however_often_it_is_filled(
    on_sqlite: Installation,
) -> None:
    for _ in range(2):
        make_decisions(on_sqlite, SURVEY, ITS_MONTH)
    goals = [
        one.dimension for area in (LJUNGBY, COUNTY) for one in list_goals(on_sqlite, area, survey=SURVEY)
    ]
    assert goals == ["kontinuitet", "tillganglighet"]
    actions = list_actions(on_sqlite, LJUNGBY, survey=SURVEY)
    assert [(one.area, one.kind, has_begun(one)) for one in actions] == [
        (LJUNGBY, "action", True),
        (COUNTY, "event", True),
    ]
    assert list_rebases(on_sqlite, None, survey=SURVEY) == ()


def test_ljungbys_action_begins_in_the_month_of_the_planted_shift(on_sqlite: Installation) -> None:
    make_decisions(on_sqlite, SURVEY, ITS_MONTH)
    assert [one.months_ago for one in PLANTED if one.area == LJUNGBY] == [14]
    assert list_actions(on_sqlite, LJUNGBY, survey=SURVEY)[0].starts == "2025-07"
