"""What has been done, for whoever watches over how people's data are handled?"""

from __future__ import annotations

from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits
from survey.store.audits import Event

MOST = 200  # events that are shown
LOOKED_THROUGH = 5_000  # newest events that a word is looked for in


def list_log(installation: Installation, wanted: str, *, viewer: Person) -> tuple[Event, ...]:
    """The newest events with a word in their actor, action or subject; the newest of all for no word.

    Raises SurveyError not_allowed.
    """
    check_can_do(Permission.SEE_AUDIT, by=viewer)
    word = wanted.strip().casefold()
    with installation.database.read() as connection:
        newest = audits.list_events(connection, LOOKED_THROUGH if word else MOST)
    found = (one for one in newest if word in f"{one.actor} {one.action} {one.subject}".casefold())
    return tuple(found)[:MOST]
