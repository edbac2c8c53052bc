"""What do people ask for, answer and sign in a test of missions?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.agreements import load_agreement
from survey.panel.answering import answer_invitation, sign_agreement
from survey.panel.decisions import accept_request, close_mission
from survey.panel.faults import PanelError
from survey.panel.gathering import confirm_group
from survey.panel.inviting import invite_members, list_candidates
from survey.panel.members import NewMember, OwnPage, add_member, change_own_page
from survey.panel.requests import NewMission, When, request_mission
from survey.people.roles import Person, Role
from survey.store import audits, missions
from survey.store.missions import Invitation, Mission

MANAGER, COORDINATOR = Person(Role.MANAGER), Person(Role.COORDINATOR)
OTHER_UNIT = Person(Role.MANAGER, "b2")
NAMES = ("Anna Ek", "Bo Ask", "Cilla Lind", "Dan Alm", "Eva Björk", "Farid Rönn")
MEMBERS = ("a", "b", "c", "d", "e", "f")
A_DAY = date(2026, 10, 6)  # a Tuesday
REQUEST = NewMission(
    unit="Hemtjänsten i Ljungby",
    purpose="Vi vill göra det lättare att komma hem från sjukhus.",
    question="Vad behöver man veta den första dagen hemma?",
    form="meeting",
    when=When(A_DAY, "13.30", 120, "Kommunhuset"),
    number=2,
    tags=("home_care", "carer"),
    feedback_by=date(2026, 11, 6),
    feedback_from="områdeschef hemtjänst",
)
TAGS = {"a": ("home_care", "carer"), "b": ("home_care",), "c": ("carer",), "d": ("dental_care",)}


def member(one: str) -> Person:
    return Person(Role.PANEL_MEMBER, one)


def make_panel(installation: Installation) -> None:
    """Six members: four have said which experience they have, and all can at any time."""
    for one, name in zip(MEMBERS, NAMES, strict=True):
        new = NewMember(name, f"{one}@exempel.se")
        kept = add_member(installation, new, by=COORDINATOR, member=one)
        if one in TAGS:
            own = OwnPage(TAGS[one], (), None)
            change_own_page(installation, own, based_on=kept.version, by=member(one))


def find_codes(deed: Callable[..., object], *given: Any, **named: Any) -> list[str]:
    """The codes of everything that is wrong."""
    with pytest.raises(SurveyError) as wrong:
        deed(*given, **named)
    faults = wrong.value.faults if isinstance(wrong.value, PanelError) else (wrong.value,)
    return [fault.code for fault in faults]


def get(installation: Installation, mission: Mission | str) -> Mission:
    """A mission as it is now."""
    with installation.database.read(newest=True) as connection:
        found = missions.find_mission(connection, mission if isinstance(mission, str) else mission.id)
    assert found is not None
    return found


def list_asked(installation: Installation, mission: Mission) -> list[Invitation]:
    """Everybody who was ever asked about a mission."""
    with installation.database.read(newest=True) as connection:
        return list(missions.list_invitations(connection, mission=mission.id))


def get_replies(installation: Installation, mission: Mission) -> dict[str, str]:
    """How each stands who was asked about the occasion that holds."""
    now = get(installation, mission)
    return {one.member: one.state for one in list_asked(installation, now) if one.occasion == now.occasion}


def find_asked(installation: Installation, mission: Mission, who: str) -> Invitation:
    """The invitation of somebody to the occasion that holds."""
    now = get(installation, mission)
    asked = list_asked(installation, now)
    return next(one for one in asked if (one.member, one.occasion) == (who, now.occasion))


def accept(installation: Installation, **changes: Any) -> Mission:
    """A request that has been accepted."""
    made = request_mission(installation, replace(REQUEST, **changes), by=MANAGER)
    return accept_request(installation, made.id, based_on=1, by=COORDINATOR)


def invite(installation: Installation, mission: Mission, *members: str) -> Mission:
    """Ask some members; the first in turn where none is named."""
    ranked = [one.member for one in list_candidates(installation, mission, by=COORDINATOR)]
    chosen: Sequence[str] = members or ranked[: mission.number]
    now = get(installation, mission)
    return invite_members(installation, now.id, members=chosen, based_on=now.version, by=COORDINATOR)


def answer(installation: Installation, mission: Mission, who: str, *, comes: bool = True) -> None:
    found = find_asked(installation, mission, who)
    answer_invitation(installation, found.id, comes=comes, by=member(who))


def sign(installation: Installation, mission: Mission, who: str, conflict: str = "none") -> None:
    found = find_asked(installation, mission, who)
    version = load_agreement(installation.settings).version
    sign_agreement(installation, found.id, version=version, conflict=conflict, by=member(who))


def confirm(installation: Installation, mission: Mission) -> Mission:
    now = get(installation, mission)
    return confirm_group(installation, now.id, based_on=now.version, by=COORDINATOR)


def agree(installation: Installation, *members: str, **changes: Any) -> Mission:
    """A mission whose group is whole: the members have said yes and signed."""
    chosen = members or ("a", "b")
    made = invite(installation, accept(installation, **{"number": len(chosen), **changes}), *chosen)
    for one in chosen:
        answer(installation, made, one)
        sign(installation, made, one)
    return confirm(installation, made)


def do(installation: Installation, *members: str, **changes: Any) -> Mission:
    """A mission that has been done; the calendar must have come to its day."""
    made = agree(installation, *members, **changes)
    installation.today.turn_to(made.day.year, made.day.month, made.day.day)  # type: ignore[attr-defined]
    return close_mission(installation, made.id, based_on=made.version, by=COORDINATOR)


def list_deeds(installation: Installation) -> list[tuple[str, str]]:
    """What the audit log tells, the newest first: action and actor."""
    with installation.database.read() as connection:
        return [(one.action, one.actor) for one in audits.list_events(connection)]
