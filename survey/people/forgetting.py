"""What of signing in is forgotten, and when?"""

from __future__ import annotations

from survey.installation import SYSTEM, Installation
from survey.people.faults import tell_time
from survey.store import account_links, audits, sessions

DAY = 86_400.0
KEPT = (
    30 * DAY
)  # seconds that ended sessions, old links and wrong tries are kept, for whoever looks into them


def forget_ended(installation: Installation, *, at: float | None = None) -> int:
    """Delete sessions and links that ended a month ago; how many."""
    before = tell_time(at) - KEPT
    with installation.database.write() as connection:
        gone = sessions.delete_ended(connection, before=before)
        gone += account_links.delete_links(connection, before=before)
        if gone:
            audits.add_event(connection, "old sessions forgotten", "accounts", by=SYSTEM, number=gone)
    return gone
