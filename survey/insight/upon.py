"""What have people written down that stands upon a line: goals, what was done, and new limits?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.periods import parse_period
from survey.definition.model import Dimension
from survey.following.actions import has_begun, list_actions
from survey.following.goals import list_goals
from survey.following.rebases import list_rebases
from survey.insight.breaks import Break
from survey.insight.judged import Start, StartKind, find_position
from survey.installation import Installation
from survey.store.following import Action, Goal, Rebase


@dataclass(frozen=True)
class Done:
    """An action or event that has begun, its number on the page, and the period it began in.

    The period is None when it began before or after those that are drawn.
    """

    number: int
    action: Action
    period: str | None


@dataclass(frozen=True)
class Upon:
    """What stands upon the lines of an area: goals by dimension, what was done, and new limits."""

    goals: Mapping[str, Goal]
    actions: tuple[Action, ...]
    rebases: tuple[Rebase, ...]

    def list_done(self, dimension: Dimension, codes: Sequence[str]) -> tuple[Done, ...]:
        """What may have moved a dimension or a part of it. Numbers are the same on all lines of the area."""
        concerned = (dimension.id, *dimension.parts)
        return tuple(
            Done(number, action, find_drawn(codes, action.starts))
            for number, action in enumerate(self.actions, start=1)
            if any(action.concerns(one) for one in concerned)
        )

    def list_starts(self, dimension: str, breaks: Mapping[str, Sequence[Break]]) -> tuple[Start, ...]:
        """Where a line's limits begin anew."""
        decided = [one for one in self.rebases if one.dimension == dimension]
        return list_starts(breaks.get(dimension, ()), decided)


def find_upon(installation: Installation, area: str, survey: str) -> Upon:
    """What stands upon the lines of an area now; its county's actions and events too."""
    return Upon(
        {goal.dimension: goal for goal in list_goals(installation, area, survey=survey)},
        tuple(one for one in list_actions(installation, area, survey=survey) if has_begun(one)),
        list_rebases(installation, area, survey=survey),
    )


def find_drawn(codes: Sequence[str], month: str) -> str | None:
    """The period that a month lies in, None when it is not drawn."""
    position = find_position(codes, month)
    if position is None or parse_period(codes[position]).first > month:
        return None
    return codes[position]


def list_starts(breaks: Sequence[Break], rebases: Sequence[Rebase]) -> tuple[Start, ...]:
    """Where the limits of a line begin anew, in order of time, and why."""
    changed = [Start(one.period, StartKind.BREAK, one.version) for one in breaks]
    decided = [Start(one.month, StartKind.REBASE, one.reason) for one in rebases]
    return tuple(sorted([*changed, *decided], key=lambda one: one.period))
