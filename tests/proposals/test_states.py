"""Does a proposal go only where the table says, by those who may, and does the document say the same?"""

from __future__ import annotations

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import can_do
from survey.people.roles import Person, Role
from survey.proposals.drawn import BEGIN, DOCUMENT, draw_into, draw_picture
from survey.proposals.permissions import can_act, check_can_act
from survey.proposals.policies import check_can_now
from survey.proposals.states import STEPS, Event, State, find_step
from tests.proposals.written import make

# From each state, what may be done and where it leads.
TABLE = """
draft:     write>draft propose>proposed withdraw>withdrawn
proposed:  support>proposed promise>proposed accept>accepted decline>declined \
withdraw>withdrawn take_down>withdrawn
accepted:  plan>accepted tell>accepted take_down>withdrawn
declined:  accept>accepted tell>declined take_down>withdrawn
withdrawn:
"""
ROWS = {
    row.split(":")[0]: dict(step.split(">") for step in row.split(":")[1].split())
    for row in TABLE.strip().splitlines()
}
PAIRS = [(state, event) for state in State for event in Event]
WHO = {
    Role.PANEL_MEMBER: {"write", "propose", "support", "withdraw"},
    Role.MANAGER: {"promise", "accept", "decline", "plan", "tell"},
    Role.COORDINATOR: {"take_down"},
}


def test_the_table_has_every_state() -> None:
    assert ROWS.keys() == set(State)


@pytest.mark.parametrize(("state", "event"), PAIRS)
def test_an_event_leads_where_the_table_says_and_nowhere_else(state: State, event: Event) -> None:
    step = find_step(state, event)
    assert (step.next if step else None) == ROWS[state].get(event)


def test_what_is_new_is_a_draft_and_nothing_else() -> None:
    assert [(one.event, one.next) for one in STEPS if one.state is None] == [(Event.WRITE, State.DRAFT)]


@pytest.mark.parametrize(("state", "event"), PAIRS)
def test_what_cannot_be_done_now_is_refused(on_sqlite: Installation, state: State, event: Event) -> None:
    one = make(on_sqlite, state)
    assert one.state == state
    if event in ROWS[state]:
        assert check_can_now(event, one).next == ROWS[state][event]
        return
    with pytest.raises(SurveyError) as wrong:
        check_can_now(event, one)
    assert wrong.value.code == "proposal_not_now"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("event", Event)
def test_a_role_does_what_its_line_says(role: Role, event: Event) -> None:
    may = event in WHO.get(role, set())
    assert can_act(event, by=Person(role)) is may
    if not may:
        with pytest.raises(SurveyError) as wrong:
            check_can_act(event, by=Person(role))
        assert wrong.value.code == "not_allowed"


def test_every_step_is_for_somebody() -> None:
    assert [one for one in STEPS if not any(can_do(one.who, by=Person(role)) for role in Role)] == []


def test_the_document_is_drawn_from_the_table() -> None:
    page = DOCUMENT.read_text(encoding="utf-8")
    assert BEGIN in page
    assert page == draw_into(page)
    assert "    proposed --> accepted: accept" in draw_picture()


def test_a_document_that_is_behind_would_be_seen() -> None:
    page = DOCUMENT.read_text(encoding="utf-8")
    old = page.replace("proposed --> accepted: accept", "proposed --> accepted: agree")
    assert old != page == draw_into(old)
