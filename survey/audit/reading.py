"""When is it written that somebody read what residents wrote?

Once a day for each reader and each pool of comments: who read where, never what.
"""

from __future__ import annotations

from survey.installation import Installation
from survey.people.roles import Person
from survey.store import audits

READ = "free texts read"


def note_reading(installation: Installation, pool: str, *, by: Person) -> bool:
    """Write that somebody reads texts of a pool (an area and a period, or a queue).

    Whether it was new today.
    """
    begun = audits.begin(installation.today())
    with installation.database.read(newest=True) as connection:
        if audits.has_event(connection, READ, pool, by=by.name, since=begun):
            return False
    with installation.database.write() as connection:
        audits.add_event(connection, READ, pool, by=by.name)
    return True
