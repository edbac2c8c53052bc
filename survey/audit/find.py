"""Who may read the audit log, and how is it looked through and handed out?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from survey.audit.chain import Verdict, check_chain, seal_events
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits
from survey.store.audits import Event, Search

ON_A_PAGE = 50
MOST_TYPED = 80  # signs of what is looked for


@dataclass(frozen=True)
class Found:
    """A page of the events that are looked for, the newest first, and how many there are in all."""

    events: tuple[Event, ...]
    number: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.number // ON_A_PAGE))


def read_search(asked: Mapping[str, str], actions: Collection[str]) -> tuple[Search, tuple[SurveyError, ...]]:
    """What an address asks for, and what is wrong with it; what is wrong is left out of the search.

    Wrong are audit_action_unknown, audit_day_wrong, audit_days_crossed, audit_long.
    """
    wrong: list[SurveyError] = []
    action = asked.get("action", "")
    if action and action not in actions:
        wrong.append(SurveyError("audit_action_unknown", action=action[:MOST_TYPED]))
        action = ""
    since, until = (read_day(asked.get(name, ""), wrong) for name in ("since", "until"))
    if since and until and since > until:
        wrong.append(SurveyError("audit_days_crossed", since=since.isoformat(), until=until.isoformat()))
        since = until = None
    texts = {name: " ".join(asked.get(name, "").split()) for name in ("actor", "subject")}
    if any(len(one) > MOST_TYPED for one in texts.values()):
        wrong.append(SurveyError("audit_long", limit=MOST_TYPED))
        texts = {name: one[:MOST_TYPED] for name, one in texts.items()}
    return Search(action=action, since=since, until=until, **texts), tuple(wrong)


def read_day(typed: str, wrong: list[SurveyError]) -> date | None:
    """A day, None for none and for what is none, which is told."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        wrong.append(SurveyError("audit_day_wrong", day=typed.strip()[:20]))
        return None


def list_known_actions(installation: Installation, *, viewer: Person) -> tuple[str, ...]:
    """Everything that has been done some time. Raises SurveyError not_allowed."""
    check_can_do(Permission.SEE_AUDIT, by=viewer)
    with installation.database.read(newest=True) as connection:
        return audits.list_actions(connection)


def find_events(installation: Installation, search: Search, *, page: int, viewer: Person) -> Found:
    """A page of events, from 1; the last one for one that is beyond it. Raises SurveyError not_allowed."""
    check_can_do(Permission.SEE_AUDIT, by=viewer)
    with installation.database.read(newest=True) as connection:
        number = audits.count_found(connection, search)
        last = max(1, -(-number // ON_A_PAGE))
        shown = min(max(page, 1), last)
        events = audits.list_events(connection, ON_A_PAGE, search=search, offset=(shown - 1) * ON_A_PAGE)
    return Found(events, number, shown)


def export_events(installation: Installation, search: Search, *, viewer: Person) -> Iterator[Event]:
    """Every event that is looked for, the oldest first; that somebody took them out is written first.

    Raises SurveyError not_allowed.
    """
    check_can_do(Permission.SEE_AUDIT, by=viewer)
    with installation.database.write() as connection:
        number = audits.count_found(connection, search)
        audits.add_event(connection, "audit log exported", "audit log", by=viewer.name, number=number)
    with installation.database.read(newest=True) as connection:
        yield from audits.iterate_events(connection, search)


def check_log(installation: Installation, *, viewer: Person) -> Verdict:
    """Whether anything of the log has been changed; what has happened until now is sealed first.

    Raises SurveyError not_allowed, and as `chain.check_chain`.
    """
    check_can_do(Permission.SEE_AUDIT, by=viewer)
    with installation.database.write() as connection:
        audits.add_event(connection, "audit log checked", "audit log", by=viewer.name)
    seal_events(installation)
    return check_chain(installation)
