"""Which made-up goals and actions a demonstration has: two of each, where something was planted."""

from __future__ import annotations

from analysis.periods import shift_month
from survey.demo.county import LJUNGBY, PLANTED
from survey.following.actions import ActionKind, ActionState, Direction, NewAction, add_action, list_actions
from survey.following.goals import NewGoal, add_goal, list_goals
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE, speak
from survey.people.roles import Person, Role

MAKER = Person(Role.MANAGER)
CONTINUITY, ACCESS = "kontinuitet", "tillganglighet"
LJUNGBY_MONTHS = next(one.months_ago for one in PLANTED if one.area == LJUNGBY)  # before the running one
COUNTY_MONTHS = 7  # before the running one
GOAL_MONTHS = 12  # after the running one


def make_decisions(installation: Installation, survey: str, month: str) -> None:
    """Write the goals and actions of a demonstration whose running month is `month`, once.

    Ljungby's only where Ljungby is among the municipalities.
    """
    county = installation.areas.counties[0].code
    areas = [LJUNGBY, county] if installation.areas.has(LJUNGBY) else [county]
    for area in areas:
        if not list_goals(installation, area, survey=survey, newest=True):
            make_goal(installation, survey, area, month)
        known = list_actions(installation, area, survey=survey, newest=True)
        if not any(one.area == area for one in known):
            add_action(installation, make_action(area, month), survey=survey, area=area, by=MAKER)


def make_goal(installation: Installation, survey: str, area: str, month: str) -> None:
    """Continuity for Ljungby, access for the county."""
    words = speak(DEFAULT_LANGUAGE)
    in_ljungby = area == LJUNGBY
    reason = words.say("demo.goal.ljungby") if in_ljungby else words.say("demo.goal.county")
    target, dimension = ("72", CONTINUITY) if in_ljungby else ("70", ACCESS)
    new = NewGoal(target, shift_month(month, GOAL_MONTHS), month, reason)
    add_goal(installation, new, survey=survey, area=area, dimension=dimension, by=MAKER)


def make_action(area: str, month: str) -> NewAction:
    """The action behind what was planted in Ljungby, or an event in the county."""
    words = speak(DEFAULT_LANGUAGE)
    if area == LJUNGBY:
        return NewAction(
            ActionKind.ACTION,
            words.say("demo.action.contact"),
            shift_month(month, -LJUNGBY_MONTHS),
            words.say("demo.action.contact_owner"),
            (CONTINUITY,),
            direction=Direction.BETTER,
            state=ActionState.ONGOING,
        )
    starts = shift_month(month, -COUNTY_MONTHS)
    return NewAction(
        ActionKind.EVENT,
        words.say("demo.action.county"),
        starts,
        words.say("demo.action.county_owner"),
        (ACCESS,),
        ends=shift_month(starts, 1),
        direction=Direction.UNCLEAR,
        state=ActionState.DONE,
    )
