"""In which states is a paper form until it is a sealed answer, and what leads from one to the next?"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a form is. Half keyed and kept ones have no row of their own: they are a draft, and an answer."""

    HALF = "half"
    WAITING = "waiting"
    DIFFERING = "differing"
    LAST = "last"
    KEPT = "kept"


# From which state, by what, to which state, who. docs/paper.md is drawn from it.
STEPS: tuple[tuple[State, str, State, str], ...] = (
    (State.HALF, "finish", State.LAST, "keyer"),
    (State.HALF, "finish, drawn", State.WAITING, "keyer, where chance drew the form"),
    (State.WAITING, "key again, equal", State.LAST, "another keyer"),
    (State.WAITING, "key again, unequal", State.DIFFERING, "another keyer"),
    (State.WAITING, "undo", State.HALF, "the keyer, before another begins"),
    (State.WAITING, "round ends", State.KEPT, "the program: as it was keyed once"),
    (State.DIFFERING, "choose", State.LAST, "the other keyer"),
    (State.DIFFERING, "round ends", State.KEPT, "the program: as it was keyed first"),
    (State.LAST, "undo", State.HALF, "whoever finished it"),
    (State.LAST, "keep", State.KEPT, "the next form, the button, or the program after ten minutes"),
)


def list_drawn_steps() -> list[tuple[str, str, str]]:
    """The table as survey/diagrams.py draws it."""
    return [(come.value, by, to.value) for come, by, to, _ in STEPS]
