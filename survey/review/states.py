"""Which states a comment has while the panel reads it, what changes them, and who may do that?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.people.roles import Permission


class State(StrEnum):
    """Where a comment stands."""

    WAITING = "waiting"
    BEING_READ = "being read"
    CODED = "coded"
    DISAGREED = "disagreed"
    WITHHELD = "withheld"


class Deed(StrEnum):
    """What somebody does with a comment."""

    TAKE = "take"
    GIVE_BACK = "give back"
    CODE = "code"
    CODE_OTHERWISE = "code otherwise than the other reader"
    CODE_ANEW = "code anew, as the other reader"
    REMARK = "remark"
    CLEAR = "clear to be quoted"
    MASK = "mask words"
    ASK_FOR_ANSWER = "ask for an answer now"
    WITHHOLD = "withhold with a reason"
    RELEASE = "release with a reason"


@dataclass(frozen=True)
class Step:
    """In a state something may be done by those who have a permission, and leads to a state."""

    state: State
    deed: Deed
    to: State
    permission: Permission


READ, WAIT, CODED, APART, AWAY = (
    State.BEING_READ,
    State.WAITING,
    State.CODED,
    State.DISAGREED,
    State.WITHHELD,
)
CODE = Permission.CODE_COMMENTS

STEPS: tuple[Step, ...] = (
    Step(WAIT, Deed.TAKE, READ, CODE),
    Step(READ, Deed.GIVE_BACK, WAIT, CODE),
    Step(READ, Deed.CODE, CODED, CODE),
    Step(READ, Deed.CODE_OTHERWISE, APART, CODE),
    Step(CODED, Deed.TAKE, READ, CODE),  # a second reader, on a share of the comments
    Step(APART, Deed.REMARK, APART, CODE),
    Step(APART, Deed.CODE_ANEW, CODED, CODE),
    *(
        Step(state, deed, state, CODE)
        for state in (READ, CODED, APART)
        for deed in (Deed.CLEAR, Deed.MASK, Deed.ASK_FOR_ANSWER)
    ),
    *(Step(state, Deed.WITHHOLD, AWAY, CODE) for state in (READ, CODED, APART)),
    Step(AWAY, Deed.RELEASE, WAIT, CODE),
)


class Place(StrEnum):
    """Where comments are seen or counted."""

    QUEUE = "the panel's queue"
    PANEL_SEARCH = "the panel's search"
    QUOTES = "quotes, when cleared"
    COUNTS = "counted themes"


VISIBLE: Mapping[State, frozenset[Place]] = {
    State.WAITING: frozenset(Place),
    State.BEING_READ: frozenset(Place),
    State.CODED: frozenset(Place),
    State.DISAGREED: frozenset(Place),
    State.WITHHELD: frozenset(),
}
"""Where a comment in a state is seen. What is withheld appears nowhere, and in no report."""


def find_state(*, withheld: bool, reading: int, codings: Sequence[frozenset[str]]) -> State:
    """The state of a comment: whether it is withheld, how many read it now, and the themes of each coding."""
    if withheld:
        return State.WITHHELD
    if len(set(codings)) > 1:
        return State.DISAGREED
    if reading:
        return State.BEING_READ
    return State.CODED if codings else State.WAITING


def can_now(state: State, deed: Deed) -> bool:
    """Whether something may be done with a comment in a state."""
    return any((step.state, step.deed) == (state, deed) for step in STEPS)


def is_visible(state: State, place: Place) -> bool:
    """Whether a comment in a state is seen in a place."""
    return place in VISIBLE[state]


def list_drawn_steps() -> tuple[tuple[str, str, str], ...]:
    """(from, by, to) of every step that changes the state, for the diagram, each once."""
    return tuple(dict.fromkeys((s.state.value, s.deed.value, s.to.value) for s in STEPS if s.state != s.to))
