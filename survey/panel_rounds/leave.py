"""What is left of a member who leaves the panel?"""

from __future__ import annotations

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel_rounds.own import find_lock
from survey.panel_rounds.permissions import can_run_rounds
from survey.panel_rounds.states import FIRST, SECOND, State
from survey.people.roles import Person
from survey.store import audits
from survey.store import panel_rounds as stored


def forget_drafts_of(installation: Installation, member: str, *, by: Person) -> int:
    """Remove what a member has begun and not sent; how many drafts. What was sent stays: no name is with it.

    For the member, and for those who run the rounds. Raises SurveyError not_allowed, key_missing and
    key_unreadable.
    """
    if not can_run_rounds(by=by) and by.id != member:
        raise SurveyError("not_allowed")
    with installation.database.read(newest=True) as connection:
        going_on = [one for one in stored.list_rounds(connection) if one.state != State.FINISHED]
    locks = [find_lock(installation, one.id) for one in going_on]
    ids = [lock.find_id(wave, member) for lock in locks for wave in (FIRST, SECOND)]
    if not ids:
        return 0
    with installation.database.write() as connection:
        number = stored.delete_unsent(connection, ids)
        if number:
            audits.add_event(connection, "panel drafts removed", "", by=by.role, number=number)
    installation.database.overwrite_erased()
    return number
