"""Does each member's support count once, can it be taken back, and is the number frozen by the decision?"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.proposals.decide import decide
from survey.proposals.states import Event, State
from survey.proposals.support import Support, find_support, forget_member, give_support, take_support_back
from survey.proposals.visibility import find_history
from survey.proposals.writing import rewrite_proposal
from survey.store.proposals import Proposal
from tests.following.written import broken_log, find_codes
from tests.proposals.written import MANAGER, MEMBER, NEW, OTHER, REASON, draft, list_deeds, make, propose


def find(installation: Installation, one: Proposal, viewer: Person = MEMBER) -> Support:
    return find_support(installation, [one], viewer=viewer)[one.id]


def test_a_member_counts_once_and_can_take_it_back(installation: Installation) -> None:
    one = propose(installation)
    for by in (MEMBER, MEMBER, OTHER):
        give_support(installation, one.id, by=by)
    assert find(installation, one) == Support(2, is_mine=True)
    assert find(installation, one, MANAGER) == Support(2, is_mine=False)
    for _ in range(2):
        take_support_back(installation, one.id, by=MEMBER)
    assert find(installation, one) == Support(1, is_mine=False)
    assert [deed for deed, _ in list_deeds(installation)][:3] == [
        "support taken back",
        "proposal supported",
        "proposal supported",
    ]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=some.lists(some.tuples(some.sampled_from("abc"), some.booleans()), max_size=8))
def test_those_who_support_are_those_who_said_so_last(
    on_sqlite: Installation, steps: list[tuple[str, bool]]
) -> None:
    one = propose(on_sqlite)
    for member, gives in steps:
        act = give_support if gives else take_support_back
        act(on_sqlite, one.id, by=Person(Role.PANEL_MEMBER, member))
    assert find(on_sqlite, one).number == list(dict(steps).values()).count(True)


def test_support_is_not_kept_without_its_audit_event(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = propose(installation)
    with broken_log(monkeypatch):
        give_support(installation, one.id, by=MEMBER)
    assert find(installation, one).number == 0


@pytest.mark.parametrize("state", [one for one in State if one is not State.PROPOSED])
def test_only_what_waits_for_an_answer_is_supported(on_sqlite: Installation, state: State) -> None:
    one = make(on_sqlite, state)
    for act in (give_support, take_support_back):
        assert find_codes(act, on_sqlite, one.id, by=MEMBER) == ["proposal_not_now"]


@pytest.mark.parametrize(
    ("by", "code"),
    [(Person(Role.PANEL_MEMBER), "support_needs_member"), (Person(Role.MANAGER, "anka"), "not_allowed")],
)
def test_only_a_member_told_from_others_supports(on_sqlite: Installation, by: Person, code: str) -> None:
    one = propose(on_sqlite)
    assert find_codes(give_support, on_sqlite, one.id, by=by) == [code]


def test_a_proposal_that_is_none_is_not_supported(on_sqlite: Installation) -> None:
    assert find_codes(give_support, on_sqlite, "0" * 16, by=MEMBER) == ["proposal_unknown"]


def test_a_member_who_leaves_is_forgotten_but_in_what_was_decided(installation: Installation) -> None:
    waits, decided = propose(installation), propose(installation)
    for one in (waits, decided):
        give_support(installation, one.id, by=MEMBER)
        give_support(installation, one.id, by=OTHER)
    decided = decide(installation, decided.id, Event.ACCEPT, reason=REASON, based_on=2, by=MANAGER)
    with installation.database.write() as connection:
        assert forget_member(connection, MEMBER.id, by=MANAGER.name) == 2
        assert forget_member(connection, MEMBER.id, by=MANAGER.name) == 0
    assert find(installation, waits, OTHER) == Support(1, is_mine=True)
    assert find(installation, decided, OTHER).number == 2


def test_what_a_member_who_left_began_another_goes_on_with(installation: Installation) -> None:
    one = draft(installation)
    with installation.database.write() as connection:
        forget_member(connection, MEMBER.id, by=MANAGER.name)
    rewrite_proposal(installation, one, NEW, based_on=1, by=OTHER)
    assert len(find_history(installation, one.id, viewer=OTHER)) == 2
