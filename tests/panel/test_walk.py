"""Does a mission go from a request to what came of it, and do two who act at once lose nothing?"""

from __future__ import annotations

from datetime import date

import pytest

from survey.installation import Installation
from survey.panel.answering import leave_mission
from survey.panel.decisions import (
    accept_request,
    cancel_mission,
    close_mission,
    decline_request,
    give_material,
    tell_outcome,
)
from survey.panel.gathering import confirm_group
from survey.panel.inviting import invite_members, list_candidates, take_back
from survey.panel.requests import request_mission
from survey.panel.seen import list_missions
from survey.panel.states import State
from survey.people.roles import Person, Role
from tests.panel.made import (
    COORDINATOR,
    MANAGER,
    OTHER_UNIT,
    REQUEST,
    accept,
    agree,
    answer,
    confirm,
    do,
    find_asked,
    find_codes,
    get,
    get_replies,
    invite,
    list_deeds,
    member,
    sign,
)
from tests.processes import reopen, run_together
from tests.walks import Calendar


def test_a_mission_goes_from_a_request_to_what_came_of_it(
    installation: Installation, calendar: Calendar
) -> None:
    made = request_mission(installation, REQUEST, by=MANAGER)
    assert (made.state, made.starts, made.requested) == (State.REQUESTED, "13:30", date(2026, 9, 10))
    accept_request(installation, made.id, based_on=1, by=COORDINATOR)
    assert get(installation, made).state == State.ACCEPTED
    invite(installation, made, "a", "b")
    assert get_replies(installation, made) == {"a": "waiting", "b": "waiting"}
    for one in ("a", "b"):
        answer(installation, made, one)
        sign(installation, made, one)
    now = confirm(installation, made)
    assert (now.state, now.agreed) == (State.AGREED, date(2026, 9, 10))
    now = give_material(installation, made.id, material="Läs sidan 3", based_on=now.version, by=MANAGER)
    assert (now.material, now.material_on) == ("Läs sidan 3", date(2026, 9, 10))
    calendar.turn_to(2026, 10, 6)
    now = close_mission(installation, made.id, based_on=now.version, by=COORDINATOR)
    calendar.turn_to(2026, 10, 20)
    now = tell_outcome(installation, made.id, outcome="En ny lapp", based_on=now.version, by=MANAGER)
    assert (now.state, now.outcome, now.told) == (State.TOLD, "En ny lapp", date(2026, 10, 20))
    assert [action for action, _ in list_deeds(installation) if action.startswith("mission")] == [
        "mission tell",
        "mission close",
        "mission give_material",
        "mission confirm",
        "mission invite",
        "mission accept",
        "mission requested",
    ]


def test_after_a_no_the_next_in_turn_is_asked_and_nobody_says_why(installation: Installation) -> None:
    made = invite(installation, accept(installation), "a", "b")
    answer(installation, made, "a", comes=False)
    assert get_replies(installation, made) == {"a": "no", "b": "waiting", "c": "waiting"}
    answer(installation, made, "b", comes=False)  # nobody is left who shares a wanted experience
    assert get_replies(installation, made) == {"a": "no", "b": "no", "c": "waiting"}


def test_who_has_said_no_can_answer_nothing_more(installation: Installation) -> None:
    made = invite(installation, accept(installation), "a", "b")
    answer(installation, made, "a", comes=False)
    assert find_codes(answer, installation, made, "a") == ["invitation_answered"]
    assert find_codes(sign, installation, made, "a") == ["invitation_state"]


def test_a_member_who_leaves_in_the_middle_frees_the_place_and_the_next_is_asked(
    installation: Installation,
) -> None:
    made = agree(installation)
    leave_mission(installation, find_asked(installation, made, "a").id, by=member("a"))
    assert get(installation, made).state == State.INVITING
    assert get_replies(installation, made) == {"a": "left", "b": "signed", "c": "waiting"}


def test_nobody_leaves_a_mission_whose_day_has_come(installation: Installation, calendar: Calendar) -> None:
    made = agree(installation)
    found = find_asked(installation, made, "a")
    calendar.turn_to(2026, 10, 6)
    assert find_codes(leave_mission, installation, found.id, by=member("a")) == ["mission_over"]


def test_a_coordinator_takes_an_invitation_back(installation: Installation) -> None:
    made = invite(installation, accept(installation), "a", "b")
    take_back(installation, find_asked(installation, made, "b").id, by=COORDINATOR)
    assert get_replies(installation, made) == {"a": "waiting", "b": "withdrawn", "c": "waiting"}
    assert find_codes(answer, installation, made, "b") == ["invitation_over"]


def test_the_group_is_whole_when_everybody_has_answered_and_signed(installation: Installation) -> None:
    made = invite(installation, accept(installation), "a", "c")
    assert find_codes(confirm, installation, made) == ["mission_waiting"]
    answer(installation, made, "a")
    take_back(installation, find_asked(installation, made, "c").id, by=COORDINATOR)
    take_back(installation, find_asked(installation, made, "b").id, by=COORDINATOR)
    assert find_codes(confirm, installation, made) == ["mission_unsigned"]
    sign(installation, made, "a")
    assert confirm(installation, made).state == State.AGREED  # with one of the two that were asked for


def test_a_group_of_nobody_is_none(installation: Installation) -> None:
    made = invite(installation, accept(installation, tags=("dental_care",), number=1), "d")
    answer(installation, made, "d", comes=False)
    assert find_codes(confirm, installation, made) == ["mission_nobody"]


