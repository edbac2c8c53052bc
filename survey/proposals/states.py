"""Which way does a proposal go? A table of states, from which its picture in docs/proposals.md is drawn.

That an accepted proposal has been started or carried out is read from its activities, and that residents have
been told from what they were told: so no state can contradict them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from survey.people.roles import Permission


class State(StrEnum):
    """Where a proposal is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What can be done to a proposal. TAKE_DOWN is for what should never have been read."""

    WRITE = "write"
    PROPOSE = "propose"
    SUPPORT = "support"
    PROMISE = "promise"
    ACCEPT = "accept"
    DECLINE = "decline"
    PLAN = "plan"
    TELL = "tell"
    WITHDRAW = "withdraw"
    TAKE_DOWN = "take_down"


@dataclass(frozen=True)
class Step:
    """In a state something may be done, by those with a permission, and then it is in the next state.

    What is written first comes from no state.
    """

    state: State | None
    event: Event
    next: State
    who: Permission


DECIDED = frozenset({State.ACCEPTED, State.DECLINED})  # what the public may read of

WRITES, DECIDES = Permission.WRITE_PROPOSALS, Permission.DECIDE_PROPOSALS
TAKES_DOWN = Permission.TAKE_DOWN_PROPOSALS
STEPS: tuple[Step, ...] = (
    Step(None, Event.WRITE, State.DRAFT, WRITES),
    Step(State.DRAFT, Event.WRITE, State.DRAFT, WRITES),
    Step(State.DRAFT, Event.PROPOSE, State.PROPOSED, WRITES),
    Step(State.DRAFT, Event.WITHDRAW, State.WITHDRAWN, WRITES),
    Step(State.PROPOSED, Event.SUPPORT, State.PROPOSED, WRITES),
    Step(State.PROPOSED, Event.PROMISE, State.PROPOSED, DECIDES),
    Step(State.PROPOSED, Event.ACCEPT, State.ACCEPTED, DECIDES),
    Step(State.PROPOSED, Event.DECLINE, State.DECLINED, DECIDES),
    Step(State.PROPOSED, Event.WITHDRAW, State.WITHDRAWN, WRITES),
    Step(State.DECLINED, Event.ACCEPT, State.ACCEPTED, DECIDES),
    Step(State.DECLINED, Event.TELL, State.DECLINED, DECIDES),
    Step(State.ACCEPTED, Event.PLAN, State.ACCEPTED, DECIDES),
    Step(State.ACCEPTED, Event.TELL, State.ACCEPTED, DECIDES),
    Step(State.PROPOSED, Event.TAKE_DOWN, State.WITHDRAWN, TAKES_DOWN),
    Step(State.ACCEPTED, Event.TAKE_DOWN, State.WITHDRAWN, TAKES_DOWN),
    Step(State.DECLINED, Event.TAKE_DOWN, State.WITHDRAWN, TAKES_DOWN),
)


def find_step(state: str | None, event: Event) -> Step | None:
    """The step that an event makes from a state, None when there is none."""
    return next((one for one in STEPS if one.state == state and one.event is event), None)


def list_rows() -> tuple[tuple[str, str, str], ...]:
    """The steps as rows of (from, event, to) to draw; what is new comes from the beginning."""
    return tuple((one.state or "[*]", one.event, one.next) for one in STEPS)
