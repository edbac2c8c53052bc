"""How does the panel write a proposal, put it forward and withdraw it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from survey.following.faults import check_faults, join_lines
from survey.installation import Installation
from survey.people.roles import Person
from survey.proposals.faults import NewProposal, list_proposal_faults, list_reason_faults
from survey.proposals.permissions import check_can_act
from survey.proposals.policies import promise_answer
from survey.proposals.quotes import keep_quotes
from survey.proposals.states import Event, State
from survey.proposals.versions import FIRST, JOB, add_next, make_id, write
from survey.store import proposals
from survey.store.database import Connection, claim_job
from survey.store.proposals import Proposal


def write_proposal(
    installation: Installation,
    new: NewProposal,
    *,
    survey: str,
    area: str,
    by: Person,
    also: Callable[[Connection, Proposal], None] = lambda _connection, _made: None,
) -> Proposal:
    """Keep a draft of a proposal; only the panel sees it. `also` is done in the same transaction.

    Raises SurveyError not_allowed, FollowingError with everything that is wrong, proposal_quote_gone and
    proposal_quote_taken.
    """
    check_can_act(Event.WRITE, by=by)
    check_faults(list_proposal_faults(installation, new, survey=survey, area=area, by=by))
    day = installation.today()
    blank = Proposal(
        make_id(),
        FIRST,
        survey,
        area,
        "",
        "",
        "",
        "",
        "",
        "",
        State.DRAFT,
        Event.WRITE,
        "",
        None,
        None,
        day,
        by.name,
    )
    made = fill_in(blank, new)
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        also(connection, made)
        keep_quotes(connection, installation, made, new.quotes)
        write(connection, made, by=by)
    return made


def fill_in(blank: Proposal, new: NewProposal) -> Proposal:
    """The proposal as it was written, which has been checked."""
    return replace(
        blank,
        title=join_lines(new.title),
        text=join_lines(new.text),
        dimension=new.dimension,
        framework=new.framework,
        item=new.item,
        theme=new.theme,
    )


def rewrite_proposal(
    installation: Installation, old: Proposal, new: NewProposal, *, based_on: int, by: Person
) -> Proposal:
    """Write a draft anew, whoever of the panel began it.

    Raises SurveyError as `write_proposal` and `versions.add_next`.
    """
    check_can_act(Event.WRITE, by=by)
    check_faults(list_proposal_faults(installation, new, survey=old.survey, area=old.area, by=by))

    def change(connection: Connection, now: Proposal) -> Proposal:
        made = fill_in(now, new)
        keep_quotes(connection, installation, made, new.quotes)
        return made

    return add_next(installation, old.id, Event.WRITE, based_on=based_on, by=by, change=change)


def put_forward(installation: Installation, proposal_id: str, *, based_on: int, by: Person) -> Proposal:
    """Put a draft forward: from now on members can support it, and a decision is promised within 60 days.

    Raises SurveyError as `versions.add_next`.
    """

    def change(_connection: Connection, now: Proposal) -> Proposal:
        return replace(now, answer_by=promise_answer(installation.today()))

    return add_next(installation, proposal_id, Event.PROPOSE, based_on=based_on, by=by, change=change)


def withdraw_proposal(
    installation: Installation, proposal_id: str, *, reason: str, based_on: int, by: Person
) -> Proposal:
    """Withdraw a draft, or what was put forward and not decided; the comments behind it are let go.

    Raises FollowingError for the reason, and SurveyError as `versions.add_next`.
    """
    return end_proposal(installation, proposal_id, Event.WITHDRAW, reason=reason, based_on=based_on, by=by)


def take_down(
    installation: Installation, proposal_id: str, *, reason: str, based_on: int, by: Person
) -> Proposal:
    """Take a proposal that should not be read away from everybody but the panel, in whatever state it is.

    Raises FollowingError for the reason, and SurveyError as `versions.add_next`.
    """
    return end_proposal(installation, proposal_id, Event.TAKE_DOWN, reason=reason, based_on=based_on, by=by)


def end_proposal(
    installation: Installation, proposal_id: str, event: Event, *, reason: str, based_on: int, by: Person
) -> Proposal:
    check_can_act(event, by=by)
    check_faults(list_reason_faults(reason))

    def change(connection: Connection, now: Proposal) -> Proposal:
        proposals.replace_quotes(connection, proposal_id, ())
        return replace(now, reason=join_lines(reason))

    return add_next(installation, proposal_id, event, based_on=based_on, by=by, change=change)
