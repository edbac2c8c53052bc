"""Is a proposal kept as it was written, with what it was before, and is everything wrong told at once?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from survey.installation import Installation
from survey.people.roles import VISITOR, Person, Role
from survey.proposals.faults import NewProposal, list_proposal_faults
from survey.proposals.policies import ANSWER_DAYS
from survey.proposals.rating import list_to_rate
from survey.proposals.states import State
from survey.proposals.visibility import can_see, find_history, list_proposals
from survey.proposals.writing import (
    put_forward,
    rewrite_proposal,
    take_down,
    withdraw_proposal,
    write_proposal,
)
from tests.following.written import broken_log, find_codes
from tests.proposals.written import (
    AT,
    COORDINATOR,
    COUNTY,
    LJUNGBY,
    MANAGER,
    MARKARYD,
    MEMBER,
    NEW,
    OTHER,
    draft,
    list_deeds,
    make,
    propose,
)
from tests.walks import SURVEY


def test_a_proposal_is_there_as_it_was_written(installation: Installation) -> None:
    new = replace(NEW, title=" En  fast ", theme="continuity", framework="kronoberg", item="L01")
    made = draft(installation, new)
    assert list_proposals(installation, LJUNGBY, viewer=MEMBER) == (made,)
    assert (made.title, made.state, made.event, made.answer_by) == ("En fast", "draft", "write", None)
    assert (made.theme, made.framework, made.item) == ("continuity", "kronoberg", "L01")
    assert (made.made, made.made_by) == (date(2026, 9, 10), "panel_member anka")
    assert list_deeds(installation) == [("proposal written", "panel_member anka")]


def test_any_member_goes_on_with_a_draft(installation: Installation) -> None:
    one = draft(installation)
    two = rewrite_proposal(installation, one, replace(NEW, title="Två"), based_on=1, by=OTHER)
    assert find_history(installation, one.id, viewer=MEMBER) == (one, two)
    assert (two.version, two.title, two.made_by) == (2, "Två", "panel_member bo")


def test_of_two_who_write_a_draft_anew_the_second_is_told(installation: Installation) -> None:
    one = draft(installation)
    rewrite_proposal(installation, one, replace(NEW, title="Ett"), based_on=1, by=MEMBER)
    new = replace(NEW, title="Två")
    assert find_codes(rewrite_proposal, installation, one, new, based_on=1, by=OTHER) == [
        "proposal_changed_meanwhile"
    ]


def test_an_answer_is_promised_within_sixty_days_of_putting_it_forward(installation: Installation) -> None:
    one = propose(installation)
    assert (one.state, one.answer_by) == ("proposed", date(2026, 11, 9))
    assert (one.answer_by - one.made).days == ANSWER_DAYS == 60  # type: ignore[operator]


def test_what_was_put_forward_is_not_written_anew(on_sqlite: Installation) -> None:
    one = propose(on_sqlite)
    assert find_codes(rewrite_proposal, on_sqlite, one, NEW, based_on=2, by=MEMBER) == ["proposal_not_now"]


def test_nothing_is_kept_without_its_audit_event(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with broken_log(monkeypatch):
        draft(installation)
    assert list_proposals(installation, LJUNGBY, viewer=MEMBER) == ()
    one = draft(installation)
    with broken_log(monkeypatch):
        put_forward(installation, one.id, based_on=1, by=MEMBER)
    assert list_proposals(installation, LJUNGBY, viewer=MEMBER) == (one,)


def test_a_proposal_is_withdrawn_with_a_reason(installation: Installation) -> None:
    one = propose(installation)
    known = {"based_on": one.version, "by": MEMBER}
    assert find_codes(withdraw_proposal, installation, one.id, reason=" ", **known) == [
        "proposal_reason_missing"
    ]
    gone = withdraw_proposal(installation, one.id, reason="Finns redan", **known)
    assert (gone.state, gone.reason) == ("withdrawn", "Finns redan")


@pytest.mark.parametrize("state", [State.PROPOSED, State.ACCEPTED, State.DECLINED])
def test_a_coordinator_takes_down_what_should_not_be_read(on_sqlite: Installation, state: State) -> None:
    one = make(on_sqlite, state)
    gone = take_down(on_sqlite, one.id, reason="Ett namn", based_on=one.version, by=COORDINATOR)
    assert gone.state == State.WITHDRAWN
    assert list_proposals(on_sqlite, LJUNGBY, viewer=MANAGER) == ()
    assert find_codes(find_history, on_sqlite, one.id, viewer=MANAGER) == ["proposal_unknown"]


# Who reads a proposal in each state: visitor, member, manager, coordinator, strategy owner.
SEEN = {
    State.DRAFT: {Role.PANEL_MEMBER},
    State.PROPOSED: {Role.PANEL_MEMBER, Role.MANAGER, Role.COORDINATOR, Role.STRATEGY_OWNER},
    State.ACCEPTED: set(Role),
    State.DECLINED: set(Role),
    State.WITHDRAWN: {Role.PANEL_MEMBER, Role.COORDINATOR},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_who_reads_what(on_sqlite: Installation, state: State, role: Role) -> None:
    assert can_see(make(on_sqlite, state), viewer=Person(role)) is (role in SEEN[state])


def test_a_visitor_lists_no_proposals(on_sqlite: Installation) -> None:
    one = make(on_sqlite, State.PROPOSED)
    assert find_codes(list_proposals, on_sqlite, LJUNGBY, viewer=VISITOR) == ["not_allowed"]
    assert find_codes(find_history, on_sqlite, one.id, viewer=VISITOR) == ["not_allowed"]


def test_a_municipality_has_its_countys_too_but_not_its_neighbours(on_sqlite: Installation) -> None:
    own, county = propose(on_sqlite), propose(on_sqlite, area=COUNTY)
    propose(on_sqlite, area=MARKARYD)
    assert set(list_proposals(on_sqlite, LJUNGBY, viewer=MANAGER)) == {own, county}
    assert list_proposals(on_sqlite, COUNTY, viewer=MANAGER) == (county,)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PANEL_MEMBER])
def test_only_the_panel_writes(on_sqlite: Installation, role: Role) -> None:
    assert find_codes(write_proposal, on_sqlite, NEW, **AT, by=Person(role)) == ["not_allowed"]


WRONG = {
    "nothing is wrong": (NEW, []),
    "the longest title and text": (replace(NEW, title="b" * 80, text="b" * 1_000), []),
    "one too many": (
        replace(NEW, title="b" * 81, text="b" * 1_001),
        ["proposal_title_long", "proposal_text_long"],
    ),
    "a hundred thousand": (replace(NEW, text="b c" * 33_334), ["proposal_text_long"]),
    "HTML is text": (replace(NEW, text="<script>alert(1)</script>"), []),
    "an address": (replace(NEW, text="Skriv till anna@exempel.se"), ["follow_personal"]),
    "a theme that is none": (replace(NEW, theme="vädret"), ["theme_unknown"]),
    "a promise that is none": (replace(NEW, framework="kronoberg", item="L99"), ["proposal_promise_unknown"]),
    "a promise whose text is not known": (
        replace(NEW, framework="kronoberg", item="L09"),
        ["proposal_promise_unknown"],
    ),
    "half a promise": (replace(NEW, item="L01"), ["proposal_promise_unknown"]),
    "six quotes": (replace(NEW, quotes=(b"1",) * 6), ["proposal_quotes_many"]),
    "everything at once": (
        NewProposal("", "", "mod", theme="x", item="L01"),
        [
            "follow_dimension_unknown",
            "proposal_title_missing",
            "proposal_text_missing",
            "theme_unknown",
            "proposal_promise_unknown",
        ],
    ),
}


@pytest.mark.parametrize(("new", "codes"), WRONG.values(), ids=WRONG.keys())
def test_everything_that_is_wrong_is_told_at_once(
    on_sqlite: Installation, new: NewProposal, codes: list[str]
) -> None:
    found = list_proposal_faults(on_sqlite, new, survey=SURVEY, area=LJUNGBY, by=MEMBER)
    assert [one.code for one in found] == codes


def test_a_place_that_is_none_is_refused_and_one_without_figures_is_not(on_sqlite: Installation) -> None:
    assert find_codes(draft, on_sqlite, area="9999") == ["area_unknown"]
    assert draft(on_sqlite, area=MARKARYD).area == MARKARYD


def test_what_can_be_rated_waits_for_an_answer_the_oldest_first(on_sqlite: Installation) -> None:
    for state in State:
        make(on_sqlite, state)
    later = replace(on_sqlite, today=lambda: date(2026, 9, 11))
    young = propose(later, area=MARKARYD)
    found = list_to_rate(on_sqlite, by=MEMBER)
    assert [one.state for one in found] == [State.PROPOSED, State.PROPOSED]
    assert found[-1] == young
    assert list_to_rate(on_sqlite, by=MEMBER, area=MARKARYD) == (young,)
    assert find_codes(list_to_rate, on_sqlite, by=VISITOR) == ["not_allowed"]
