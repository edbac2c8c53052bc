"""Does a session open what it should, for as long as it should, and only for its browser?"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.leaving import leave_panel
from survey.panel.members import NewMember, add_member
from survey.people.accounts import Invitation, invite
from survey.people.assignments import NewAssignment, assign_role, end_assignment
from survey.people.forgetting import KEPT, forget_ended
from survey.people.organisations import NewOrganisation, add_organisation
from survey.people.roles import VISITOR, Person, Role
from survey.people.sessions import act_as, find_signed_in, sign_out
from survey.people.signing_in import Typed, sign_in
from survey.people.tries import Crowd
from tests.people.newcomers import (
    DAY,
    GOOD,
    HOUR,
    MINUTE,
    NOON,
    SOMEBODY,
    find_top,
    let_in,
    list_done,
    look,
    try_door,
)
from tests.walks import opened

IDLE, LONG = 60 * MINUTE, 12 * HOUR
COORDINATOR = Person(Role.COORDINATOR)


@pytest.mark.parametrize("token", [None, "", "x", "\x00", "å" * 3000, "\ud800", "0" * 43])
def test_a_forged_secret_opens_nothing(token: str | None, installation: Installation) -> None:
    let_in(installation)
    assert find_signed_in(installation, token, at=NOON) is None


def test_a_secret_with_one_sign_changed_opens_nothing(installation: Installation) -> None:
    mia = let_in(installation)
    other = "A" if mia.token[-2] != "A" else "B"
    assert find_signed_in(installation, f"{mia.token[:-2]}{other}{mia.token[-1]}", at=NOON) is None
    assert find_signed_in(installation, mia.token + " ", at=NOON) is None


@pytest.mark.parametrize(
    ("after", "alive"), [(IDLE - 1, True), (IDLE, False), (1 - IDLE, True), (-IDLE, False)]
)
def test_who_does_nothing_for_an_hour_or_was_seen_in_an_hour_to_come_is_out(
    after: float, alive: bool, installation: Installation
) -> None:
    mia = let_in(installation)
    assert (find_signed_in(installation, mia.token, at=NOON + after) is not None) == alive


def test_who_does_something_stays_until_the_day_is_over(installation: Installation) -> None:
    mia = let_in(installation)
    for minutes in range(0, 12 * 60, 50):
        assert find_signed_in(installation, mia.token, at=NOON + minutes * MINUTE) is not None
    assert find_signed_in(installation, mia.token, at=NOON + LONG - 1) is not None
    assert find_signed_in(installation, mia.token, at=NOON + LONG) is None


def test_a_session_survives_a_restart(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var") as first:
        mia = let_in(first)
    with opened(database_url, tmp_path / "var") as again:
        assert look(again, mia.token).person.role is Role.MANAGER


def test_a_cookie_that_was_kept_opens_nothing_after_signing_out(installation: Installation) -> None:
    mia = let_in(installation)
    other = try_door(installation, mia.address)
    sign_out(installation, look(installation, mia.token), at=NOON)
    assert find_signed_in(installation, mia.token, at=NOON) is None
    assert find_signed_in(installation, other, at=NOON) is not None


def test_signing_out_everywhere_ends_all_of_ones_sessions_and_no_others(installation: Installation) -> None:
    mia, ola = let_in(installation), let_in(installation, "ola@exempel.se")
    other = try_door(installation, mia.address)
    sign_out(installation, look(installation, other), everywhere=True, at=NOON)
    assert [find_signed_in(installation, one, at=NOON) for one in (mia.token, other)] == [None, None]
    assert look(installation, ola.token)


def test_every_sign_in_has_a_secret_of_its_own(installation: Installation) -> None:
    mia = let_in(installation)
    tokens = {mia.token, *(try_door(installation, mia.address) for _ in range(3))}
    assert len(tokens) == 4
    assert all(len(one) >= 43 for one in tokens)  # 256 bits


def test_somebody_with_two_roles_acts_in_one_with_a_new_secret(installation: Installation) -> None:
    mia = let_in(installation)
    unit = add_organisation(
        installation, NewOrganisation("Enheten", "unit", find_top(installation)), by=SOMEBODY
    )
    made = assign_role(installation, mia.id, NewAssignment(Role.COORDINATOR, unit.id), by=SOMEBODY)
    found = look(installation, mia.token)
    assert found.person == Person(Role.MANAGER, mia.id, find_top(installation))
    token = act_as(installation, found, made.id, at=NOON)
    assert look(installation, token).person == Person(Role.COORDINATOR, mia.id, unit.id)
    assert find_signed_in(installation, mia.token, at=NOON) is None
    with pytest.raises(SurveyError) as wrong:
        act_as(installation, found, made.id, at=NOON)
    assert wrong.value.code == "signed_out"


def test_nobody_acts_in_a_role_of_somebody_else(installation: Installation) -> None:
    mia, ola = let_in(installation), let_in(installation, "ola@exempel.se", Role.COORDINATOR)
    with pytest.raises(SurveyError) as wrong:
        act_as(installation, look(installation, mia.token), look(installation, ola.token).assignments[0].id)
    assert wrong.value.code == "assignment_unknown"


def test_a_role_that_is_taken_back_is_gone_at_the_next_press(installation: Installation) -> None:
    mia = let_in(installation)
    end_assignment(installation, look(installation, mia.token).assignments[0].id, by=SOMEBODY)
    found = look(installation, mia.token)
    assert (found.assignments, found.person) == ((), VISITOR)


def test_an_account_in_the_panel_is_the_member_with_its_address(installation: Installation) -> None:
    add_member(installation, NewMember("Mia Prov", "MIA@exempel.se"), by=COORDINATOR, member="a1b2")
    mia = let_in(installation, role=Role.PANEL_MEMBER)
    assert look(installation, mia.token).person == Person(Role.PANEL_MEMBER, "a1b2", find_top(installation))
    assert look(installation, mia.token).person.name == "panel_member a1b2"


def test_a_member_who_has_left_the_panel_acts_in_it_no_more(installation: Installation) -> None:
    add_member(installation, NewMember("Mia Prov", "mia@exempel.se"), by=COORDINATOR, member="a1b2")
    mia = let_in(installation, role=Role.PANEL_MEMBER)
    leave_panel(installation, "a1b2", by=COORDINATOR)
    assert look(installation, mia.token).person is VISITOR


@pytest.mark.parametrize("registered", ["", "ola@exempel.se"])
def test_nobody_is_in_the_panel_who_is_not_in_its_register(
    registered: str, installation: Installation
) -> None:
    add_member(installation, NewMember("Ola Prov", registered), by=COORDINATOR)
    first = NewAssignment(Role.PANEL_MEMBER, find_top(installation))
    with pytest.raises(SurveyError) as wrong:
        invite(installation, Invitation("mia@exempel.se", "Mia", first), by=SOMEBODY)
    assert wrong.value.code == "member_no_match"


def test_old_sessions_are_forgotten_and_living_ones_are_not(installation: Installation) -> None:
    mia = let_in(installation)
    later = NOON + 8 * DAY + KEPT
    fresh = sign_in(installation, Typed(mia.address, GOOD), at=later - 1, crowd=Crowd()).token
    assert forget_ended(installation, at=later) == 2  # a session and the invitation's link
    assert look(installation, fresh, at=later)
    assert forget_ended(installation, at=later) == 0
    assert list_done(installation)[-1].action == "old sessions forgotten"
