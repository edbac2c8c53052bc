"""What is done because of accepted proposals: the action plan.

An activity is an action of survey/following with a tie to its proposal, so that it stands on the trend lines
as every action does and is changed where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from survey.errors import SurveyError
from survey.following.actions import NewAction, add_action, list_actions
from survey.installation import Installation
from survey.people.reach import check_can_reach
from survey.people.roles import Person
from survey.proposals.permissions import check_can_act
from survey.proposals.states import DECIDED, Event
from survey.proposals.versions import JOB, add_deed, find_now
from survey.proposals.visibility import find_areas
from survey.store import audits, proposals
from survey.store.database import Connection, claim_job
from survey.store.following import Action
from survey.store.proposals import Proposal, Tie


class Organisation(StrEnum):
    """Whose an activity is."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    BOTH = "both"


@dataclass(frozen=True)
class Activity:
    """An action with the proposal that it carries out and whose it is."""

    action: Action
    proposal: Proposal
    tie: Tie

    @property
    def organisation(self) -> Organisation:
        return Organisation(self.tie.organisation)


def add_activity(
    installation: Installation, proposal: Proposal, new: NewAction, *, organisation: str, by: Person
) -> Action:
    """Plan something because of an accepted proposal, in its area.

    Raises SurveyError not_allowed, organisation_unknown, proposal_unknown, proposal_not_now, and
    FollowingError with everything that is wrong with the action.
    """
    check_can_act(Event.PLAN, by=by)
    check_organisation(organisation)

    def tie(connection: Connection, action: Action) -> None:
        claim_job(connection, JOB)
        now = find_now(connection, proposal.id, Event.PLAN)
        proposals.add_tie(connection, Tie(action.id, now.id, organisation))
        add_deed(connection, now, Event.PLAN, by=by, activity=action.id, organisation=organisation)

    return add_action(installation, new, survey=proposal.survey, area=proposal.area, by=by, also=tie)


def check_organisation(organisation: str) -> None:
    """Raises SurveyError organisation_unknown."""
    if organisation not in tuple(Organisation):
        raise SurveyError("organisation_unknown", organisation=organisation[:20])


def give_to(installation: Installation, activity: Activity, organisation: str, *, by: Person) -> None:
    """Say that an activity is another's.

    Raises SurveyError not_allowed, organisation_unknown, not_your_area, reach_missing, and
    follow_changed_meanwhile when somebody else has said so since it was read.
    """
    check_can_act(Event.PLAN, by=by)
    check_organisation(organisation)
    with installation.database.write() as connection:
        check_can_reach(installation, connection, activity.action.area, by=by)
        if not proposals.change_organisation(connection, activity.tie, organisation):
            raise SurveyError("follow_changed_meanwhile")
        action = activity.action
        facts = {"area": action.area, "organisation": organisation}
        audits.add_event(connection, "activity given to another", action.id, by=by.name, **facts)


def list_all_ties(installation: Installation) -> dict[str, str]:
    """The proposal that each activity of any area carries out, by action."""
    areas = [area.code for area in installation.areas]
    with installation.database.read(newest=True) as connection:
        return {one.action: one.proposal for one in proposals.list_ties(connection, areas=areas)}


def list_plan(
    installation: Installation, area: str, *, survey: str, newest: bool = False
) -> tuple[Activity, ...]:
    """The activities of an area and its county, the latest start first.

    Those of a proposal that was taken down are left out. Raises SurveyError area_unknown.
    """
    actions = list_actions(installation, area, survey=survey, newest=newest)
    areas = find_areas(installation, area)
    with installation.database.read(newest=newest) as connection:
        ties = {one.action: one for one in proposals.list_ties(connection, areas=areas)}
        decided = {one.id: one for one in proposals.list_newest(connection, areas=areas, states=DECIDED)}
    found = [
        Activity(action, decided[tie.proposal], tie)
        for action in actions
        if (tie := ties.get(action.id)) is not None and tie.proposal in decided
    ]
    return tuple(sorted(found, key=lambda one: one.action.starts, reverse=True))
