"""What is done about missions by itself: invitations that nobody answered, feedback that is late?"""

from __future__ import annotations

from datetime import timedelta

from survey.installation import SYSTEM, Installation
from survey.panel.changing import Change, open_mission
from survey.panel.inviting import ask_next
from survey.panel.letters import queue_reminder
from survey.panel.members import forget_left
from survey.panel.seen import is_feedback_late
from survey.panel.states import Answer, Reply, State
from survey.store import audits, missions
from survey.store.missions import Mission

REMIND_DAYS = 14  # between reminders of the same late feedback


def tend_missions(installation: Installation) -> None:
    """Withdraw what was not answered in time and ask the next, and remind of feedback. Idempotent."""
    with installation.database.read(newest=True) as connection:
        known = missions.list_missions(connection, states=(State.INVITING, State.AGREED, State.DONE))
    for one in known:
        with open_mission(installation, one.id) as change:
            expire_invitations(change)
            if is_due_a_reminder(change.mission, installation):
                remind(change)
    forget_left(installation)


def expire_invitations(change: Change) -> int:
    """Withdraw the invitations whose last day is over, and ask as many others; how many it was."""
    today = change.installation.today()
    late = [one for one in change.list_invitations() if one.state == Reply.WAITING and one.answer_by < today]
    for one in late:
        change.answer(one, Answer.WITHDRAW)
    ask_next(change, len(late))
    return len(late)


def is_due_a_reminder(mission: Mission, installation: Installation) -> bool:
    """Whether feedback is late and nobody has been reminded for two weeks."""
    today = installation.today()
    if not is_feedback_late(mission, today):
        return False
    return mission.reminded is None or mission.reminded + timedelta(days=REMIND_DAYS) <= today


def remind(change: Change) -> None:
    """Write that the unit was reminded, and the letter where there is an address for it."""
    change.note(reminded=change.installation.today())
    queue_reminder(change.installation, change.connection, change.mission)
    audits.add_event(change.connection, "feedback reminded", change.mission.id, by=SYSTEM)
