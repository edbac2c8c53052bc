"""What does the panel write in a test, and how does a proposal come to each of its states?"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.proposals.decide import decide
from survey.proposals.faults import NewProposal
from survey.proposals.states import Event, State
from survey.proposals.writing import put_forward, withdraw_proposal, write_proposal
from survey.store import audits, themes
from survey.store.proposals import Proposal
from survey.store.tables import comment
from survey.store.themes import PublishedThemes
from tests.walks import SURVEY

MEMBER, OTHER = Person(Role.PANEL_MEMBER, "anka"), Person(Role.PANEL_MEMBER, "bo")
MANAGER, COORDINATOR = Person(Role.MANAGER), Person(Role.COORDINATOR)
LJUNGBY, MARKARYD, COUNTY = "0781", "0767", "07"
AT = {"survey": SURVEY, "area": LJUNGBY}
NEW = NewProposal("En fast vårdkontakt", "Många får berätta samma sak om igen.", "kontinuitet")
REASON = "Det ryms i budgeten."
TEXTS = {
    "sv": {"heard": "Många får börja om.", "decided": "En fast kontakt införs.", "done": "Alla har en."},
    "sv-x-lattlast": {"heard": "Du får börja om.", "decided": "Du får en kontakt.", "done": "Det är klart."},
}


def draft(installation: Installation, new: NewProposal = NEW, **where: Any) -> Proposal:
    return write_proposal(installation, new, **(AT | where), by=MEMBER)


def propose(installation: Installation, new: NewProposal = NEW, **where: Any) -> Proposal:
    one = draft(installation, new, **where)
    return put_forward(installation, one.id, based_on=1, by=MEMBER)


def make(installation: Installation, state: State, new: NewProposal = NEW, **where: Any) -> Proposal:
    """A proposal in a state."""
    if state is State.DRAFT:
        return draft(installation, new, **where)
    one = propose(installation, new, **where)
    known = {"reason": REASON, "based_on": one.version}
    if state is State.WITHDRAWN:
        return withdraw_proposal(installation, one.id, **known, by=MEMBER)
    if state is State.PROPOSED:
        return one
    event = Event.ACCEPT if state is State.ACCEPTED else Event.DECLINE
    return decide(installation, one.id, event, **known, by=MANAGER)


def list_deeds(installation: Installation) -> list[tuple[str, str]]:
    """What the audit log tells of proposals, the newest first: action and actor."""
    with installation.database.read() as connection:
        events = audits.list_events(connection)
    words = ("proposal", "support", "activity", "residents")
    return [(one.action, one.actor) for one in events if one.action.startswith(words)]


def add_comment(installation: Installation, text: str, **more: Any) -> bytes:
    """A masked comment of Ljungby's third quarter that the panel has cleared; its id."""
    values = {
        "id": secrets.token_bytes(16),
        "survey": SURVEY,
        "area": LJUNGBY,
        "month": "2026-07",
        "question": "ft2",
        "text": text,
        "for_panel": True,
        "receipt": secrets.token_bytes(32),
        "quotable": True,
        "themes": '{"continuity": ["samma"]}',
    }
    values |= more
    with installation.database.write() as connection:
        connection.execute(insert(comment).values(**values))
    return bytes(values["id"])


def show_themes(
    installation: Installation, area: str = LJUNGBY, period: str = "2026-Q3", hidden: str | None = None
) -> None:
    """Publish an area's themes of a period, shown unless `hidden` says why not."""
    row = PublishedThemes(
        SURVEY, area, period, "quarter", 60, 40, 40, hidden, "{}", "kedja", datetime.now(UTC)
    )
    with installation.database.write() as connection:
        themes.add_published(connection, [row])
