"""Has the line moved since an activity began? By the same judgement as on the trend page.

Nothing is tested anew: a line has moved when the signal that the trend page tells of rests on points since
the activity began, and was none before. That it moved after something is not that it moved because of it; the
pages say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.control.judge import FindingKind, Rule
from analysis.control.rules import NEAR_IN_WINDOW, RUN_LENGTH
from analysis.periods import PeriodKind
from survey.following.actions import Direction, has_begun
from survey.insight.changes import Change, find_changes
from survey.insight.judged import JudgedLine, find_position
from survey.installation import Installation
from survey.people.roles import Person
from survey.store.following import Action


class OutcomeKind(StrEnum):
    """What a line says of the time since an activity began.

    MOVED_BEFORE: the signal was one before the activity began. CANNOT_COMPARE: the limits that hold now are
    of the time since then only, because the figures or the limits began with it or later.
    """

    BETTER = "better"
    WORSE = "worse"
    MOVED_BEFORE = "moved_before"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_EARLY = "too_early"
    TOO_FEW = "too_few"
    CANNOT_COMPARE = "cannot_compare"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True)
class Outcome:
    """What the line of a dimension says of an activity; `change` is None where nothing is published."""

    dimension: str
    kind: OutcomeKind
    expected: str
    change: Change | None

    @property
    def is_other_way(self) -> bool:
        """Whether it moved against what was expected."""
        return (self.kind, self.expected) in {
            (OutcomeKind.WORSE, Direction.BETTER),
            (OutcomeKind.BETTER, Direction.WORSE),
        }


# How many points since the start a signal needs to be of the time since then: those that make its rule.
POINTS: Mapping[Rule, int] = {
    Rule.OUTSIDE_LIMITS: 1,
    Rule.TREND: RUN_LENGTH,
    Rule.TWO_OF_THREE: NEAR_IN_WINDOW,
    Rule.SHIFT: RUN_LENGTH,
    Rule.LONG_RUN: RUN_LENGTH,
    Rule.FEW_CROSSINGS: RUN_LENGTH,
}
KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER)
LEAST_AFTER = RUN_LENGTH  # periods that make a lasting change seen; before them nothing is said to be missing
LEAST_BEFORE = RUN_LENGTH  # periods of the limits that lie before the start, so that there is a before
MOVED = {FindingKind.IMPROVEMENT: OutcomeKind.BETTER, FindingKind.CONCERN: OutcomeKind.WORSE}


def find_outcomes(installation: Installation, action: Action, *, viewer: Person) -> tuple[Outcome, ...]:
    """What the lines that an activity was to move say of it, one for each of its dimensions.

    By month, and by quarter where too few answer in a month. An activity that names no dimension is not
    judged.
    """
    found: dict[str, Outcome] = {}
    for kind in KINDS:
        changes = find_changes(installation, action.survey, [action.area], kind=kind, viewer=viewer)
        for dimension in action.dimensions:
            if dimension not in found or found[dimension].kind is OutcomeKind.TOO_FEW:
                change = changes.get((action.area, dimension))
                said = judge_action(action, change)
                found[dimension] = Outcome(dimension, said, action.direction, change)
    return tuple(found.values())


def judge_action(action: Action, change: Change | None) -> OutcomeKind:
    """What a line says of an activity."""
    if not has_begun(action):
        return OutcomeKind.NOT_BEGUN
    if change is None:
        return OutcomeKind.TOO_FEW
    return judge_since(change.line, action.starts)


def judge_since(line: JudgedLine, month: str) -> OutcomeKind:
    """What a line says of the time since a month; the period that it lies in is the first since."""
    start = find_position(line.codes, month)
    if start is None:
        return OutcomeKind.TOO_EARLY
    if line.kind is FindingKind.TOO_FEW:
        return OutcomeKind.TOO_FEW
    first = line.judged.segments[-1].first
    if count_shown(line, first, start) < LEAST_BEFORE:
        return OutcomeKind.CANNOT_COMPARE
    moved = find_move(line, start)
    if moved is not None:
        return moved
    if count_shown(line, start, len(line.codes)) < LEAST_AFTER:
        return OutcomeKind.TOO_EARLY
    return OutcomeKind.NO_CLEAR_CHANGE


def find_move(line: JudgedLine, start: int) -> OutcomeKind | None:
    """Where the current signal was made: since a position or before it; None when there is none of either."""
    finding = line.finding
    if finding.rule is None or finding.first is None or finding.last is None:
        return None
    needed = POINTS[finding.rule]
    if count_shown(line, finding.first, start) >= needed:
        return OutcomeKind.MOVED_BEFORE
    since = count_shown(line, max(start, finding.first), finding.last + 1)
    return MOVED[finding.kind] if since >= needed else None


def count_shown(line: JudgedLine, first: int, end: int) -> int:
    """How many figures there are at the positions from `first` until before `end`."""
    return sum(1 for value in line.judged.values[first:end] if value is not None)
