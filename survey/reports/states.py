"""In which states is a report, what leads from one to the next, and by whom?"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How far a report has come. Of what is gone nothing is left but the log."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    BROKEN = "broken"
    GONE = "gone"


class Event(StrEnum):
    """What happens to a report."""

    TAKE = "take"
    TAKE_OVER = "take over"
    MADE = "made"
    FAIL = "fail"
    GIVE_UP = "give up"
    REMOVE = "remove"


# From which state, by what, to which state, who. docs/reports.md is drawn from it.
STEPS: tuple[tuple[State, Event, State, str], ...] = (
    (State.WAITING, Event.TAKE, State.MAKING, "the program, in the process that was asked or by the chores"),
    (State.MAKING, Event.TAKE_OVER, State.MAKING, "another process, when nothing was heard for two minutes"),
    (State.MAKING, Event.MADE, State.READY, "the program, when the file is kept"),
    (State.MAKING, Event.FAIL, State.BROKEN, "the program, when it cannot be made; the reason is kept"),
    (State.MAKING, Event.GIVE_UP, State.BROKEN, "the program, when three processes have stopped over it"),
    (State.READY, Event.REMOVE, State.GONE, "its owner, or the program after 30 days"),
    (State.BROKEN, Event.REMOVE, State.GONE, "its owner, or the program after 30 days"),
    (State.WAITING, Event.REMOVE, State.GONE, "its owner"),
    (State.MAKING, Event.REMOVE, State.GONE, "its owner"),
)
UNDER_WAY = (State.WAITING, State.MAKING)


def find_next(state: State, event: Event) -> State | None:
    """The state an event leads to, None where it cannot happen."""
    return next((to for come, by, to, _ in STEPS if (come, by) == (state, event)), None)


def list_origins(event: Event) -> tuple[State, ...]:
    """The states an event can happen in."""
    return tuple(come for come, by, _, _ in STEPS if by is event)


def list_drawn_steps() -> list[tuple[str, str, str]]:
    """The table as survey/diagrams.py draws it."""
    return [(come.value, by.value, to.value) for come, by, to, _ in STEPS]
