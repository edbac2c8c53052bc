"""Is a decision made once, with a reason, within its promised time, and is a late one seen?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.proposals.decide import decide, find_decision, promise_another_day
from survey.proposals.policies import find_first_promise, is_late
from survey.proposals.states import Event, State
from survey.proposals.visibility import find_history
from tests.following.written import broken_log, find_codes
from tests.proposals.written import (
    MANAGER,
    REASON,
    list_deeds,
    make,
    propose,
)

DECISIONS = [(Event.ACCEPT, State.ACCEPTED), (Event.DECLINE, State.DECLINED)]


@pytest.mark.parametrize(("event", "state"), DECISIONS)
def test_a_decision_is_there_with_its_reason(installation: Installation, event: Event, state: State) -> None:
    one = propose(installation)
    made = decide(installation, one.id, event, reason=f" {REASON} ", based_on=2, by=MANAGER)
    assert (made.state, made.reason, made.made_by, made.supporters) == (state, REASON, "manager", 0)
    assert find_decision(find_history(installation, one.id, viewer=MANAGER)) == made
    assert list_deeds(installation)[0] == (f"proposal {state}", "manager")


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("", "proposal_reason_missing"),
        ("b" * 601, "proposal_reason_long"),
        ("Ring 070-123 45 67", "follow_personal"),
    ],
)
def test_a_reason_is_needed_short_and_without_personal_data(
    on_sqlite: Installation, reason: str, code: str
) -> None:
    one = propose(on_sqlite)
    known = {"based_on": 2, "by": MANAGER}
    assert find_codes(decide, on_sqlite, one.id, Event.ACCEPT, reason=reason, **known) == [code]
    assert find_history(on_sqlite, one.id, viewer=MANAGER)[-1].state == State.PROPOSED


@pytest.mark.parametrize(("first", "second"), [(a, b) for a, _ in DECISIONS for b, _ in DECISIONS])
def test_of_two_who_decide_the_second_is_told_and_nothing_is_lost(
    installation: Installation, first: Event, second: Event
) -> None:
    one = propose(installation)
    made = decide(installation, one.id, first, reason=REASON, based_on=2, by=MANAGER)
    known = {"reason": "Nej", "based_on": 2, "by": MANAGER}
    assert find_codes(decide, installation, one.id, second, **known) == ["proposal_decided_meanwhile"]
    assert find_history(installation, one.id, viewer=MANAGER)[-1] == made


def test_of_four_who_decide_at_once_one_does(installation: Installation) -> None:
    one = propose(installation)

    def act(event: Event) -> str:
        try:
            return decide(installation, one.id, event, reason=REASON, based_on=2, by=MANAGER).state
        except SurveyError as wrong:
            return wrong.code

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(act, [Event.ACCEPT, Event.DECLINE] * 2))
    assert said.count("proposal_decided_meanwhile") == 3
    assert set(said) - {"proposal_decided_meanwhile"} <= {"accepted", "declined"}
    assert len(find_history(installation, one.id, viewer=MANAGER)) == 3


def test_a_decision_is_not_kept_without_its_audit_event(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = propose(installation)
    with broken_log(monkeypatch):
        decide(installation, one.id, Event.ACCEPT, reason=REASON, based_on=2, by=MANAGER)
    assert find_history(installation, one.id, viewer=MANAGER)[-1] == one


def test_what_was_declined_can_be_accepted_later_and_not_the_other_way(on_sqlite: Installation) -> None:
    one = make(on_sqlite, State.DECLINED)
    made = decide(on_sqlite, one.id, Event.ACCEPT, reason="Nu går det", based_on=3, by=MANAGER)
    assert made.state == State.ACCEPTED
    known = {"reason": "Nej", "based_on": 4, "by": MANAGER}
    assert find_codes(decide, on_sqlite, one.id, Event.DECLINE, **known) == ["proposal_not_now"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_managers_decide(on_sqlite: Installation, role: Role) -> None:
    one = propose(on_sqlite)
    known = {"reason": REASON, "based_on": 2, "by": Person(role)}
    assert find_codes(decide, on_sqlite, one.id, Event.ACCEPT, **known) == ["not_allowed"]


@pytest.mark.parametrize("event", [one for one in Event if one not in (Event.ACCEPT, Event.DECLINE)])
def test_nothing_else_is_a_decision(on_sqlite: Installation, event: Event) -> None:
    one = propose(on_sqlite)
    known = {"reason": REASON, "based_on": 2, "by": MANAGER}
    assert find_codes(decide, on_sqlite, one.id, event, **known) == ["proposal_not_now"]


# The promised day is 9 November 2026: until and with it an answer is in time.
@pytest.mark.parametrize(
    ("day", "late"), [(date(2026, 11, 8), False), (date(2026, 11, 9), False), (date(2026, 11, 10), True)]
)
def test_a_late_answer_is_seen_before_and_after_it_comes(
    on_sqlite: Installation, day: date, late: bool
) -> None:
    one = propose(on_sqlite)
    assert is_late(one, day) is late
    on_the_day = replace(on_sqlite, today=lambda: day)
    made = decide(on_the_day, one.id, Event.DECLINE, reason=REASON, based_on=2, by=MANAGER)
    assert is_late(made, date(2027, 6, 1)) is late


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_what_nobody_waits_for_is_never_late(on_sqlite: Installation, state: State) -> None:
    assert not is_late(make(on_sqlite, state), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-09-10", []),
        ("2027-09-11", []),
        ("2026-09-09", ["proposal_day_past"]),
        ("2027-09-12", ["proposal_day_far"]),
        ("i höst", ["proposal_day_wrong"]),
        ("", ["proposal_day_wrong"]),
    ],
)
def test_another_day_is_promised_if_it_is_to_come_within_a_year(
    on_sqlite: Installation, day: str, codes: list[str]
) -> None:
    one = propose(on_sqlite)
    known = {"day": day, "reason": "Nämnden möts då", "based_on": 2, "by": MANAGER}
    if codes:
        assert find_codes(promise_another_day, on_sqlite, one.id, **known) == codes
        return
    made = promise_another_day(on_sqlite, one.id, **known)
    assert (str(made.answer_by), made.reason, made.state) == (day, "Nämnden möts då", State.PROPOSED)
    versions = find_history(on_sqlite, one.id, viewer=MANAGER)
    assert find_first_promise(versions) == date(2026, 11, 9)


def test_another_day_needs_a_reason(on_sqlite: Installation) -> None:
    one = propose(on_sqlite)
    known = {"day": "2026-09-09", "reason": "", "based_on": 2, "by": MANAGER}
    assert find_codes(promise_another_day, on_sqlite, one.id, **known) == [
        "proposal_day_past",
        "proposal_reason_missing",
    ]
