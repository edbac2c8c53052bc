"""Who is invited, by whom, and does a link let exactly one person in once?"""

from __future__ import annotations

import pytest
from sqlalchemy import text

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.accounts import Invitation, has_administrator, invite, invite_again
from survey.people.assignments import NewAssignment, assign_role, end_assignment
from survey.people.ending import close_account, forget_account, sign_out_everywhere, take_second_step
from survey.people.faults import PeopleError
from survey.people.people import find_display_name, list_people
from survey.people.roles import Person, Role
from survey.people.sessions import find_signed_in
from survey.people.signing_in import choose_password
from survey.people.states import STEPS, Event, State, find_step
from tests.people.newcomers import (
    DAY,
    GOOD,
    HOUR,
    NOON,
    OTHER,
    SOMEBODY,
    find_top,
    let_administrator_in,
    let_in,
    list_done,
    look,
    try_door,
)
from tests.processes import reopen, run_together


def find_seen(installation: Installation, account: str):  # type: ignore[no-untyped-def]
    return next(one for one in list_people(installation, viewer=SOMEBODY) if one.account.id == account)


def refuse(code: str, deed, *given, **named) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SurveyError) as wrong:
        deed(*given, **named)
    assert wrong.value.code == code


def test_somebody_invited_chooses_a_password_and_is_in(installation: Installation) -> None:
    mia = let_in(installation, "Mia@Exempel.se")
    assert look(installation, mia.token).person == Person(Role.MANAGER, mia.id, find_top(installation))
    assert try_door(installation, "mia@exempel.SE")


