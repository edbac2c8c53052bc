"""Is an action kept with what it was before, do its states follow each other, and does its county's count?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.following.actions import (
    NEXT,
    ActionState,
    NewAction,
    add_action,
    change_action,
    has_begun,
    list_action_faults,
    list_action_histories,
    list_actions,
    list_next_states,
)
from survey.installation import Installation
from survey.people.roles import Person, Role
from tests.following.written import (
    ACTION,
    AT,
    COUNTY,
    ELSEWHERE,
    LJUNGBY,
    MANAGER,
    broken_log,
    find_codes,
    list_deeds,
)
from tests.walks import SURVEY

BEGUN = replace(ACTION, starts="2026-09")


def test_an_action_is_there_as_it_was_written(installation: Installation) -> None:
    new = replace(ACTION, title=" Fast  vårdkontakt ", dimensions=("trygghet", "trygghet"), ends="2027-01")
    made = add_action(installation, new, **AT, by=MANAGER)
    assert list_actions(installation, LJUNGBY, survey=SURVEY) == (made,)
    assert (made.title, made.dimensions, made.starts, made.ends) == (
        "Fast vårdkontakt",
        ("trygghet",),
        "2026-10",
        "2027-01",
    )
    assert (made.kind, made.direction, made.state, made.made_by) == ("action", "better", "planned", "manager")
    assert list_deeds(installation) == [("action added", "manager", 1)]


def test_a_municipality_has_its_countys_too_but_not_its_neighbours(installation: Installation) -> None:
    own = add_action(installation, ACTION, **AT, by=MANAGER)
    county = add_action(
        installation, replace(ACTION, starts="2026-01"), survey=SURVEY, area=COUNTY, by=MANAGER
    )
    add_action(installation, ACTION, survey=SURVEY, area=ELSEWHERE, by=MANAGER)
    assert list_actions(installation, LJUNGBY, survey=SURVEY) == (county, own)
    assert list_actions(installation, COUNTY, survey=SURVEY) == (county,)


def test_an_action_concerns_its_dimensions_or_all_when_none_is_named(on_sqlite: Installation) -> None:
    one = add_action(on_sqlite, ACTION, **AT, by=MANAGER)
    every = add_action(on_sqlite, replace(ACTION, dimensions=()), **AT, by=MANAGER)
    assert (one.concerns("kontinuitet"), one.concerns("trygghet")) == (True, False)
    assert every.concerns("trygghet")


def test_a_changed_action_keeps_what_it_was(installation: Installation) -> None:
    first = add_action(installation, ACTION, **AT, by=MANAGER)
    new = replace(BEGUN, state="ongoing", note="Började tidigare")
    second = change_action(installation, first.id, new, based_on=1, by=MANAGER)
    assert list_action_histories(installation, LJUNGBY, SURVEY) == ((first, second),)
    assert list_actions(installation, LJUNGBY, survey=SURVEY) == (second,)
    assert list_deeds(installation) == [("action changed", "manager", 2), ("action added", "manager", 1)]


def test_of_two_who_change_the_same_action_the_second_is_told(installation: Installation) -> None:
    action = add_action(installation, ACTION, **AT, by=MANAGER)
    change_action(installation, action.id, replace(ACTION, title="Ett"), based_on=1, by=MANAGER)
    new = replace(ACTION, title="Två")
    assert find_codes(change_action, installation, action.id, new, based_on=1, by=MANAGER) == [
        "follow_changed_meanwhile"
    ]


def test_nothing_is_kept_without_its_audit_event(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with broken_log(monkeypatch):
        add_action(installation, ACTION, **AT, by=MANAGER)
    assert list_actions(installation, LJUNGBY, survey=SURVEY) == ()
    action = add_action(installation, ACTION, **AT, by=MANAGER)
    with broken_log(monkeypatch):
        change_action(installation, action.id, replace(ACTION, title="Ny"), based_on=1, by=MANAGER)
    assert list_actions(installation, LJUNGBY, survey=SURVEY) == (action,)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_managers_write_actions(on_sqlite: Installation, role: Role) -> None:
    action = add_action(on_sqlite, ACTION, **AT, by=MANAGER)
    by = Person(role)
    assert find_codes(add_action, on_sqlite, ACTION, **AT, by=by) == ["not_allowed"]
    assert find_codes(change_action, on_sqlite, action.id, ACTION, based_on=1, by=by) == ["not_allowed"]


# From each state, what may come next.
STATES = """
planned: ongoing done stopped
ongoing: done stopped
done:    ongoing
stopped: planned ongoing
"""
ROWS = {row.split(":")[0]: row.split(":")[1].split() for row in STATES.strip().splitlines()}
STEPS = [(old, new) for old in ActionState for new in ActionState]
WAY_TO = {
    "planned": ["planned"],
    "ongoing": ["ongoing"],
    "done": ["done"],
    "stopped": ["planned", "stopped"],
}


def test_the_table_of_states_has_every_state() -> None:
    assert NEXT.keys() == set(ActionState) == set(ROWS)


@pytest.mark.parametrize(("old", "new"), STEPS)
def test_a_state_follows_where_the_table_says_so_and_nowhere_else(
    on_sqlite: Installation, old: ActionState, new: ActionState
) -> None:
    first, *rest = WAY_TO[old]
    action = add_action(on_sqlite, replace(BEGUN, state=first), **AT, by=MANAGER)
    for state in rest:
        action = change_action(
            on_sqlite, action.id, replace(BEGUN, state=state), based_on=action.version, by=MANAGER
        )
    asked = replace(BEGUN, title="Ändrad", state=new)
    allowed = new == old or new in ROWS[old]
    assert (new in list_next_states(old)) is allowed
    if allowed:
        changed = change_action(on_sqlite, action.id, asked, based_on=action.version, by=MANAGER)
        assert changed.state == new
    else:
        codes = find_codes(change_action, on_sqlite, action.id, asked, based_on=action.version, by=MANAGER)
        assert codes == ["action_state_next"]


@pytest.mark.parametrize(
    ("state", "begun"), [("planned", False), ("ongoing", True), ("done", True), ("stopped", False)]
)
def test_only_what_goes_on_or_is_done_has_begun(on_sqlite: Installation, state: str, begun: bool) -> None:
    action = add_action(on_sqlite, ACTION, **AT, by=MANAGER)
    assert has_begun(replace(action, state=state)) is begun


def test_what_is_new_cannot_be_stopped(on_sqlite: Installation) -> None:
    codes = find_codes(add_action, on_sqlite, replace(ACTION, state="stopped"), **AT, by=MANAGER)
    assert codes == ["action_state_first"]


WRONG = {
    "nothing is wrong": (ACTION, []),
    "an end in the first month": (replace(ACTION, ends="2026-10"), []),
    "an end before the start": (replace(ACTION, ends="2026-09"), ["action_ends_before_starts"]),
    "going on since this month": (replace(BEGUN, state="ongoing"), []),
    "going on since next month": (replace(ACTION, state="ongoing"), ["action_not_begun"]),
    "done this month": (replace(BEGUN, state="done", ends="2026-09"), []),
    "done next month": (replace(BEGUN, state="done", ends="2026-10"), ["action_not_over"]),
    "the longest title": (replace(ACTION, title="b" * 80), []),
    "too long a title": (replace(ACTION, title="b" * 81), ["action_title_long"]),
    "an address": (replace(ACTION, owner="anna@exempel.se"), ["follow_personal"]),
    "everything at once": (
        NewAction("fest", "", "mars", "", (), "2026-13", "upp", "kanske", "b" * 301),
        [
            "action_kind_wrong",
            "action_title_missing",
            "action_starts_wrong",
            "action_ends_wrong",
            "action_direction_wrong",
            "action_owner_missing",
            "action_state_wrong",
            "action_note_long",
        ],
    ),
}


@pytest.mark.parametrize(("new", "codes"), WRONG.values(), ids=WRONG.keys())
def test_everything_that_is_wrong_is_told_at_once(
    on_sqlite: Installation, new: NewAction, codes: list[str]
) -> None:
    assert [fault.code for fault in list_action_faults(on_sqlite, new)] == codes


def test_where_an_action_stands_and_what_it_moves_must_be_known(on_sqlite: Installation) -> None:
    new = replace(ACTION, dimensions=("kontinuitet", "mod"), title="")
    codes = ["area_unknown", "follow_dimension_unknown", "action_title_missing"]
    assert find_codes(add_action, on_sqlite, new, survey=SURVEY, area="9999", by=MANAGER) == codes
    action = add_action(on_sqlite, ACTION, **AT, by=MANAGER)
    assert find_codes(change_action, on_sqlite, action.id, new, based_on=1, by=MANAGER) == codes[1:]


def test_a_note_alone_is_no_change(on_sqlite: Installation) -> None:
    action = add_action(on_sqlite, ACTION, **AT, by=MANAGER)
    new = replace(ACTION, note="Inget")
    assert find_codes(change_action, on_sqlite, action.id, new, based_on=1, by=MANAGER) == ["follow_same"]
