"""Which actions and events are there, and how is one written down and changed?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from survey.errors import SurveyError
from survey.following.faults import (
    MOST_IN_TITLE,
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
    find_based,
    gather_histories,
    make_id,
    now,
)
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import following
from survey.store.database import Connection
from survey.store.following import Action


class ActionKind(StrEnum):
    """Something that somebody does, or something that happens."""

    ACTION = "action"
    EVENT = "event"


class Direction(StrEnum):
    """What it is expected to do to the scores."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"


class ActionState(StrEnum):
    """How far it has come."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    DONE = "done"
    STOPPED = "stopped"


BEGUN = frozenset({ActionState.ONGOING, ActionState.DONE})

# From each state, the states that may come next. What is done or stopped can be taken up again.
NEXT: Mapping[ActionState, frozenset[ActionState]] = {
    ActionState.PLANNED: frozenset({ActionState.ONGOING, ActionState.DONE, ActionState.STOPPED}),
    ActionState.ONGOING: frozenset({ActionState.DONE, ActionState.STOPPED}),
    ActionState.DONE: frozenset({ActionState.ONGOING}),
    ActionState.STOPPED: frozenset({ActionState.PLANNED, ActionState.ONGOING}),
}
FIRST_STATES = (ActionState.PLANNED, ActionState.ONGOING, ActionState.DONE)


@dataclass(frozen=True)
class NewAction:
    """What somebody wrote about an action or an event; no dimensions are all of them, no end is an empty one.

    `owner` is a function such as "områdeschef hemtjänst", never the name of a person.
    """

    kind: str
    title: str
    starts: str
    owner: str
    dimensions: tuple[str, ...] = ()
    ends: str = ""
    direction: str = Direction.BETTER
    state: str = ActionState.PLANNED
    note: str = ""


def list_actions(
    installation: Installation, area: str, *, survey: str, newest: bool = False
) -> tuple[Action, ...]:
    """The actions and events of an area and its county as they are now, in every state, the earliest first.

    What has begun is told by `has_begun`. Raises SurveyError area_unknown.
    """
    histories = list_action_histories(installation, area, survey, newest)
    return tuple(sorted((one[-1] for one in histories), key=lambda one: (one.starts, one.title)))


def list_action_histories(
    installation: Installation, area: str, survey: str, newest: bool = True
) -> tuple[tuple[Action, ...], ...]:
    """Every action and event of an area and its county with all its versions, the oldest first."""
    found = installation.areas.find(area)
    areas = (found.code,) if found.parent is None else (found.code, found.parent)
    with installation.database.read(newest=newest) as connection:
        return gather_histories(following.list_versions(connection, Action, survey, areas))


def list_all_actions(installation: Installation, *, survey: str) -> tuple[Action, ...]:
    """The actions and events of every area as they are now, in every state, the earliest first."""
    areas = [area.code for area in installation.areas]
    with installation.database.read(newest=True) as connection:
        found = gather_histories(following.list_versions(connection, Action, survey, areas))
    return tuple(sorted((one[-1] for one in found), key=lambda one: (one.starts, one.title)))


def has_begun(action: Action) -> bool:
    """Whether it is going on or done, so that it may have moved a line."""
    return action.state in BEGUN


def list_next_states(state: str) -> tuple[ActionState, ...]:
    """The states that an action may be given: the one it has, and those that may come next."""
    known = ActionState(state)
    return tuple(one for one in ActionState if one is known or one in NEXT[known])


def list_action_faults(installation: Installation, new: NewAction) -> Iterator[SurveyError]:
    """Everything that is wrong with what was written, but for where it stands and what state came before."""
    month = find_this_month(installation)
    if new.kind not in tuple(ActionKind):
        yield SurveyError("action_kind_wrong", kind=new.kind[:20])
    yield from list_text_faults("action_title", new.title, most=MOST_IN_TITLE)
    yield from list_month_faults("action_starts", new.starts, today_month=month)
    if new.ends:
        yield from list_month_faults("action_ends", new.ends, today_month=month)
    if is_month(new.starts) and is_month(new.ends) and new.ends < new.starts:
        yield SurveyError("action_ends_before_starts", starts=new.starts, ends=new.ends)
    if new.direction not in tuple(Direction):
        yield SurveyError("action_direction_wrong", direction=new.direction[:20])
    yield from list_text_faults("action_owner", new.owner, most=MOST_IN_TITLE)
    yield from list_state_faults(new, month)
    yield from list_text_faults("action_note", new.note, may_be_empty=True)


def list_state_faults(new: NewAction, month: str) -> Iterator[SurveyError]:
    """What has begun cannot begin in a month to come, and what is done cannot end in one."""
    if new.state not in tuple(ActionState):
        yield SurveyError("action_state_wrong", state=new.state[:20])
    if new.state in BEGUN and is_month(new.starts) and new.starts > month:
        yield SurveyError("action_not_begun", month=new.starts)
    if new.state == ActionState.DONE and is_month(new.ends) and new.ends > month:
        yield SurveyError("action_not_over", month=new.ends)


def add_action(
    installation: Installation,
    new: NewAction,
    *,
    survey: str,
    area: str,
    by: Person,
    also: Callable[[Connection, Action], None] = lambda _connection, _action: None,
) -> Action:
    """Write down an action or an event. What is `also` done with it is done in the same transaction.

    Raises SurveyError not_allowed, and FollowingError with everything that is wrong.
    """
    check_can_follow_up(by=by)
    faults = [*list_place_faults(installation, survey, area, new.dimensions)]
    faults += list_action_faults(installation, new)
    if new.state == ActionState.STOPPED:
        faults.append(SurveyError("action_state_first"))
    check_faults(faults)
    blank = Action(make_id(), FIRST, survey, area, new.kind, "", (), "", None, "", "", "", "", now(), by.role)
    made = fill_in(blank, new)
    return add_first(
        installation, made, Deed("action added", by), check=lambda connection: also(connection, made)
    )


def fill_in(action: Action, new: NewAction) -> Action:
    """The action as it was written, which has been checked."""
    return replace(
        action,
        kind=new.kind,
        title=join_lines(new.title),
        dimensions=tuple(dict.fromkeys(new.dimensions)),
        starts=new.starts,
        ends=new.ends or None,
        direction=new.direction,
        owner=join_lines(new.owner),
        state=new.state,
        note=join_lines(new.note),
    )


def change_action(
    installation: Installation, action: str, new: NewAction, *, based_on: int, by: Person
) -> Action:
    """Write an action anew; what it was stays in its history.

    Raises SurveyError not_allowed, FollowingError with everything that is wrong, follow_unknown,
    follow_changed_meanwhile, action_state_next for a state that cannot follow, and follow_same when nothing
    but the note differs.
    """
    check_can_follow_up(by=by)
    old = find_based(installation, Action, action, based_on)
    faults = [*list_place_faults(installation, old.survey, old.area, new.dimensions)]
    faults += list_action_faults(installation, new)
    if new.state in tuple(ActionState) and new.state not in list_next_states(old.state):
        faults.append(SurveyError("action_state_next"))
    check_faults(faults)
    changed = fill_in(old, new)
    if replace(changed, note=old.note) == old:
        raise SurveyError("follow_same")
    return add_next(
        installation,
        Action,
        action,
        lambda newest: replace(changed, version=newest.version + 1, made=now(), made_by=by.role),
        Deed("action changed", by),
        based_on=based_on,
    )
