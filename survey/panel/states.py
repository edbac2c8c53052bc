"""In which states are a mission and an invitation, what leads from one to the next, and who may do it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from survey.errors import SurveyError
from survey.people.roles import Role

MANAGER, COORDINATOR, MEMBER = Role.MANAGER, Role.COORDINATOR, Role.PANEL_MEMBER


class State(StrEnum):
    """How far a mission has come."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    INVITING = "inviting"
    AGREED = "agreed"
    DONE = "done"
    TOLD = "told"
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What is done to a mission."""

    ACCEPT = "accept"
    DECLINE = "decline"
    INVITE = "invite"
    CONFIRM = "confirm"
    FREE_PLACE = "free_place"
    GIVE_MATERIAL = "give_material"
    MOVE = "move"
    CANCEL = "cancel"
    CLOSE = "close"
    TELL = "tell"


class Reply(StrEnum):
    """How an invitation stands."""

    WAITING = "waiting"
    YES = "yes"
    SIGNED = "signed"
    NO = "no"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What is done to an invitation."""

    SAY_YES = "say_yes"
    SAY_NO = "say_no"
    SIGN = "sign"
    LEAVE = "leave"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Step:
    """From a state, by what is done, to the next; `who` are the roles that may. Nobody: it follows by itself.

    A manager may only do so with a mission of their own.
    """

    state: str
    event: str
    next: str
    who: frozenset[Role]


def list_steps(states: Iterable[str], event: str, to: str | None, *who: Role) -> tuple[Step, ...]:
    """The same step from several states; to None leads back to the state it came from."""
    return tuple(Step(state, event, state if to is None else to, frozenset(who)) for state in states)


S, E, R, A = State, Event, Reply, Answer
PLANNED = (S.ACCEPTED, S.INVITING, S.AGREED)

MISSION_STEPS: tuple[Step, ...] = (
    *list_steps([S.REQUESTED], E.ACCEPT, S.ACCEPTED, COORDINATOR),
    *list_steps([S.REQUESTED], E.DECLINE, S.DECLINED, COORDINATOR),
    *list_steps([S.ACCEPTED, S.INVITING], E.INVITE, S.INVITING, COORDINATOR),
    *list_steps([S.INVITING], E.CONFIRM, S.AGREED, COORDINATOR),
    *list_steps([S.AGREED], E.FREE_PLACE, S.INVITING),
    *list_steps(PLANNED, E.GIVE_MATERIAL, None, MANAGER, COORDINATOR),
    *list_steps([S.REQUESTED, S.ACCEPTED], E.MOVE, None, MANAGER, COORDINATOR),
    *list_steps([S.INVITING, S.AGREED], E.MOVE, S.INVITING, MANAGER, COORDINATOR),
    *list_steps([S.REQUESTED, *PLANNED], E.CANCEL, S.CANCELLED, MANAGER, COORDINATOR),
    *list_steps([S.AGREED], E.CLOSE, S.DONE, COORDINATOR),
    *list_steps([S.DONE], E.TELL, S.TOLD, MANAGER, COORDINATOR),
)

INVITATION_STEPS: tuple[Step, ...] = (
    *list_steps([R.WAITING], A.SAY_YES, R.YES, MEMBER),
    *list_steps([R.WAITING], A.SAY_NO, R.NO, MEMBER),
    *list_steps([R.YES], A.SIGN, R.SIGNED, MEMBER),
    *list_steps([R.YES, R.SIGNED], A.LEAVE, R.LEFT, MEMBER, COORDINATOR),
    *list_steps([R.WAITING, R.YES, R.SIGNED], A.WITHDRAW, R.WITHDRAWN, COORDINATOR),
)

COMING = (Reply.YES, Reply.SIGNED)  # those who have a place
HOLDING = (Reply.WAITING, *COMING)  # those who have a place or may take one


def find_step(steps: Iterable[Step], state: str, event: str) -> Step | None:
    """What an event leads to from a state; None when it cannot happen there."""
    return next((one for one in steps if (one.state, one.event) == (state, event)), None)


def find_next(state: str, event: Event) -> State:
    """The state a mission comes to. Raises SurveyError mission_state when that cannot be done now."""
    step = find_step(MISSION_STEPS, state, event)
    if step is None:
        raise SurveyError("mission_state")
    return State(step.next)


def find_reply(state: str, answer: Answer) -> Reply:
    """The state an invitation comes to. Raises SurveyError invitation_state when that cannot be done now."""
    step = find_step(INVITATION_STEPS, state, answer)
    if step is None:
        raise SurveyError("invitation_state")
    return Reply(step.next)
