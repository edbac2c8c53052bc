"""Does each decide for the area of their organisation, and nobody for another's?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.errors import SurveyError
from survey.following.actions import add_action, change_action
from survey.following.goals import add_goal, change_goal, end_goal
from survey.following.rebases import add_rebase, withdraw_rebase
from survey.installation import Installation
from survey.people.organisations import NewOrganisation, add_organisation
from survey.people.reach import can_reach, find_reach, is_within
from survey.people.roles import Person, Role
from survey.proposals.activities import add_activity, give_to, list_plan
from survey.proposals.decide import decide, promise_another_day
from survey.proposals.feedback import tell_residents
from survey.proposals.states import Event, State
from survey.proposals.visibility import find_history
from tests.following.written import ACTION, GOAL, REBASE
from tests.proposals.written import COUNTY, LJUNGBY, MARKARYD, REASON, TEXTS, make
from tests.walks import SURVEY

ADMINISTRATOR = Person(Role.ADMINISTRATOR, "a1")
KALMAR = "0880"  # in another county


def found(installation: Installation) -> dict[str, Person]:
    """A manager in each kind of organisation."""

    def add(name: str, kind: str, parent: str = "", area: str = "") -> str:
        new = NewOrganisation(name, kind, parent, area)
        return add_organisation(installation, new, by=ADMINISTRATOR).id

    region = add("Region Kronoberg", "region", area=COUNTY)
    town = add("Ljungby kommun", "municipality", area=LJUNGBY)
    office = add("Socialförvaltningen", "administration", town)
    return {
        "region": Person(Role.MANAGER, "m1", region),
        "town": Person(Role.MANAGER, "m2", town),
        "home care": Person(Role.MANAGER, "m3", add("Hemtjänsten", "unit", office)),
        "nowhere": Person(Role.MANAGER, "m4", add("Projektet", "administration")),
        "gone": Person(Role.MANAGER, "m5", "f" * 16),
        "alone": Person(Role.MANAGER),
    }


@pytest.mark.parametrize(
    ("who", "areas"),
    [
        ("region", {COUNTY, LJUNGBY, MARKARYD}),
        ("town", {LJUNGBY}),
        ("home care", {LJUNGBY}),
        ("nowhere", set[str]()),
        ("gone", set[str]()),
        ("alone", {COUNTY, LJUNGBY, MARKARYD, KALMAR, "08"}),
    ],
)
def test_each_decides_for_the_area_of_the_nearest_organisation_that_has_one(
    installation: Installation, who: str, areas: set[str]
) -> None:
    by = found(installation)[who]
    reached = {a for a in (COUNTY, LJUNGBY, MARKARYD, KALMAR, "08") if can_reach(installation, a, by=by)}
    assert reached == areas


def test_an_area_that_is_none_is_nobodys(installation: Installation) -> None:
    with installation.database.read() as connection:
        reach = find_reach(connection, by=found(installation)["region"])
    assert not is_within(installation, "9999", reach)
    assert not is_within(installation, "", reach)


def refuse(deed) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(SurveyError) as wrong:
        deed()
    return wrong.value.code


@pytest.mark.parametrize(("who", "code"), [("town", "not_your_area"), ("nowhere", "reach_missing")])
def test_nothing_is_decided_for_anothers_area(installation: Installation, who: str, code: str) -> None:
    people = found(installation)
    by, there = people[who], people["alone"]
    at = {"survey": SURVEY, "area": MARKARYD}
    action = add_action(installation, ACTION, **at, by=there)
    goal = add_goal(installation, GOAL, **at, dimension="kontinuitet", by=there)
    rebase = add_rebase(installation, REBASE, **at, dimension="kontinuitet", by=there)
    waiting = make(installation, State.PROPOSED, area=MARKARYD)
    accepted = make(installation, State.ACCEPTED, area=MARKARYD)
    add_activity(installation, accepted, ACTION, organisation="both", by=there)
    (activity,) = list_plan(installation, MARKARYD, survey=SURVEY, newest=True)
    known = {"reason": REASON, "based_on": waiting.version, "by": by}
    other = replace(ACTION, title="En annan rubrik")
    deeds = [
        lambda: add_action(installation, ACTION, **at, by=by),
        lambda: change_action(installation, action.id, other, based_on=1, by=by),
        lambda: add_goal(installation, GOAL, **at, dimension="trygghet", by=by),
        lambda: change_goal(installation, goal.id, GOAL, based_on=1, by=by),
        lambda: end_goal(installation, goal.id, reason=REASON, based_on=1, by=by),
        lambda: add_rebase(installation, REBASE, **at, dimension="trygghet", by=by),
        lambda: withdraw_rebase(installation, rebase.id, reason=REASON, based_on=1, by=by),
        lambda: decide(installation, waiting.id, Event.ACCEPT, **known),
        lambda: decide(installation, waiting.id, Event.DECLINE, **known),
        lambda: promise_another_day(installation, waiting.id, day=str(installation.today()), **known),
        lambda: tell_residents(installation, accepted.id, TEXTS, based_on=0, by=by),
        lambda: add_activity(installation, accepted, ACTION, organisation="both", by=by),
        lambda: give_to(installation, activity, "region", by=by),
    ]
    assert [refuse(deed) for deed in deeds] == [code] * len(deeds)
    assert len(find_history(installation, waiting.id, viewer=there)) == waiting.version


def test_what_is_in_ones_own_area_is_decided_as_before(installation: Installation) -> None:
    people = found(installation)
    for who in ("region", "town", "home care"):
        waiting = make(installation, State.PROPOSED, area=LJUNGBY)
        made = decide(
            installation, waiting.id, Event.ACCEPT, reason=REASON, based_on=waiting.version, by=people[who]
        )
        assert (made.state, made.made_by) == (State.ACCEPTED, people[who].name)
