"""When is a mission's group whole, and what becomes of it when the mission is moved?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.changing import decide
from survey.panel.faults import check_faults, join_lines, read_clock
from survey.panel.inviting import ask
from survey.panel.letters import LetterKind, queue_letters
from survey.panel.requests import When, list_feedback_faults, list_when_faults
from survey.panel.states import COMING, HOLDING, Event, Reply
from survey.people.roles import Person
from survey.store.missions import Mission


def find_hindrance(replies: Sequence[str]) -> SurveyError | None:
    """Why a group is not whole yet: somebody has not answered, has not signed, or nobody comes."""
    for reply, code in ((Reply.WAITING, "mission_waiting"), (Reply.YES, "mission_unsigned")):
        if reply in replies:
            return SurveyError(code, number=replies.count(reply))  # keys: error.mission_*
    return None if Reply.SIGNED in replies else SurveyError("mission_nobody")


def confirm_group(installation: Installation, mission: str, *, based_on: int, by: Person) -> Mission:
    """Say that the group is whole, also when it is smaller than was asked for; those who come are told.

    Raises SurveyError mission_waiting while somebody has not answered, mission_unsigned while somebody has
    not signed, mission_nobody when nobody comes, and what `decide` raises.
    """
    with decide(installation, mission, Event.CONFIRM, based_on=based_on, by=by) as change:
        hindrance = find_hindrance([one.state for one in change.list_invitations()])
        if hindrance is not None:
            raise hindrance
        change.advance(Event.CONFIRM, agreed=installation.today())
        coming = [one for one in change.list_invitations() if one.state in COMING]
        queue_letters(installation, change.connection, LetterKind.CONFIRMED, change.mission, coming)
    return change.mission


def move_mission(
    installation: Installation,
    mission: str,
    when: When,
    *,
    feedback_by: date,
    based_on: int,
    by: Person,
) -> Mission:
    """Move a mission to another time or place. Those who said yes are asked anew, and so are those who had
    not answered; what they answered about the old time counts no more.

    Raises PanelError with everything that is wrong, mission_over on its day or later, and what `decide`
    raises.
    """
    with decide(installation, mission, Event.MOVE, based_on=based_on, by=by) as change:
        today, old = installation.today(), change.mission
        if old.day <= today:
            raise SurveyError("mission_over")
        check_faults([*list_when_faults(when, today=today), *list_feedback_faults(feedback_by, when.day)])
        gone = change.withdraw(*(Reply(one) for one in HOLDING))
        change.advance(
            Event.MOVE,
            occasion=old.occasion + 1,
            day=when.day,
            starts=read_clock(when.starts) or old.starts,
            minutes=when.minutes,
            place=join_lines(when.place),
            feedback_by=feedback_by,
            agreed=None,
        )
        if gone:
            ask(change, [one.member for one in gone], LetterKind.INVITE_ANEW)
    return change.mission
