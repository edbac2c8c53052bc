"""Is an accepted proposal's activity an action on the trend line, written whole or not at all?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.following.actions import add_action, change_action, list_actions
from survey.insight.upon import find_upon
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.proposals.activities import Organisation, add_activity, give_to, list_plan
from survey.proposals.states import State
from survey.proposals.writing import take_down
from tests.following.written import ACTION, broken_log, find_codes
from tests.proposals.written import (
    COORDINATOR,
    COUNTY,
    LJUNGBY,
    MANAGER,
    MARKARYD,
    list_deeds,
    make,
)
from tests.walks import SURVEY

BEGUN = replace(ACTION, starts="2026-09", state="ongoing")
BOTH = Organisation.BOTH


def plan(installation: Installation, area: str = LJUNGBY) -> list[str]:
    return [one.action.title for one in list_plan(installation, area, survey=SURVEY)]


def test_an_activity_stands_in_the_plan_and_upon_the_lines(installation: Installation) -> None:
    one = make(installation, State.ACCEPTED)
    made = add_activity(installation, one, BEGUN, organisation=BOTH, by=MANAGER)
    (found,) = list_plan(installation, LJUNGBY, survey=SURVEY)
    assert (found.action, found.proposal, found.organisation) == (made, one, BOTH)
    assert find_upon(installation, LJUNGBY, SURVEY).actions == (made,)
    assert list_deeds(installation)[0] == ("activity planned", "manager")


def test_a_municipality_has_its_countys_too_and_other_actions_are_no_activities(
    installation: Installation,
) -> None:
    for area in (LJUNGBY, COUNTY, MARKARYD):
        one = make(installation, State.ACCEPTED, area=area)
        add_activity(installation, one, replace(ACTION, title=area), organisation=BOTH, by=MANAGER)
    add_action(installation, ACTION, survey=SURVEY, area=LJUNGBY, by=MANAGER)
    assert sorted(plan(installation)) == [COUNTY, LJUNGBY]
    assert plan(installation, COUNTY) == [COUNTY]


def test_an_activity_is_changed_where_actions_are(on_sqlite: Installation) -> None:
    one = make(on_sqlite, State.ACCEPTED)
    made = add_activity(on_sqlite, one, ACTION, organisation=BOTH, by=MANAGER)
    change_action(on_sqlite, made.id, replace(BEGUN, title="Ny titel"), based_on=1, by=MANAGER)
    assert plan(on_sqlite) == ["Ny titel"]


@pytest.mark.parametrize("state", [one for one in State if one is not State.ACCEPTED])
def test_only_what_was_accepted_is_carried_out_and_nothing_is_left_half_written(
    on_sqlite: Installation, state: State
) -> None:
    one = make(on_sqlite, state)
    known = {"organisation": BOTH, "by": MANAGER}
    assert find_codes(add_activity, on_sqlite, one, ACTION, **known) == ["proposal_not_now"]
    assert list_actions(on_sqlite, LJUNGBY, survey=SURVEY) == ()


def test_nothing_is_kept_without_its_audit_event(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make(installation, State.ACCEPTED)
    with broken_log(monkeypatch):
        add_activity(installation, one, ACTION, organisation=BOTH, by=MANAGER)
    assert list_actions(installation, LJUNGBY, survey=SURVEY) == ()
    assert plan(installation) == []


def test_an_activity_can_be_given_to_another(installation: Installation) -> None:
    one = make(installation, State.ACCEPTED)
    add_activity(installation, one, ACTION, organisation=BOTH, by=MANAGER)
    (old,) = list_plan(installation, LJUNGBY, survey=SURVEY)
    give_to(installation, old, "region", by=MANAGER)
    assert list_plan(installation, LJUNGBY, survey=SURVEY)[0].organisation is Organisation.REGION
    assert find_codes(give_to, installation, old, "municipality", by=MANAGER) == ["follow_changed_meanwhile"]
    assert find_codes(give_to, installation, old, "staten", by=MANAGER) == ["organisation_unknown"]


def test_what_was_taken_down_leaves_the_plan(on_sqlite: Installation) -> None:
    one = make(on_sqlite, State.ACCEPTED)
    add_activity(on_sqlite, one, ACTION, organisation=BOTH, by=MANAGER)
    take_down(on_sqlite, one.id, reason="Ett namn", based_on=3, by=COORDINATOR)
    assert plan(on_sqlite) == []


@pytest.mark.parametrize(
    ("changes", "organisation", "codes"),
    [
        ({"title": "", "starts": "mars"}, BOTH, ["action_title_missing", "action_starts_wrong"]),
        ({}, "staten", ["organisation_unknown"]),
    ],
)
def test_what_is_wrong_is_told(
    on_sqlite: Installation, changes: dict[str, str], organisation: str, codes: list[str]
) -> None:
    one = make(on_sqlite, State.ACCEPTED)
    known = {"organisation": organisation, "by": MANAGER}
    assert find_codes(add_activity, on_sqlite, one, replace(ACTION, **changes), **known) == codes


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_managers_plan(on_sqlite: Installation, role: Role) -> None:
    one = make(on_sqlite, State.ACCEPTED)
    add_activity(on_sqlite, one, ACTION, organisation=BOTH, by=MANAGER)
    (old,) = list_plan(on_sqlite, LJUNGBY, survey=SURVEY)
    by = Person(role)
    assert find_codes(add_activity, on_sqlite, one, ACTION, organisation=BOTH, by=by) == ["not_allowed"]
    assert find_codes(give_to, on_sqlite, old, "region", by=by) == ["not_allowed"]
