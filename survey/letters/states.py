"""In which states is an order of codes, what leads from one to the next, and by whom?"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How far an order has come. What is gone left keyed hashes only, or nothing when it was thrown away."""

    MAKING = "making"
    READY = "ready"
    FETCHING = "fetching"
    GONE = "gone"


class Event(StrEnum):
    """What happens to an order."""

    MADE = "made"
    FETCH = "fetch"
    BREAK_OFF = "break off"
    FETCHED = "fetched"
    THROW_AWAY = "throw away"


# From which state, by what, to which state, who. docs/invitations.md is drawn from it.
STEPS: tuple[tuple[State, Event, State, str], ...] = (
    (State.MAKING, Event.MADE, State.READY, "the program, when the last hash is kept"),
    (State.READY, Event.FETCH, State.FETCHING, "coordinator, by the button of the download page"),
    (State.FETCHING, Event.BREAK_OFF, State.READY, "the program, when the line breaks before the end"),
    (State.FETCHING, Event.FETCHED, State.GONE, "the program, when the last byte is handed over"),
    (State.MAKING, Event.THROW_AWAY, State.GONE, "coordinator, or the program when the time is out"),
    (State.READY, Event.THROW_AWAY, State.GONE, "coordinator, or the program when the time is out"),
)


def find_next(state: State, event: Event) -> State | None:
    """The state an event leads to, None where it cannot happen."""
    return next((to for come, by, to, _ in STEPS if (come, by) == (state, event)), None)


def list_origins(event: Event) -> tuple[State, ...]:
    """The states an event can happen in."""
    return tuple(come for come, by, _, _ in STEPS if by is event)


def list_drawn_steps() -> list[tuple[str, str, str]]:
    """The table as survey/diagrams.py draws it."""
    return [(come.value, by.value, to.value) for come, by, to, _ in STEPS]
