"""In which states are a panel round and a member's answers, what leads to the next, and who may do it?

Tables, from which docs/panel-rounds.md is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from survey.errors import SurveyError
from survey.panel_rounds.permissions import check_can_run_rounds
from survey.people.permissions import can_do
from survey.people.roles import Permission, Person


class State(StrEnum):
    """How far a round has come."""

    FIRST_OPEN = "first_open"
    FIRST_CLOSED = "first_closed"
    SECOND_OPEN = "second_open"
    SECOND_CLOSED = "second_closed"
    FINISHED = "finished"


class Event(StrEnum):
    """What is done to a round."""

    OPEN = "open"
    WITHDRAW_SUBJECT = "withdraw_subject"
    CLOSE = "close"
    OPEN_SECOND = "open_second"
    FINISH = "finish"


class OwnState(StrEnum):
    """How a member's answers stand in a round."""

    BEGUN = "begun"
    SENT = "sent"
    COUNTED = "counted"
    NOT_COUNTED = "not_counted"


class OwnEvent(StrEnum):
    """What is done to a member's answers; closing is done to all of them."""

    ANSWER = "answer"
    PAUSE = "pause"
    SEND = "send"
    CHANGE = "change"
    LEAVE_PANEL = "leave_panel"
    CLOSE = "close"


NOWHERE = "[*]"  # before the first state and after the last, as diagrams draw it


@dataclass(frozen=True)
class Step:
    """From a state, by what is done, to the next, by those with a permission."""

    state: str
    event: str
    next: str
    who: Permission


S, E, RUNS = State, Event, Permission.RUN_PANEL_ROUNDS
STEPS: tuple[Step, ...] = (
    Step(NOWHERE, E.OPEN, S.FIRST_OPEN, RUNS),
    Step(S.FIRST_OPEN, E.WITHDRAW_SUBJECT, S.FIRST_OPEN, RUNS),
    Step(S.FIRST_OPEN, E.CLOSE, S.FIRST_CLOSED, RUNS),
    Step(S.FIRST_CLOSED, E.WITHDRAW_SUBJECT, S.FIRST_CLOSED, RUNS),
    Step(S.FIRST_CLOSED, E.OPEN_SECOND, S.SECOND_OPEN, RUNS),
    Step(S.FIRST_CLOSED, E.FINISH, S.FINISHED, RUNS),
    Step(S.SECOND_OPEN, E.WITHDRAW_SUBJECT, S.SECOND_OPEN, RUNS),
    Step(S.SECOND_OPEN, E.CLOSE, S.SECOND_CLOSED, RUNS),
    Step(S.SECOND_CLOSED, E.FINISH, S.FINISHED, RUNS),
)

N, A, ANSWERS = OwnState, OwnEvent, Permission.ANSWER_PANEL_ROUND
OWN_STEPS: tuple[Step, ...] = (
    Step(NOWHERE, A.ANSWER, N.BEGUN, ANSWERS),
    Step(N.BEGUN, A.ANSWER, N.BEGUN, ANSWERS),
    Step(N.BEGUN, A.PAUSE, N.BEGUN, ANSWERS),
    Step(N.BEGUN, A.SEND, N.SENT, ANSWERS),
    Step(N.SENT, A.CHANGE, N.BEGUN, ANSWERS),
    Step(N.BEGUN, A.LEAVE_PANEL, NOWHERE, RUNS),
    Step(N.SENT, A.LEAVE_PANEL, N.SENT, RUNS),
    Step(N.SENT, A.CLOSE, N.COUNTED, RUNS),
    Step(N.BEGUN, A.CLOSE, N.NOT_COUNTED, RUNS),
)

FIRST, SECOND = 1, 2
OPEN_WAVES = {S.FIRST_OPEN: FIRST, S.SECOND_OPEN: SECOND}
CLOSED_WAVES = {S.FIRST_CLOSED: FIRST, S.SECOND_OPEN: FIRST, S.SECOND_CLOSED: SECOND}


def find_step(steps: Iterable[Step], state: str, event: str) -> Step | None:
    """What an event leads to from a state; None when it cannot happen there."""
    return next((one for one in steps if (one.state, one.event) == (state, event)), None)


def find_next(state: str, event: Event, *, by: Person) -> State:
    """The state a round comes to.

    Raises SurveyError not_allowed, and panel_round_moved when that cannot be done in the state it is in.
    """
    check_can_run_rounds(by=by)
    step = find_step(STEPS, state, event)
    if step is None:
        raise SurveyError("panel_round_moved")
    return State(step.next)


def can_take(state: str, event: Event, *, by: Person) -> bool:
    """Whether a person may do something to a round in the state it is in."""
    step = find_step(STEPS, state, event)
    return step is not None and can_do(step.who, by=by)
