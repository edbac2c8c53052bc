"""Who sees which missions, and does nobody see a tag beside a name?"""

from __future__ import annotations

import pytest

from survey.installation import Installation
from survey.panel.answering import list_own
from survey.panel.inviting import list_candidates
from survey.panel.seen import find_seen, list_asked, list_first_names, list_missions
from survey.people.roles import Person, Role
from tests.panel.made import (
    COORDINATOR,
    MANAGER,
    OTHER_UNIT,
    TAGS,
    accept,
    answer,
    find_codes,
    invite,
    member,
    sign,
)


def test_a_unit_sees_first_names_after_a_yes_and_nothing_else_of_anybody(on_sqlite: Installation) -> None:
    made = invite(on_sqlite, accept(on_sqlite), "a", "b")
    assert list_first_names(on_sqlite, made, viewer=MANAGER) == ()
    answer(on_sqlite, made, "b")
    assert list_first_names(on_sqlite, made, viewer=MANAGER) == ("Bo",)
    answer(on_sqlite, made, "a")
    sign(on_sqlite, made, "a")
    assert list_first_names(on_sqlite, made, viewer=MANAGER) == ("Anna", "Bo")
    assert find_codes(list_first_names, on_sqlite, made, viewer=OTHER_UNIT) == ["not_allowed"]
    assert find_codes(list_asked, on_sqlite, made, viewer=MANAGER) == ["not_allowed"]


def test_a_coordinator_sees_how_much_is_shared_and_never_what(on_sqlite: Installation) -> None:
    made = accept(on_sqlite)
    found = list_candidates(on_sqlite, made, by=COORDINATOR)
    assert {one.member: one.shared for one in found} == {"a": 2, "b": 1, "c": 1, "d": 0, "e": 0, "f": 0}
    seen = repr((found, list_asked(on_sqlite, made, viewer=COORDINATOR)))
    assert not [tag for tags in TAGS.values() for tag in tags if tag in seen]


def test_a_member_sees_what_they_were_asked_about_and_their_own_answers(on_sqlite: Installation) -> None:
    made = invite(on_sqlite, accept(on_sqlite), "a", "b")
    assert [one.id for one in list_missions(on_sqlite, viewer=member("a"))] == [made.id]
    assert list_missions(on_sqlite, viewer=member("c")) == ()
    assert list_missions(on_sqlite, viewer=member("")) == ()
    assert find_codes(find_seen, on_sqlite, made.id, viewer=member("c")) == ["mission_unknown"]
    answer(on_sqlite, made, "a", comes=False)
    assert list_missions(on_sqlite, viewer=member("a")) == ()
    assert [one.invitation.state for one in list_own(on_sqlite, by=member("a"))] == ["no"]
    assert list_own(on_sqlite, by=member("")) == ()


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.STRATEGY_OWNER])
def test_others_see_no_mission(on_sqlite: Installation, role: Role) -> None:
    made = accept(on_sqlite)
    assert find_codes(list_missions, on_sqlite, viewer=Person(role)) == ["not_allowed"]
    assert find_codes(find_seen, on_sqlite, made.id, viewer=Person(role)) == ["not_allowed"]
