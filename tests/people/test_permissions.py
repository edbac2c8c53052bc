"""What may each role do, and who is told no?"""

from __future__ import annotations

import pytest

from survey.errors import SurveyError
from survey.people.permissions import can_do, can_see_signed_in_figures, check_can_do
from survey.people.roles import PROSE, ROLES, VISITOR, Permission, Person, Role

RESIDENT, MEMBER, MANAGER, COORDINATOR = Role.RESIDENT, Role.PANEL_MEMBER, Role.MANAGER, Role.COORDINATOR
STRATEGIST, ADMINISTRATOR, OFFICER = Role.STRATEGY_OWNER, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER
TRANSLATOR = Role.TRANSLATOR
RESEARCHER = Role.RESEARCHER
KEYER = Role.KEYER
EVERYBODY = {RESIDENT, MEMBER, MANAGER, COORDINATOR, KEYER, STRATEGIST, ADMINISTRATOR, OFFICER}
EVERYBODY |= {RESEARCHER, TRANSLATOR}

# One line for each permission: who has it.
MATRIX: dict[Permission, set[Role]] = {
    Permission.ANSWER: EVERYBODY,
    Permission.ERASE_OWN: EVERYBODY,
    Permission.SEE_PUBLIC_FIGURES: EVERYBODY,
    Permission.SEE_SIGNED_IN_FIGURES: {MEMBER, MANAGER, COORDINATOR, STRATEGIST},
    Permission.ANSWER_PANEL_ROUND: {MEMBER},
    Permission.SEE_PUBLICATIONS: {MANAGER, COORDINATOR, STRATEGIST},
    Permission.GET_DIGEST: {MANAGER, COORDINATOR, STRATEGIST},
    Permission.FOLLOW_UP: {MANAGER},
    Permission.SEE_ROUNDS: {COORDINATOR},
    Permission.LOAD_INDICATORS: {COORDINATOR},
    Permission.OPEN_ROUND: {COORDINATOR},
    Permission.INVITE: {COORDINATOR},
    Permission.KEY_PAPER: {COORDINATOR, KEYER},
    Permission.LEAD_KEYING: {COORDINATOR},
    Permission.EDIT_STRATEGY: {STRATEGIST},
    Permission.SEE_THEMES: {MEMBER, MANAGER, COORDINATOR, STRATEGIST},
    Permission.READ_COMMENTS: {MEMBER},
    Permission.CODE_COMMENTS: {MEMBER},
    Permission.TEACH_THEMES: {COORDINATOR},
    Permission.HANDLE_COMMENTS: {COORDINATOR},
    Permission.FOLLOW_MISSIONS: {MEMBER, MANAGER, COORDINATOR},
    Permission.REQUEST_MISSION: {MANAGER},
    Permission.LEAD_MISSIONS: {COORDINATOR},
    Permission.DO_MISSIONS: {MEMBER},
    Permission.SEE_PROPOSALS: {MEMBER, MANAGER, COORDINATOR, STRATEGIST},
    Permission.WRITE_PROPOSALS: {MEMBER},
    Permission.DECIDE_PROPOSALS: {MANAGER},
    Permission.TAKE_DOWN_PROPOSALS: {COORDINATOR},
    Permission.RUN_PANEL_ROUNDS: {COORDINATOR},
    Permission.SEE_PANEL_RATINGS: {MEMBER, MANAGER, COORDINATOR, STRATEGIST},
    Permission.SEE_OWN_WEEK: {MEMBER, MANAGER, COORDINATOR, STRATEGIST},
    Permission.HAVE_ACCOUNT: EVERYBODY - {RESIDENT},
    Permission.MANAGE_PEOPLE: {ADMINISTRATOR},
    Permission.MANAGE_ORGANISATIONS: {ADMINISTRATOR},
    Permission.MANAGE_PROGRAMS: {ADMINISTRATOR},
    Permission.SEE_AUDIT: {OFFICER},
    Permission.FOLLOW_RESEARCH: {RESEARCHER, ADMINISTRATOR, OFFICER},
    Permission.ASK_FOR_RESEARCH_FILE: {RESEARCHER},
    Permission.APPROVE_RESEARCH: {ADMINISTRATOR, OFFICER},
    Permission.TRANSLATE: {COORDINATOR, TRANSLATOR},
}
PAIRS = [(role, permission) for permission in Permission for role in Role]


def test_every_permission_has_its_line() -> None:
    assert MATRIX.keys() == set(Permission)


@pytest.mark.parametrize(("role", "permission"), PAIRS)
def test_a_role_may_do_what_its_line_says_and_nothing_else(role: Role, permission: Permission) -> None:
    assert can_do(permission, by=Person(role)) is (role in MATRIX[permission])


@pytest.mark.parametrize(("role", "permission"), PAIRS)
def test_who_may_not_is_told_so(role: Role, permission: Permission) -> None:
    if role in MATRIX[permission]:
        check_can_do(permission, by=Person(role))
        return
    with pytest.raises(SurveyError) as wrong:
        check_can_do(permission, by=Person(role))
    assert wrong.value.code == "not_allowed"


def test_a_visitor_is_a_resident_and_no_more() -> None:
    assert VISITOR.role is Role.RESIDENT
    assert VISITOR.permissions == {permission for permission, roles in MATRIX.items() if RESIDENT in roles}


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (RESIDENT, False),
        (MEMBER, True),
        (MANAGER, True),
        (COORDINATOR, True),
        (KEYER, False),
        (STRATEGIST, True),
        (ADMINISTRATOR, False),
        (OFFICER, False),
        (RESEARCHER, False),
    ],
)
def test_the_lower_threshold_is_for_those_who_are_signed_in(role: Role, sees: bool) -> None:
    assert can_see_signed_in_figures(viewer=Person(role)) is sees


def test_every_role_is_described_in_words() -> None:
    assert PROSE.keys() == ROLES.keys() == set(Role)


def test_the_strategy_owner_sees_what_a_manager_sees() -> None:
    seen = {permission for permission in ROLES[MANAGER] if permission.startswith("see_")}
    assert seen
    assert seen <= ROLES[STRATEGIST]
