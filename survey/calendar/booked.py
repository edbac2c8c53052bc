"""Which missions stand in a person's calendar, and as what: certain, not certain yet, or called off?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from survey.calendar.standing import Booked, find_standing
from survey.installation import Installation
from survey.panel.answering import Invited, list_own
from survey.panel.members import has_left
from survey.panel.seen import list_missions
from survey.panel.states import HOLDING, Reply, State
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person
from survey.week.days import find_monday


def list_booked(installation: Installation, *, viewer: Person) -> tuple[Booked, ...]:
    """The missions of a person's calendar, the earliest first: a coordinator's all, a unit's own, and those
    that a member has a place in or is asked about.

    Nothing for a member who has left. Raises SurveyError not_allowed.
    """
    check_can_do(Permission.FOLLOW_MISSIONS, by=viewer)
    if can_do(Permission.DO_MISSIONS, by=viewer):
        if not viewer.id or has_left(installation, by=viewer):
            return ()
        return sort_booked(select_own(list_own(installation, by=viewer)))
    known = list_missions(installation, viewer=viewer)
    return sort_booked(Booked(one, find_standing(one)) for one in known if one.state != State.DECLINED)


def select_own(invited: Iterable[Invited]) -> list[Booked]:
    """A member's own of the invitations they ever had: those to the occasion that holds, and those that went
    with a mission that was called off."""
    found: list[Booked] = []
    for one in invited:
        mission, invitation = one.mission, one.invitation
        called_off = mission.state == State.CANCELLED and invitation.state == Reply.WITHDRAWN
        if invitation.occasion == mission.occasion and (invitation.state in HOLDING or called_off):
            found.append(Booked(mission, find_standing(mission, invitation.state)))
    return found


def sort_booked(some: Iterable[Booked]) -> tuple[Booked, ...]:
    return tuple(sorted(some, key=lambda one: (one.mission.day, one.mission.starts, one.mission.id)))


def select_month(booked: Sequence[Booked], month: str) -> tuple[Booked, ...]:
    """Those of a month such as 2026-12, the first and the last day too."""
    return tuple(one for one in booked if one.mission.day.isoformat().startswith(f"{month}-"))


def list_weeks(booked: Sequence[Booked]) -> tuple[tuple[date, tuple[Booked, ...]], ...]:
    """The missions by the Monday of their week, the earliest first; weeks without any are left out."""
    weeks: dict[date, tuple[Booked, ...]] = {}
    for one in booked:
        monday = find_monday(one.mission.day)
        weeks[monday] = (*weeks.get(monday, ()), one)
    return tuple(sorted(weeks.items()))
