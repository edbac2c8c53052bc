"""Are the tables of states whole, and is the documentation drawn from them?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.panel.drawing import write_diagrams
from survey.panel.states import (
    INVITATION_STEPS,
    MISSION_STEPS,
    Answer,
    Event,
    Reply,
    State,
    Step,
    find_next,
    find_reply,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "missions.md"
TABLES = [
    (MISSION_STEPS, State, Event, State.REQUESTED, {State.DECLINED, State.CANCELLED, State.TOLD}),
    (INVITATION_STEPS, Reply, Answer, Reply.WAITING, {Reply.NO, Reply.LEFT, Reply.WITHDRAWN}),
]


@pytest.mark.parametrize(("steps", "states", "events", "first", "last"), TABLES)
def test_every_state_is_reached_from_the_first_and_the_last_lead_nowhere(
    steps: Sequence[Step], states: type, events: type, first: str, last: set[str]
) -> None:
    reached, before = {first}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {one.next for one in steps if one.state in before}
    assert reached == set(states)
    assert {one.event for one in steps} == set(events)
    assert set(states) - {one.state for one in steps} == last


@pytest.mark.parametrize(("steps", "states", "events", "first", "last"), TABLES)
def test_an_event_leads_to_one_state_only(
    steps: Sequence[Step], states: type, events: type, first: str, last: set[str]
) -> None:
    pairs = [(one.state, one.event) for one in steps]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_what_is_not_in_the_table_cannot_be_done(state: State, event: Event) -> None:
    to = {(one.state, one.event): one.next for one in MISSION_STEPS}.get((state, event))
    if to is not None:
        assert find_next(state, event) == to
        return
    with pytest.raises(SurveyError) as wrong:
        find_next(state, event)
    assert wrong.value.code == "mission_state"


def test_an_answer_that_is_not_in_the_table_cannot_be_given() -> None:
    assert find_reply(Reply.YES, Answer.LEAVE) == Reply.LEFT
    with pytest.raises(SurveyError) as wrong:
        find_reply(Reply.NO, Answer.SAY_YES)
    assert wrong.value.code == "invitation_state"


def test_the_documents_diagrams_are_those_of_the_tables() -> None:
    assert write_diagrams() in DOCUMENT.read_text(encoding="utf-8")
