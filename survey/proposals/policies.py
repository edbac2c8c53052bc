"""May this be done to a proposal now?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from survey.errors import SurveyError
from survey.proposals.states import DECIDED, Event, State, Step, find_step
from survey.store.proposals import Proposal

ANSWER_DAYS = 60  # days until a decision is promised; a manager may promise another day, with a reason
MOST_ANSWER_DAYS = 366  # that may be promised


def check_can_now(event: Event, newest: Proposal) -> Step:
    """The step that an event makes of a proposal. Raises SurveyError proposal_not_now."""
    step = find_step(newest.state, event)
    if step is None:
        raise SurveyError("proposal_not_now")
    return step


def check_based(event: Event, versions: Sequence[Proposal], based_on: int) -> Proposal:
    """The newest version, which must be the one that the person read.

    Raises SurveyError proposal_unknown, proposal_decided_meanwhile when somebody else was first to decide,
    proposal_changed_meanwhile when something else was done, and proposal_not_now.
    """
    if not versions:
        raise SurveyError("proposal_unknown")
    newest = versions[-1]
    if newest.version != based_on:
        was_decided = newest.state in DECIDED
        raise SurveyError("proposal_decided_meanwhile" if was_decided else "proposal_changed_meanwhile")
    check_can_now(event, newest)
    return newest


def promise_answer(today: date) -> date:
    """The day by which a proposal that is put forward today is promised a decision."""
    return today + timedelta(days=ANSWER_DAYS)


def find_first_promise(versions: Sequence[Proposal]) -> date | None:
    """The day that was promised first, None when nothing has been."""
    return next((one.answer_by for one in versions if one.answer_by is not None), None)


def is_late(proposal: Proposal, today: date) -> bool:
    """Whether a decision is waited for after its promised day, or came after it."""
    if proposal.answer_by is None:
        return False
    decided = proposal.made if proposal.state in DECIDED else today
    return proposal.state in {State.PROPOSED, *DECIDED} and decided > proposal.answer_by
