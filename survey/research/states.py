"""Which way does a file for research go? A table of states, from which docs/research.md has its picture.

That a file lies there to be fetched is read from the day it lies until, so that no state can contradict it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from survey.people.roles import Permission


class State(StrEnum):
    """Where an agreement about a file is."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    MADE = "made"
    FETCHED = "fetched"
    ENDED = "ended"


class Event(StrEnum):
    """What can be done. LAPSE: a file was not fetched in time and is gone; it may be made again.

    END: the work is done, the agreement is called off, or its last day has passed.
    """

    ASK = "ask"
    APPROVE = "approve"
    DECLINE = "decline"
    MAKE = "make"
    FETCH = "fetch"
    LAPSE = "lapse"
    END = "end"


@dataclass(frozen=True)
class Step:
    """In a state something may be done, by those with one of some permissions, and then it is in the next.

    Without a permission it happens by itself. What is new comes from no state.
    """

    state: State | None
    event: Event
    next: State
    who: tuple[Permission, ...]


ASKS, APPROVES = (Permission.ASK_FOR_RESEARCH_FILE,), (Permission.APPROVE_RESEARCH,)
BOTH, NOBODY = ASKS + APPROVES, ()
STEPS: tuple[Step, ...] = (
    Step(None, Event.ASK, State.ASKED, ASKS),
    Step(State.ASKED, Event.APPROVE, State.APPROVED, APPROVES),
    Step(State.ASKED, Event.DECLINE, State.DECLINED, APPROVES),
    Step(State.ASKED, Event.END, State.ENDED, BOTH),
    Step(State.APPROVED, Event.MAKE, State.MADE, ASKS),
    Step(State.MADE, Event.MAKE, State.MADE, ASKS),
    Step(State.FETCHED, Event.MAKE, State.MADE, ASKS),
    Step(State.MADE, Event.FETCH, State.FETCHED, ASKS),
    Step(State.FETCHED, Event.FETCH, State.FETCHED, ASKS),
    Step(State.MADE, Event.LAPSE, State.APPROVED, NOBODY),
    Step(State.FETCHED, Event.LAPSE, State.FETCHED, NOBODY),
    Step(State.APPROVED, Event.END, State.ENDED, BOTH),
    Step(State.MADE, Event.END, State.ENDED, BOTH),
    Step(State.FETCHED, Event.END, State.ENDED, BOTH),
)
IN_FORCE = frozenset({State.APPROVED, State.MADE, State.FETCHED})
WITH_FILE = frozenset({State.MADE, State.FETCHED})


def find_step(state: str | None, event: Event) -> Step | None:
    """The step that an event makes from a state, None when there is none."""
    return next((one for one in STEPS if one.state == state and one.event is event), None)


def list_rows() -> tuple[tuple[str, str, str], ...]:
    """The steps as rows of (from, event, to) to draw; what is new comes from the beginning."""
    return tuple((one.state or "[*]", one.event, one.next) for one in STEPS)
