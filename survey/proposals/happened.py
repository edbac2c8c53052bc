"""Vad hände sen? What everybody may read of what was decided: heard, decided, done, and when."""

from __future__ import annotations

from dataclasses import dataclass

from survey.areas import Area
from survey.insight.choice import RESIDENTS_SURVEY
from survey.installation import Installation
from survey.people.roles import VISITOR
from survey.proposals.activities import Activity, list_plan
from survey.proposals.feedback import find_told
from survey.proposals.outcome import Outcome, find_outcomes
from survey.proposals.quotes import find_quotes
from survey.proposals.states import DECIDED, State
from survey.proposals.visibility import find_areas
from survey.store import proposals
from survey.store.proposals import Proposal, Told


@dataclass(frozen=True)
class Deed:
    """Something that is done, and what the lines that the public sees say of it."""

    activity: Activity
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Happened:
    """A decided proposal as everybody may read it. `quotes` are the texts that may be shown now."""

    proposal: Proposal
    area: Area
    quotes: tuple[str, ...]
    deeds: tuple[Deed, ...]
    told: Told | None

    @property
    def is_accepted(self) -> bool:
        return self.proposal.state == State.ACCEPTED


def list_happened(installation: Installation, area: str) -> tuple[Happened, ...]:
    """What was decided for an area and its county, its own first, then the newest first.

    Raises SurveyError area_unknown.
    """
    areas = find_areas(installation, area)
    with installation.database.read() as connection:
        decided = proposals.list_newest(connection, areas=areas, states=DECIDED)
    quotes, told = find_quotes(installation, decided), find_told(installation, decided)
    plan = list_plan(installation, area, survey=RESIDENTS_SURVEY)
    found = [
        Happened(
            one,
            installation.areas.find(one.area),
            tuple(quote.text for quote in quotes[one.id]),
            tuple(judge(installation, activity) for activity in plan if activity.proposal.id == one.id),
            told.get(one.id),
        )
        for one in decided
    ]
    return tuple(sorted(found, key=lambda one: one.area.code != area))


def judge(installation: Installation, activity: Activity) -> Deed:
    """An activity with what the public's lines say of it."""
    return Deed(activity, find_outcomes(installation, activity.action, viewer=VISITOR))
