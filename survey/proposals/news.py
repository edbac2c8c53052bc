"""What is news of a proposal to somebody who follows "Vad hände sen?", and on which day did it become so?

News is what holds now, dated by the day on which it came to hold: a decision, something begun, done or
stopped, and what residents are told. A change that leaves that as it was (a title, a date) is none, nor is
what is planned: the decision said already that it would be done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from survey.following.actions import ActionState, list_action_histories
from survey.insight.choice import RESIDENTS_SURVEY
from survey.installation import SWEDEN, Installation
from survey.proposals.states import DECIDED, State
from survey.proposals.visibility import find_areas
from survey.store import proposals
from survey.store.following import Action
from survey.store.proposals import Proposal, Told

Version = TypeVar("Version")
Histories = Mapping[str, Sequence[Sequence[Action]]]  # of the activities, by proposal


class NewsKind(StrEnum):
    """What can be news, in the order in which it is told of a proposal."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    BEGUN = "begun"
    DONE = "done"
    STOPPED = "stopped"
    TOLD = "told"


# Which states of a proposal and of an activity are news; the others are not.
DECISIONS: Mapping[str, NewsKind] = {
    State.ACCEPTED: NewsKind.ACCEPTED,
    State.DECLINED: NewsKind.DECLINED,
}
DEEDS: Mapping[str, NewsKind] = {
    ActionState.ONGOING: NewsKind.BEGUN,
    ActionState.DONE: NewsKind.DONE,
    ActionState.STOPPED: NewsKind.STOPPED,
}


@dataclass(frozen=True)
class News:
    """Something that holds since a day. `title` is the activity's, empty for what is about the proposal."""

    kind: NewsKind
    day: date
    title: str = ""


@dataclass(frozen=True)
class Followed:
    """A decided proposal with everything that could be news of it, in the order in which it is told."""

    proposal: Proposal
    news: tuple[News, ...]

    def since(self, told: int, *, until: int) -> tuple[News, ...]:
        """What became so after one day and until another, each counted from year 1."""
        return tuple(one for one in self.news if told < one.day.toordinal() <= until)


def find_followed(installation: Installation, area: str) -> tuple[Followed, ...]:
    """The decided proposals of an area and its county, as its page of what happened has them.

    Raises SurveyError area_unknown.
    """
    areas = find_areas(installation, area)
    histories = list_action_histories(installation, area, RESIDENTS_SURVEY)
    with installation.database.read(newest=True) as connection:
        decided = proposals.list_newest(connection, areas=areas, states=DECIDED)
        ties = {one.action: one.proposal for one in proposals.list_ties(connection, areas=areas)}
        told = proposals.list_told_versions(connection, [one.id for one in decided])
    activities: dict[str, list[Sequence[Action]]] = defaultdict(list)
    for history in histories:
        if history[-1].id in ties:
            activities[ties[history[-1].id]].append(history)
    return tuple(
        Followed(one, tuple(list_news(one, told.get(one.id, ()), activities.get(one.id, ()))))
        for one in decided
    )


def list_news(
    proposal: Proposal, told: Sequence[Told], activities: Sequence[Sequence[Action]]
) -> Iterator[News]:
    """What holds of a proposal now and since when, from its newest version, every version of what was told,
    and every version of each activity, the oldest first."""
    if proposal.state in DECISIONS:
        yield News(DECISIONS[proposal.state], proposal.made)
    for kind in (NewsKind.BEGUN, NewsKind.DONE, NewsKind.STOPPED):
        for history in activities:
            now = history[-1]
            if DEEDS.get(now.state) is kind:
                began = find_beginning(history, lambda one: one.state)
                yield News(kind, began.made.astimezone(SWEDEN).date(), now.title)
    if told:
        yield News(NewsKind.TOLD, find_beginning(told, lambda one: one.texts).made)


def find_beginning(versions: Sequence[Version], said: Callable[[Version], object]) -> Version:
    """The version from which on something has been said as the newest version says it."""
    first = versions[-1]
    for one in reversed(versions):
        if said(one) != said(first):
            break
        first = one
    return first
