"""Which goals are there, and how is one set, changed and ended?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from survey.errors import SurveyError
from survey.following.faults import (
    check_faults,
    find_this_month,
    is_month,
    join_lines,
    list_month_faults,
    list_place_faults,
    list_text_faults,
)
from survey.following.versions import (
    FIRST,
    Deed,
    add_first,
    add_next,
    check_can_follow_up,
    gather_histories,
    make_id,
    now,
)
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import following
from survey.store.database import Connection
from survey.store.following import Goal

LOWEST, HIGHEST = 0.0, 100.0  # of a score


class GoalState(StrEnum):
    """Whether a goal is one still."""

    STANDS = "stands"
    ENDED = "ended"


@dataclass(frozen=True)
class NewGoal:
    """What somebody wrote about a goal, as it was written: a target such as 72,5, months such as 2026-03."""

    target: str
    due: str
    since: str
    reason: str


def list_goals(
    installation: Installation, area: str, *, survey: str, newest: bool = False
) -> tuple[Goal, ...]:
    """The goals that hold this month in an area, one at most for a dimension.

    `newest` reads from the database that is written to, for whoever wants to see what they just did.
    """
    month = find_this_month(installation)
    found = (find_holding(one, month) for one in list_goal_histories(installation, area, survey, newest))
    return tuple(one for one in found if one is not None and one.state == GoalState.STANDS)


def list_all_goals(installation: Installation, *, survey: str) -> tuple[Goal, ...]:
    """The goals of every area that hold this month."""
    month = find_this_month(installation)
    areas = [area.code for area in installation.areas]
    with installation.database.read(newest=True) as connection:
        histories = gather_histories(following.list_versions(connection, Goal, survey, areas))
    found = (find_holding(one, month) for one in histories)
    return tuple(one for one in found if one is not None and one.state == GoalState.STANDS)


def list_goal_histories(
    installation: Installation, area: str, survey: str, newest: bool = True
) -> tuple[tuple[Goal, ...], ...]:
    """Every goal there was in an area with all its versions, the oldest first."""
    with installation.database.read(newest=newest) as connection:
        return gather_histories(following.list_versions(connection, Goal, survey, (area,)))


def find_holding(versions: tuple[Goal, ...], month: str) -> Goal | None:
    """The version that holds in a month: the last one written of those that hold since then or earlier."""
    return next((one for one in reversed(versions) if one.since <= month), None)


def read_target(text: str) -> float | None:
    """A target from 0 to 100 with a comma or a full stop; None when it is none."""
    try:
        target = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return target if math.isfinite(target) and LOWEST <= target <= HIGHEST else None


def list_goal_faults(installation: Installation, new: NewGoal) -> Iterator[SurveyError]:
    """Everything that is wrong with what was written about a goal."""
    month = find_this_month(installation)
    if read_target(new.target) is None:
        yield SurveyError("goal_target_wrong", target=new.target.strip()[:20])
    yield from list_month_faults("goal_due", new.due, today_month=month)
    yield from list_month_faults("goal_since", new.since, today_month=month)
    if is_month(new.due) and is_month(new.since) and new.due < new.since:
        yield SurveyError("goal_due_before_since", due=new.due, since=new.since)
    elif is_month(new.due) and new.due < month:
        yield SurveyError("goal_due_past", month=new.due)
    yield from list_text_faults("goal_reason", new.reason)


def add_goal(
    installation: Installation, new: NewGoal, *, survey: str, area: str, dimension: str, by: Person
) -> Goal:
    """Set a goal where there is none.

    Raises SurveyError not_allowed, FollowingError with everything that is wrong, and goal_exists.
    """
    check_can_follow_up(by=by)
    faults = [*list_place_faults(installation, survey, area, (dimension,))]
    check_faults([*faults, *list_goal_faults(installation, new)])
    blank = Goal(make_id(), FIRST, survey, area, dimension, 0.0, "", "", GoalState.STANDS, "", now(), by.role)

    def check(connection: Connection) -> None:
        known = gather_histories(following.list_versions(connection, Goal, survey, (area,)))
        if any(one[-1].dimension == dimension and one[-1].state == GoalState.STANDS for one in known):
            raise SurveyError("goal_exists")

    return add_first(installation, fill_in(blank, new), Deed("goal set", by), check=check)


def fill_in(goal: Goal, new: NewGoal) -> Goal:
    """The goal as it was written, which has been checked."""
    target = read_target(new.target)
    if target is None:
        raise SurveyError("goal_target_wrong", target=new.target.strip()[:20])
    return replace(goal, target=target, due=new.due, since=new.since, reason=join_lines(new.reason))


def change_goal(installation: Installation, goal: str, new: NewGoal, *, based_on: int, by: Person) -> Goal:
    """Write a goal anew; what it was stays in its history.

    Raises SurveyError not_allowed, FollowingError with everything that is wrong, follow_unknown,
    follow_changed_meanwhile, follow_over when it was ended, and follow_same when nothing differs.
    """
    check_can_follow_up(by=by)
    check_faults(list_goal_faults(installation, new))

    def make(old: Goal) -> Goal:
        check_stands(old)
        changed = fill_in(old, new)
        if changed == old:
            raise SurveyError("follow_same")
        return replace(changed, version=old.version + 1, made=now(), made_by=by.role)

    return add_next(installation, Goal, goal, make, Deed("goal changed", by), based_on=based_on)


def end_goal(installation: Installation, goal: str, *, reason: str, based_on: int, by: Person) -> Goal:
    """End a goal from this month on, with a reason.

    Raises SurveyError not_allowed, FollowingError, follow_unknown, follow_changed_meanwhile and follow_over.
    """
    check_can_follow_up(by=by)
    check_faults(list_text_faults("goal_reason", reason))
    month = find_this_month(installation)

    def make(old: Goal) -> Goal:
        check_stands(old)
        ended = replace(old, state=GoalState.ENDED, since=month, reason=join_lines(reason))
        return replace(ended, version=old.version + 1, made=now(), made_by=by.role)

    return add_next(installation, Goal, goal, make, Deed("goal ended", by), based_on=based_on)


def check_stands(goal: Goal) -> None:
    """Raises SurveyError follow_over when a goal was ended."""
    if goal.state != GoalState.STANDS:
        raise SurveyError("follow_over")