def test_who_wants_to_talk_of_a_conflict_signs_nothing_yet(installation: Installation) -> None:
    made = invite(installation, accept(installation), "a", "b")
    answer(installation, made, "a")
    sign(installation, made, "a", conflict="talk")
    found = find_asked(installation, made, "a")
    assert (found.state, found.conflict, found.signed) == ("yes", "talk", None)
    sign(installation, made, "a")
    found = find_asked(installation, made, "a")
    assert (found.state, found.conflict, found.agreement) == ("signed", "none", "2026-1")
    assert find_codes(sign, installation, made, "b", conflict="") == ["conflict_missing"]


def test_no_more_are_asked_than_there_are_places(installation: Installation) -> None:
    made = accept(installation)
    assert find_codes(invite, installation, made, "a", "b", "c") == ["mission_places"]
    now = invite(installation, made, "a")
    assert find_codes(invite, installation, now, "b", "c") == ["mission_places"]
    assert find_codes(invite, installation, now, "a") == ["member_unavailable"]
    named = {"members": (), "based_on": now.version, "by": COORDINATOR}
    assert find_codes(invite_members, installation, made.id, **named) == ["nobody_chosen"]


def test_nobody_is_asked_on_the_day_or_later(installation: Installation, calendar: Calendar) -> None:
    made = accept(installation)
    calendar.turn_to(2026, 10, 6)
    assert find_codes(invite, installation, made, "a") == ["mission_over"]


def test_of_two_coordinators_who_decide_at_once_the_second_is_told(installation: Installation) -> None:
    made = request_mission(installation, REQUEST, by=MANAGER)
    installation.database.close()
    jobs = [
        lambda: accept_request(reopen(installation), made.id, based_on=1, by=COORDINATOR).state,
        lambda: (
            decline_request(
                reopen(installation), made.id, reason="Ingen tid", based_on=1, by=COORDINATOR
            ).state
        ),
    ]
    done = run_together(*jobs)
    assert sorted(one.error for one in done) == ["", "panel_changed_meanwhile"]
    assert get(installation, made).state == next(one.value for one in done if not one.error)


def test_two_who_leave_at_once_free_two_places_and_two_others_are_asked(
    installation: Installation,
) -> None:
    made = agree(installation, "a", "b", tags=())
    ids = [find_asked(installation, made, one).id for one in ("a", "b")]
    installation.database.close()
    done = run_together(
        lambda: leave_mission(reopen(installation), ids[0], by=member("a")),
        lambda: leave_mission(reopen(installation), ids[1], by=member("b")),
    )
    assert [one.error for one in done] == ["", ""]
    replies = get_replies(installation, made)
    assert (replies["a"], replies["b"]) == ("left", "left")
    assert sorted(replies.values()) == ["left", "left", "waiting", "waiting"]


def test_a_called_off_mission_takes_its_invitations_with_it(installation: Installation) -> None:
    made = invite(installation, accept(installation), "a", "b")
    answer(installation, made, "a")
    cancel_mission(installation, made.id, reason="Mötet blir inte av", based_on=made.version, by=MANAGER)
    assert get_replies(installation, made) == {"a": "withdrawn", "b": "withdrawn"}
    assert find_codes(answer, installation, made, "b") == ["invitation_over"]
    assert list_missions(installation, viewer=member("a")) == ()


def test_a_mission_is_not_done_before_its_day(installation: Installation, calendar: Calendar) -> None:
    made = agree(installation)
    close = {"based_on": made.version, "by": COORDINATOR}
    calendar.turn_to(2026, 10, 5)
    assert find_codes(close_mission, installation, made.id, **close) == ["mission_not_yet"]
    calendar.turn_to(2026, 10, 6)
    assert close_mission(installation, made.id, **close).state == State.DONE


def test_what_cannot_be_done_in_a_state_is_refused(installation: Installation) -> None:
    made = do(installation)
    at = {"based_on": made.version, "by": COORDINATOR}
    assert find_codes(cancel_mission, installation, made.id, reason="x", **at) == ["mission_state"]
    assert find_codes(accept_request, installation, made.id, **at) == ["mission_state"]
    assert find_codes(tell_outcome, installation, made.id, outcome=" ", **at) == ["mission_outcome_missing"]
    assert find_codes(accept_request, installation, "x", **at) == ["mission_unknown"]


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.PANEL_MEMBER, Role.MANAGER, Role.STRATEGY_OWNER])
def test_only_coordinators_lead(on_sqlite: Installation, role: Role) -> None:
    made, by = request_mission(on_sqlite, REQUEST, by=MANAGER), Person(role, "x")
    for deed in (accept_request, confirm_group, close_mission):
        assert find_codes(deed, on_sqlite, made.id, based_on=1, by=by) == ["not_allowed"]
    assert find_codes(list_candidates, on_sqlite, made, by=by) == ["not_allowed"]
    assert find_codes(take_back, on_sqlite, "x", by=by) == ["not_allowed"]


def test_another_units_mission_is_as_if_it_were_not_there(on_sqlite: Installation) -> None:
    made = do(on_sqlite)
    told = {"outcome": "Hej", "based_on": made.version, "by": OTHER_UNIT}
    assert find_codes(tell_outcome, on_sqlite, made.id, **told) == ["mission_unknown"]
    assert list_missions(on_sqlite, viewer=OTHER_UNIT) == ()
    assert [one.id for one in list_missions(on_sqlite, viewer=MANAGER)] == [made.id]


def test_a_member_answers_for_nobody_else(on_sqlite: Installation) -> None:
    made = invite(on_sqlite, accept(on_sqlite), "a", "b")
    found = find_asked(on_sqlite, made, "a").id
    for by in (member("b"), member(""), member("z")):
        assert find_codes(leave_mission, on_sqlite, found, by=by) == ["invitation_unknown"]
    assert find_codes(leave_mission, on_sqlite, found, by=COORDINATOR) == ["not_allowed"]
