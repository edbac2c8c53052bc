"""May this person do this to a proposal, whatever state it is in?"""

from __future__ import annotations

from survey.errors import SurveyError
from survey.people.permissions import can_do
from survey.people.roles import Person
from survey.proposals.states import DECIDES, STEPS, Event


def can_act(event: Event, *, by: Person) -> bool:
    """Whether a person may ever do this."""
    return any(one.event is event and can_do(one.who, by=by) for one in STEPS)


def check_can_act(event: Event, *, by: Person) -> None:
    """Raises SurveyError not_allowed when the person may never do this."""
    if not can_act(event, by=by):
        raise SurveyError("not_allowed")


def is_managers(event: Event) -> bool:
    """Whether this is decided by managers, each for the area of their organisation."""
    return any(one.event is event and one.who is DECIDES for one in STEPS)


def can_support(*, by: Person) -> bool:
    """Whether a person may support: only somebody who is told from others, since each counts once."""
    return bool(by.id) and can_act(Event.SUPPORT, by=by)


def check_can_support(*, by: Person) -> None:
    """Raises SurveyError not_allowed, and support_needs_member for a role without a person."""
    check_can_act(Event.SUPPORT, by=by)
    if not can_support(by=by):
        raise SurveyError("support_needs_member")
