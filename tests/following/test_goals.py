"""Is a goal kept as it was written, with everything it was before, and is what is wrong told at once?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.following.goals import (
    NewGoal,
    add_goal,
    change_goal,
    end_goal,
    list_goal_faults,
    list_goal_histories,
    list_goals,
    read_target,
)
from survey.installation import Installation
from survey.people.roles import Person, Role
from tests.following.written import (
    AT,
    CONTINUITY,
    COUNTY,
    GOAL,
    LJUNGBY,
    MANAGER,
    broken_log,
    find_codes,
    list_deeds,
)
from tests.walks import SURVEY, Calendar


def test_a_goal_is_there_as_it_was_written_and_only_in_its_area(installation: Installation) -> None:
    made = add_goal(
        installation, replace(GOAL, target=" 72,5 ", reason=" Beslut\n KS "), **CONTINUITY, by=MANAGER
    )
    assert list_goals(installation, LJUNGBY, survey=SURVEY) == (made,)
    assert (made.target, made.due, made.since, made.reason) == (72.5, "2027-12", "2026-09", "Beslut KS")
    assert (made.dimension, made.state, made.version, made.made_by) == ("kontinuitet", "stands", 1, "manager")
    assert list_goals(installation, COUNTY, survey=SURVEY) == ()
    assert list_goals(installation, LJUNGBY, survey="resursgrupp") == ()


def test_a_changed_goal_holds_and_what_it_was_stays(installation: Installation) -> None:
    first = add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    second = change_goal(installation, first.id, replace(GOAL, target="80"), based_on=1, by=MANAGER)
    assert list_goals(installation, LJUNGBY, survey=SURVEY) == (second,)
    assert list_goal_histories(installation, LJUNGBY, SURVEY) == ((first, second),)
    assert list_deeds(installation) == [("goal changed", "manager", 2), ("goal set", "manager", 1)]


def test_a_goal_that_is_changed_from_a_month_to_come_holds_as_it_was_until_then(
    installation: Installation, calendar: Calendar
) -> None:
    first = add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    later = change_goal(
        installation, first.id, replace(GOAL, target="80", since="2027-01"), based_on=1, by=MANAGER
    )
    calendar.turn_to(2026, 12, 31)
    assert list_goals(installation, LJUNGBY, survey=SURVEY) == (first,)
    calendar.turn_to(2027, 1)
    assert list_goals(installation, LJUNGBY, survey=SURVEY) == (later,)


def test_an_ended_goal_is_gone_but_not_forgotten_and_another_may_be_set(installation: Installation) -> None:
    first = add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    end_goal(installation, first.id, reason="Nytt program", based_on=1, by=MANAGER)
    assert list_goals(installation, LJUNGBY, survey=SURVEY) == ()
    assert [[one.state for one in some] for some in list_goal_histories(installation, LJUNGBY, SURVEY)] == [
        ["stands", "ended"]
    ]
    other = add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    assert list_goals(installation, LJUNGBY, survey=SURVEY) == (other,)
    assert find_codes(change_goal, installation, first.id, GOAL, based_on=2, by=MANAGER) == ["follow_over"]


def test_an_area_has_one_goal_for_a_dimension(installation: Installation) -> None:
    add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    assert find_codes(add_goal, installation, GOAL, **CONTINUITY, by=MANAGER) == ["goal_exists"]
    add_goal(installation, GOAL, **AT, dimension="trygghet", by=MANAGER)
    assert len(list_goals(installation, LJUNGBY, survey=SURVEY)) == 2


def test_of_two_who_change_the_same_goal_the_second_is_told(installation: Installation) -> None:
    goal = add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    change_goal(installation, goal.id, replace(GOAL, target="80"), based_on=1, by=MANAGER)
    assert find_codes(
        change_goal, installation, goal.id, replace(GOAL, target="60"), based_on=1, by=MANAGER
    ) == ["follow_changed_meanwhile"]
    assert [one.target for one in list_goals(installation, LJUNGBY, survey=SURVEY)] == [80.0]


def test_nothing_is_kept_without_its_audit_event(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with broken_log(monkeypatch):
        add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    assert list_goals(installation, LJUNGBY, survey=SURVEY) == ()
    goal = add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    with broken_log(monkeypatch):
        end_goal(installation, goal.id, reason="Nytt program", based_on=1, by=MANAGER)
    assert list_goals(installation, LJUNGBY, survey=SURVEY) == (goal,)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_managers_write_goals(on_sqlite: Installation, role: Role) -> None:
    goal = add_goal(on_sqlite, GOAL, **CONTINUITY, by=MANAGER)
    by = Person(role)
    assert find_codes(add_goal, on_sqlite, GOAL, **CONTINUITY, by=by) == ["not_allowed"]
    assert find_codes(change_goal, on_sqlite, goal.id, GOAL, based_on=1, by=by) == ["not_allowed"]
    assert find_codes(end_goal, on_sqlite, goal.id, reason="x", based_on=1, by=by) == ["not_allowed"]


WRONG = {
    "nothing is wrong": (GOAL, []),
    "the lowest target": (replace(GOAL, target="0"), []),
    "the highest target": (replace(GOAL, target="100"), []),
    "below the lowest": (replace(GOAL, target="-0,1"), ["goal_target_wrong"]),
    "above the highest": (replace(GOAL, target="100,1"), ["goal_target_wrong"]),
    "no number": (replace(GOAL, target="nan"), ["goal_target_wrong"]),
    "due this month": (replace(GOAL, due="2026-09"), []),
    "due last month": (replace(GOAL, due="2026-08", since="2026-08"), ["goal_due_past"]),
    "due before it holds": (replace(GOAL, due="2026-09", since="2026-10"), ["goal_due_before_since"]),
    "due in a quarter": (replace(GOAL, due="2027-Q4"), ["goal_due_wrong"]),
    "a slip of the pen": (replace(GOAL, since="0206-03"), ["follow_month_far"]),
    "twenty years": (replace(GOAL, due="2046-09"), []),
    "more than twenty years": (replace(GOAL, due="2046-10"), ["follow_month_far"]),
    "the longest reason": (replace(GOAL, reason="b" * 300), []),
    "too long a reason": (replace(GOAL, reason="b" * 301), ["goal_reason_long"]),
    "a telephone number": (replace(GOAL, reason="Ring 070-123 45 67"), ["follow_personal"]),
    "everything at once": (
        NewGoal("hundra", "snart", "13", " "),
        ["goal_target_wrong", "goal_due_wrong", "goal_since_wrong", "goal_reason_missing"],
    ),
}


@pytest.mark.parametrize(("new", "codes"), WRONG.values(), ids=WRONG.keys())
def test_everything_that_is_wrong_is_told_at_once(
    on_sqlite: Installation, new: NewGoal, codes: list[str]
) -> None:
    assert [fault.code for fault in list_goal_faults(on_sqlite, new)] == codes


def test_where_a_goal_stands_must_be_known(on_sqlite: Installation) -> None:
    where = {"survey": SURVEY, "area": "9999", "dimension": "mod"}
    codes = ["area_unknown", "follow_dimension_unknown", "goal_target_wrong"]
    assert find_codes(add_goal, on_sqlite, replace(GOAL, target=""), **where, by=MANAGER) == codes
    where = {**CONTINUITY, "survey": "okand"}
    assert find_codes(add_goal, on_sqlite, GOAL, **where, by=MANAGER) == ["survey_unknown"]


def test_what_is_not_there_cannot_be_changed(on_sqlite: Installation) -> None:
    assert find_codes(change_goal, on_sqlite, "nej", GOAL, based_on=1, by=MANAGER) == ["follow_unknown"]


def test_saving_what_was_there_makes_no_version(on_sqlite: Installation) -> None:
    goal = add_goal(on_sqlite, GOAL, **CONTINUITY, by=MANAGER)
    assert find_codes(change_goal, on_sqlite, goal.id, GOAL, based_on=1, by=MANAGER) == ["follow_same"]


@pytest.mark.parametrize(
    ("text", "target"),
    [("75", 75.0), (" 72,5 ", 72.5), ("72.5", 72.5), ("inf", None), ("", None), ("1e3", None)],
)
def test_a_target_is_read_with_comma_or_full_stop(text: str, target: float | None) -> None:
    assert read_target(text) == target
