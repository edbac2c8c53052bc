"""Do limits begin anew where somebody says so, with a reason, and can it be taken back?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.following.rebases import (
    NewRebase,
    add_rebase,
    list_rebase_faults,
    list_rebase_histories,
    list_rebases,
    withdraw_rebase,
)
from survey.installation import Installation
from survey.people.roles import Person, Role
from tests.following.written import (
    CONTINUITY,
    COUNTY,
    LJUNGBY,
    MANAGER,
    REBASE,
    broken_log,
    find_codes,
    list_deeds,
)
from tests.walks import SURVEY


def test_new_limits_are_there_with_their_reason_in_their_area_only(installation: Installation) -> None:
    made = add_rebase(installation, REBASE, **CONTINUITY, by=MANAGER)
    assert list_rebases(installation, LJUNGBY, survey=SURVEY) == (made,)
    assert list_rebases(installation, None, survey=SURVEY) == (made,)
    assert list_rebases(installation, COUNTY, survey=SURVEY) == ()
    assert (made.month, made.reason, made.made_by) == ("2026-03", "Ny arbetsmodell sedan mars", "manager")


def test_withdrawn_limits_are_gone_but_not_forgotten(installation: Installation) -> None:
    made = add_rebase(installation, REBASE, **CONTINUITY, by=MANAGER)
    withdraw_rebase(installation, made.id, reason="Fel månad", based_on=1, by=MANAGER)
    assert list_rebases(installation, LJUNGBY, survey=SURVEY) == ()
    kept = list_rebase_histories(installation, LJUNGBY, SURVEY)
    assert [[(one.state, one.reason) for one in some] for some in kept] == [
        [("stands", "Ny arbetsmodell sedan mars"), ("withdrawn", "Fel månad")]
    ]
    assert list_deeds(installation) == [("limits restored", "manager", 2), ("limits restarted", "manager", 1)]
    assert find_codes(withdraw_rebase, installation, made.id, reason="Igen", based_on=2, by=MANAGER) == [
        "follow_over"
    ]
    add_rebase(installation, REBASE, **CONTINUITY, by=MANAGER)


def test_limits_begin_anew_once_in_a_month(installation: Installation) -> None:
    add_rebase(installation, REBASE, **CONTINUITY, by=MANAGER)
    assert find_codes(add_rebase, installation, REBASE, **CONTINUITY, by=MANAGER) == ["rebase_exists"]
    later = add_rebase(installation, replace(REBASE, month="2026-06"), **CONTINUITY, by=MANAGER)
    assert list_rebases(installation, LJUNGBY, survey=SURVEY)[-1] == later


def test_of_two_who_withdraw_the_second_is_told(installation: Installation) -> None:
    made = add_rebase(installation, REBASE, **CONTINUITY, by=MANAGER)
    withdraw_rebase(installation, made.id, reason="Fel månad", based_on=1, by=MANAGER)
    codes = find_codes(withdraw_rebase, installation, made.id, reason="Fel", based_on=1, by=MANAGER)
    assert codes == ["follow_changed_meanwhile"]


def test_nothing_is_kept_without_its_audit_event(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with broken_log(monkeypatch):
        add_rebase(installation, REBASE, **CONTINUITY, by=MANAGER)
    assert list_rebases(installation, LJUNGBY, survey=SURVEY) == ()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_managers_let_limits_begin_anew(on_sqlite: Installation, role: Role) -> None:
    made = add_rebase(on_sqlite, REBASE, **CONTINUITY, by=MANAGER)
    by = Person(role)
    assert find_codes(add_rebase, on_sqlite, REBASE, **CONTINUITY, by=by) == ["not_allowed"]
    assert find_codes(withdraw_rebase, on_sqlite, made.id, reason="x", based_on=1, by=by) == ["not_allowed"]


WRONG = {
    "nothing is wrong": (REBASE, []),
    "this month": (replace(REBASE, month="2026-09"), []),
    "next month": (replace(REBASE, month="2026-10"), ["rebase_not_yet"]),
    "a slip of the pen": (replace(REBASE, month="2206-03"), ["follow_month_far"]),
    "everything at once": (NewRebase("", ""), ["rebase_month_wrong", "rebase_reason_missing"]),
    "too long a reason": (replace(REBASE, reason="b" * 301), ["rebase_reason_long"]),
}


@pytest.mark.parametrize(("new", "codes"), WRONG.values(), ids=WRONG.keys())
def test_everything_that_is_wrong_is_told_at_once(
    on_sqlite: Installation, new: NewRebase, codes: list[str]
) -> None:
    assert [fault.code for fault in list_rebase_faults(on_sqlite, new)] == codes


def test_where_limits_begin_anew_must_be_known(on_sqlite: Installation) -> None:
    where = {"survey": SURVEY, "area": "9999", "dimension": "mod"}
    codes = ["area_unknown", "follow_dimension_unknown", "rebase_reason_missing"]
    assert find_codes(add_rebase, on_sqlite, replace(REBASE, reason=""), **where, by=MANAGER) == codes