def test_nothing_of_a_person_can_be_read_in_the_database_or_the_log(installation: Installation) -> None:
    mia = let_in(installation, "mia.provsson@exempel.se", name="Mia Provsson")
    with installation.database.read() as connection:
        rows = [
            str(row)
            for table in ("account", "audit", "session", "account_link", "assignment", "sign_in_try")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    said = "\n".join(rows).casefold()
    assert mia.id in said
    for secret in ("provsson", "exempel.se", "mia", mia.token.casefold(), GOOD):
        assert secret not in said


def test_every_change_is_in_the_log_with_who_did_it(installation: Installation) -> None:
    mia = let_in(installation)
    sign_out_everywhere(installation, mia.id, by=SOMEBODY)
    told = [(one.actor, one.action) for one in list_done(installation) if one.subject == mia.id]
    assert told == [
        ("administrator f00d", "account invited"),
        ("administrator f00d", "role given"),
        (f"account {mia.id}", "password chosen"),
        (f"account {mia.id}", "signed in"),
        ("administrator f00d", "signed out everywhere"),
    ]


@pytest.mark.parametrize(
    ("typed", "name", "codes"),
    [
        ("", "Mia", ["address_wrong"]),
        ("mia", "", ["address_wrong", "person_name_missing"]),
        ("mia@exempel.se", "\u202e\u200b", ["person_name_missing"]),
        ("mia@exempel.se", "x" * 81, ["name_long"]),
        ("mi\u0430@exempel.se", "Mia", ["address_wrong"]),  # a Cyrillic a
        ("mia@exempel.se\r\nBcc: x@y.se", "Mia", ["address_wrong"]),
        ("mia@\u202eexempel.se", "Mia", ["address_wrong"]),
    ],
)
def test_everything_that_is_wrong_is_told_at_once(
    typed: str, name: str, codes: list[str], installation: Installation
) -> None:
    first = NewAssignment(Role.MANAGER, find_top(installation))
    with pytest.raises(PeopleError) as wrong:
        invite(installation, Invitation(typed, name, first), by=SOMEBODY)
    assert [one.code for one in wrong.value.faults] == codes
    assert list_people(installation, viewer=SOMEBODY) == ()


def test_a_domain_in_swedish_is_one_address_however_it_is_typed(
    installation: Installation,
) -> None:
    let_in(installation, "mia@växjö.example")
    assert try_door(installation, "mia@xn--vxj-qla6g.example")


def test_an_address_has_one_account(installation: Installation) -> None:
    let_in(installation)
    first = NewAssignment(Role.COORDINATOR, find_top(installation))
    refuse(
        "account_exists", invite, installation, Invitation("MIA@exempel.se", "En annan", first), by=SOMEBODY
    )


def test_two_who_invite_the_same_at_once_make_one_account(installation: Installation) -> None:
    first = NewAssignment(Role.MANAGER, find_top(installation))
    installation.database.close()

    def ask() -> str:
        return invite(
            reopen(installation), Invitation("mia@exempel.se", "Mia", first), by=SOMEBODY
        ).account.id

    outcomes = run_together(ask, ask)
    assert sorted(one.error for one in outcomes) == ["", "account_exists"]
    assert len(list_people(reopen(installation), viewer=SOMEBODY)) == 1


@pytest.mark.parametrize(("after", "works"), [(7 * DAY - 1, True), (7 * DAY, False)])
def test_an_invitation_works_for_seven_days(after: float, works: bool, installation: Installation) -> None:
    first = NewAssignment(Role.MANAGER, find_top(installation))
    invited = invite(installation, Invitation("mia@exempel.se", "Mia", first), by=SOMEBODY, at=NOON)
    if works:
        choose_password(installation, invited.token, GOOD, at=NOON + after)
    else:
        refuse("link_old", choose_password, installation, invited.token, GOOD, at=NOON + after)


def test_a_link_works_once_also_for_two_at_the_same_moment(installation: Installation) -> None:
    first = NewAssignment(Role.MANAGER, find_top(installation))
    token = invite(installation, Invitation("mia@exempel.se", "Mia", first), by=SOMEBODY, at=NOON).token
    installation.database.close()

    def choose() -> bool:
        return bool(choose_password(reopen(installation), token, GOOD, at=NOON))

    outcomes = run_together(choose, choose, choose)
    assert sorted(one.error for one in outcomes) == ["", "link_old", "link_old"]


def test_a_password_that_is_refused_leaves_the_link_working(installation: Installation) -> None:
    first = NewAssignment(Role.MANAGER, find_top(installation))
    token = invite(installation, Invitation("mia@exempel.se", "Mia", first), by=SOMEBODY, at=NOON).token
    refuse("password_short", choose_password, installation, token, "kort", at=NOON)
    assert choose_password(installation, token, GOOD, at=NOON)


def test_a_new_invitation_ends_the_one_before(installation: Installation) -> None:
    first = NewAssignment(Role.MANAGER, find_top(installation))
    old = invite(installation, Invitation("mia@exempel.se", "Mia", first), by=SOMEBODY, at=NOON)
    new = invite_again(installation, old.account.id, by=SOMEBODY, at=NOON)
    refuse("link_old", choose_password, installation, old.token, GOOD, at=NOON)
    assert choose_password(installation, new.token, GOOD, at=NOON)


def test_a_closed_account_opens_nothing_until_it_is_invited_again(installation: Installation) -> None:
    mia = let_in(installation)
    close_account(
        installation, mia.id, based_on=find_seen(installation, mia.id).account.version, by=SOMEBODY, at=NOON
    )
    assert find_signed_in(installation, mia.token, at=NOON) is None
    refuse("sign_in_wrong", try_door, installation, mia.address)
    again = invite_again(installation, mia.id, by=SOMEBODY, at=NOON)
    refuse("sign_in_wrong", try_door, installation, mia.address)
    choose_password(installation, again.token, OTHER, at=NOON)
    assert find_signed_in(installation, mia.token, at=NOON) is None
    assert look(installation, try_door(installation, mia.address, OTHER)).person.role is Role.MANAGER


def test_a_closed_account_is_forgotten_and_its_address_is_free(installation: Installation) -> None:
    mia = let_in(installation)
    version = find_seen(installation, mia.id).account.version
    refuse("people_changed_meanwhile", forget_account, installation, mia.id, based_on=version, by=SOMEBODY)
    close_account(installation, mia.id, based_on=version, by=SOMEBODY)
    forget_account(installation, mia.id, based_on=version + 1, by=SOMEBODY)
    assert list_people(installation, viewer=SOMEBODY) == ()
    assert find_display_name(installation, f"manager {mia.id}", viewer=SOMEBODY) is None
    refuse("account_unknown", invite_again, installation, mia.id, by=SOMEBODY)
    assert let_in(installation).id != mia.id


def test_an_active_account_gets_a_way_back_in_for_an_hour(installation: Installation) -> None:
    mia = let_in(installation)
    token = invite_again(installation, mia.id, by=SOMEBODY, at=NOON).token
    assert try_door(installation, mia.address)
    refuse("link_old", choose_password, installation, token, OTHER, at=NOON + HOUR)
    choose_password(installation, token, OTHER, at=NOON + HOUR - 1)
    refuse("sign_in_wrong", try_door, installation, mia.address, GOOD)


def test_who_looked_at_an_older_version_is_told(installation: Installation) -> None:
    mia = let_in(installation)
    version = find_seen(installation, mia.id).account.version
    take_second_step(installation, mia.id, based_on=version, by=SOMEBODY)
    refuse("people_changed_meanwhile", close_account, installation, mia.id, based_on=version, by=SOMEBODY)
    assert find_seen(installation, mia.id).account.state == State.ACTIVE


def test_the_last_administrator_stays(installation: Installation) -> None:
    ada = let_administrator_in(installation)
    seen = find_seen(installation, ada.id)
    by = Person(Role.ADMINISTRATOR, ada.id)
    refuse("last_administrator", close_account, installation, ada.id, based_on=seen.account.version, by=by)
    refuse("last_administrator", end_assignment, installation, seen.held[0].assignment.id, by=by)
    assert has_administrator(installation)
    let_in(installation, "ola@exempel.se", Role.ADMINISTRATOR)
    end_assignment(installation, seen.held[0].assignment.id, by=by)
    assert look(installation, ada.token).acting is None


def test_one_who_was_only_invited_does_not_count_as_an_administrator(installation: Installation) -> None:
    ada = let_administrator_in(installation)
    first = NewAssignment(Role.ADMINISTRATOR, find_top(installation))
    invite(installation, Invitation("ola@exempel.se", "Ola", first), by=SOMEBODY)
    held = find_seen(installation, ada.id).held[0].assignment.id
    refuse("last_administrator", end_assignment, installation, held, by=SOMEBODY)


def test_two_administrators_who_end_each_other_at_once_leave_one(installation: Installation) -> None:
    ada = let_administrator_in(installation)
    ola = let_in(installation, "ola@exempel.se", Role.ADMINISTRATOR)
    held = {one: find_seen(installation, one).held[0].assignment.id for one in (ada.id, ola.id)}
    installation.database.close()

    def end(mine: str, other: str):  # type: ignore[no-untyped-def]
        def job() -> bool:
            end_assignment(reopen(installation), held[other], by=Person(Role.ADMINISTRATOR, mine))
            return True

        return job

    outcomes = run_together(end(ada.id, ola.id), end(ola.id, ada.id))
    assert sorted(one.error for one in outcomes) == ["", "last_administrator"]
    assert has_administrator(reopen(installation))


def test_a_role_is_given_once(installation: Installation) -> None:
    mia = let_in(installation)
    again = NewAssignment(Role.MANAGER, find_top(installation))
    refuse("assignment_exists", assign_role, installation, mia.id, again, by=SOMEBODY)
    refuse(
        "role_unknown",
        assign_role,
        installation,
        mia.id,
        NewAssignment("resident", again.organisation),
        by=SOMEBODY,
    )
    refuse(
        "organisation_unknown",
        assign_role,
        installation,
        mia.id,
        NewAssignment(Role.MANAGER, "x"),
        by=SOMEBODY,
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_see_the_name_behind_an_id(role: Role, installation: Installation) -> None:
    mia = let_in(installation)
    actor = look(installation, mia.token).person.name
    assert actor == f"manager {mia.id}"
    assert find_display_name(installation, actor, viewer=SOMEBODY) == "Mia Prov"
    assert find_display_name(installation, actor, viewer=Person(role)) is None
    assert find_display_name(installation, "command line", viewer=SOMEBODY) is None


@pytest.mark.parametrize("state", State)
def test_nobody_signs_in_to_an_account_that_is_not_active(state: State) -> None:
    assert (find_step(state, Event.SIGN_IN) is not None) == (state is State.ACTIVE)


def test_every_state_can_be_reached_and_left() -> None:
    assert {step.next for step in STEPS} == set(State)
    assert {step.state for step in STEPS if step.state} == set(State) - {State.FORGOTTEN}
