"""How does a manager promise an answer, and accept or decline a proposal with a reason everybody can read?"""

from __future__ import annotations

from dataclasses import replace

from survey.errors import SurveyError
from survey.following.faults import check_faults, join_lines
from survey.installation import Installation
from survey.people.roles import Person
from survey.proposals.faults import list_date_faults, list_reason_faults, read_day
from survey.proposals.permissions import check_can_act
from survey.proposals.states import DECIDED, Event
from survey.proposals.versions import add_next
from survey.store import proposals
from survey.store.database import Connection
from survey.store.proposals import Proposal


def promise_another_day(
    installation: Installation, proposal_id: str, *, day: str, reason: str, based_on: int, by: Person
) -> Proposal:
    """Promise a decision by another day (2026-11-21), with a reason; the first day stays in the history.

    Raises SurveyError not_allowed, FollowingError with everything that is wrong, and as `versions.add_next`.
    """
    check_can_act(Event.PROMISE, by=by)
    check_faults([*list_date_faults(day, today=installation.today()), *list_reason_faults(reason)])

    def change(_connection: Connection, now: Proposal) -> Proposal:
        return replace(now, answer_by=read_day(day), reason=join_lines(reason))

    return add_next(installation, proposal_id, Event.PROMISE, based_on=based_on, by=by, change=change)


def decide(
    installation: Installation, proposal_id: str, event: Event, *, reason: str, based_on: int, by: Person
) -> Proposal:
    """Accept or decline a proposal; from now on everybody can read of it. How many support it is frozen.

    What was declined may be accepted later. Raises SurveyError not_allowed, FollowingError for the reason,
    proposal_decided_meanwhile when another was first, and as `versions.add_next`.
    """
    if event not in (Event.ACCEPT, Event.DECLINE):
        raise SurveyError("proposal_not_now")
    check_can_act(event, by=by)
    check_faults(list_reason_faults(reason))

    def change(connection: Connection, now: Proposal) -> Proposal:
        supporters = now.supporters
        if supporters is None:
            supporters = proposals.count_support(connection, [proposal_id]).get(proposal_id, 0)
        return replace(now, reason=join_lines(reason), supporters=supporters)

    return add_next(installation, proposal_id, event, based_on=based_on, by=by, change=change)


def find_decision(versions: tuple[Proposal, ...]) -> Proposal | None:
    """The version in which a proposal was decided last, None when it has not been."""
    return next((one for one in reversed(versions) if one.state in DECIDED), None)
