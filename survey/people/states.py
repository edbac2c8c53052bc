"""Which way does an account go? A table of states, from which its picture in docs/sign-in.md is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HOLDER, ADMINISTRATORS, PROVIDER = "its holder, by a link", "administrators", "the identity provider"


class State(StrEnum):
    """Where an account is. Nobody is signed in to one that is not active.

    Of one that is forgotten only its random id is left, for the audit log.
    """

    INVITED = "invited"
    ACTIVE = "active"
    CLOSED = "closed"
    FORGOTTEN = "forgotten"


class Event(StrEnum):
    """What can be done to an account. LET_IN: a provider says who somebody is, and which role they have."""

    INVITE = "invite"
    INVITE_AGAIN = "invite_again"
    CHOOSE_PASSWORD = "choose_password"  # noqa: S105 - the name of an event
    ASK_FOR_RESET = "ask_for_reset"
    SIGN_IN = "sign_in"
    LET_IN = "let_in"
    CLOSE = "close"
    FORGET = "forget"


@dataclass(frozen=True)
class Step:
    """In a state something may be done, by whom; then it is in the next. What is new comes from none."""

    state: State | None
    event: Event
    next: State
    who: str


STEPS: tuple[Step, ...] = (
    Step(None, Event.INVITE, State.INVITED, ADMINISTRATORS),
    Step(None, Event.LET_IN, State.ACTIVE, PROVIDER),
    Step(State.INVITED, Event.INVITE_AGAIN, State.INVITED, ADMINISTRATORS),
    Step(State.INVITED, Event.CHOOSE_PASSWORD, State.ACTIVE, HOLDER),
    Step(State.INVITED, Event.LET_IN, State.ACTIVE, PROVIDER),
    Step(State.INVITED, Event.CLOSE, State.CLOSED, ADMINISTRATORS),
    Step(State.ACTIVE, Event.SIGN_IN, State.ACTIVE, "its holder"),
    Step(State.ACTIVE, Event.LET_IN, State.ACTIVE, PROVIDER),
    Step(State.ACTIVE, Event.ASK_FOR_RESET, State.ACTIVE, "anybody: the link goes to the holder"),
    Step(State.ACTIVE, Event.CHOOSE_PASSWORD, State.ACTIVE, HOLDER),
    Step(State.ACTIVE, Event.CLOSE, State.CLOSED, ADMINISTRATORS),
    Step(State.CLOSED, Event.INVITE_AGAIN, State.INVITED, ADMINISTRATORS),
    Step(State.CLOSED, Event.FORGET, State.FORGOTTEN, ADMINISTRATORS),
)


def find_step(state: str | None, event: Event) -> Step | None:
    """The step that an event makes from a state, None when there is none."""
    return next((one for one in STEPS if one.state == state and one.event is event), None)


def list_rows() -> tuple[tuple[str, str, str], ...]:
    """The steps as rows of (from, event, to) to draw; what is new comes from the beginning."""
    return tuple((one.state or "[*]", one.event.replace("_", " "), one.next) for one in STEPS)
