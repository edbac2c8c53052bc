"""How does an agreement go from step to step: asked for, approved or declined, ended?"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from survey.errors import SurveyError
from survey.following.faults import check_faults, join_lines
from survey.installation import SYSTEM, Installation
from survey.language import DEFAULT_LANGUAGE, speak
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person
from survey.research.faults import (
    NewAgreement,
    clean_approval,
    list_agreement_faults,
    list_reason_faults,
    read_day,
)
from survey.research.kept import KEPT_DAYS, remove_file, remove_strays
from survey.research.states import IN_FORCE, Event, State, find_step
from survey.store import audits, research_files
from survey.store.database import Connection
from survey.store.research_files import Agreement

EVENTS = {
    Event.APPROVE: "research file approved",
    Event.DECLINE: "research file declined",
    Event.MAKE: "research file made",
    Event.FETCH: "research file fetched",
    Event.LAPSE: "research file removed",
    Event.END: "research agreement ended",
}


def ask_for_file(installation: Installation, new: NewAgreement, *, by: Person) -> Agreement:
    """Ask for a file on terms that are accepted by it; they are kept as they stand now.

    Raises SurveyError not_allowed, and FollowingError with everything that is wrong.
    """
    check_can_do(Permission.ASK_FOR_RESEARCH_FILE, by=by)
    check_faults(list_agreement_faults(installation, new))
    until = read_day(new.until)
    assert until is not None
    agreement = Agreement(
        id=secrets.token_hex(8),
        version=1,
        survey=new.survey,
        purpose=new.purpose.strip(),
        approval=clean_approval(new.approval),
        principal=join_lines(new.principal),
        people=new.people.strip(),
        until=until,
        format=new.file_format,
        terms=write_terms(installation),
        state=State.ASKED.value,
        asked=installation.today(),
        asked_by=by.name,
    )
    with installation.database.write() as connection:
        research_files.add_agreement(connection, agreement)
        facts = {"survey": new.survey, "approval": agreement.approval, "until": until}
        audits.add_event(connection, "research file asked", agreement.id, by=by.name, **facts)
    return agreement


def write_terms(installation: Installation) -> str:
    """The terms of an agreement, as they are accepted: Swedish law, so in Swedish."""
    words = speak(DEFAULT_LANGUAGE)
    return words.say("research.terms", name=installation.settings.installation_name, days=KEPT_DAYS)


def list_agreements(installation: Installation, *, viewer: Person) -> tuple[Agreement, ...]:
    """A researcher's own agreements; everybody's for those who approve. Newest first. Raises not_allowed."""
    check_can_do(Permission.FOLLOW_RESEARCH, by=viewer)
    own = None if can_do(Permission.APPROVE_RESEARCH, by=viewer) else viewer.name
    with installation.database.read(newest=True) as connection:
        return research_files.list_agreements(connection, asked_by=own)


def find_agreement(installation: Installation, agreement_id: str, *, by: Person) -> Agreement:
    """An agreement that somebody may see. Raises SurveyError not_allowed and research_unknown: of another's
    agreement a researcher is not told that it is there."""
    check_can_do(Permission.FOLLOW_RESEARCH, by=by)
    with installation.database.read(newest=True) as connection:
        found = research_files.find_agreement(connection, agreement_id)
    if found is None or not may_see(found, viewer=by):
        raise SurveyError("research_unknown")
    return found


def may_see(agreement: Agreement, *, viewer: Person) -> bool:
    return agreement.asked_by == viewer.name or can_do(Permission.APPROVE_RESEARCH, by=viewer)


def decide(
    installation: Installation, agreement_id: str, event: Event, *, reason: str, based_on: int, by: Person
) -> None:
    """Approve or decline a request, with a reason. Nobody decides about their own.

    Raises SurveyError not_allowed, research_unknown, research_own, research_ended when its last day has
    passed, research_changed when somebody else was first, research_not_now, and FollowingError.
    """
    check_can_do(Permission.APPROVE_RESEARCH, by=by)
    if event not in (Event.APPROVE, Event.DECLINE):
        raise SurveyError("research_not_now")
    agreement = find_agreement(installation, agreement_id, by=by)
    if by.id and agreement.asked_by.partition(" ")[2] == by.id:
        raise SurveyError("research_own")
    if event is Event.APPROVE:
        check_not_over(installation, agreement)
    check_faults(list_reason_faults(reason))
    values = {"decided": installation.today(), "decided_by": by.name, "reason": join_lines(reason)}
    with installation.database.write() as connection:
        step_on(connection, agreement, event, based_on=based_on, by=by.name, **values)


def end_agreement(
    installation: Installation, agreement_id: str, *, reason: str, based_on: int, by: Person
) -> None:
    """End an agreement before its time; a file that lies there is removed at once.

    Raises SurveyError not_allowed, research_unknown, research_changed, research_not_now, and FollowingError.
    """
    agreement = find_agreement(installation, agreement_id, by=by)
    check_faults(list_reason_faults(reason))
    values = {"ended": installation.today(), "reason": join_lines(reason), "kept_until": None}
    with installation.database.write() as connection:
        step_on(connection, agreement, Event.END, based_on=based_on, by=by.name, **values)
    remove_file(installation, agreement.id)


def step_on(
    connection: Connection, agreement: Agreement, event: Event, *, based_on: int, by: str, **values: object
) -> None:
    """Take a step and write it down in the same transaction.

    Raises SurveyError research_not_now when the table has no such step, and research_changed when the
    agreement is no longer as it was seen.
    """
    step = find_step(agreement.state, event)
    if step is None:
        raise SurveyError("research_not_now")
    if not research_files.change_agreement(
        connection, agreement.id, was=based_on, state=step.next.value, **values
    ):
        raise SurveyError("research_changed")
    facts = {"survey": agreement.survey, "approval": agreement.approval}
    audits.add_event(connection, EVENTS[event], agreement.id, by=by, **facts)


def read_told(agreement: Agreement) -> Mapping[str, object]:
    """What was told of the file that was made last; nothing when none was."""
    return json.loads(agreement.told) if agreement.told else {}


def check_not_over(installation: Installation, agreement: Agreement) -> None:
    """Raises SurveyError research_ended when the last day of an agreement has passed or it was ended."""
    if agreement.state == State.ENDED or agreement.until < installation.today():
        raise SurveyError("research_ended", day=agreement.until.isoformat())


def end_what_is_over(installation: Installation) -> None:
    """End the agreements whose last day has passed, and remove files that have lain their days."""
    today = installation.today()
    with installation.database.read(newest=True) as connection:
        living = research_files.list_agreements(connection, states=[*IN_FORCE, State.ASKED])
    for one in living:
        is_over = one.until < today
        if not is_over and (one.kept_until is None or one.kept_until >= today):
            continue
        event = Event.END if is_over else Event.LAPSE
        values = {"kept_until": None} | ({"ended": today} if is_over else {})
        with installation.database.write() as connection:
            step_on(connection, one, event, based_on=one.version, by=SYSTEM, **values)
        remove_file(installation, one.id)
    remove_strays(installation, frozenset(one.id for one in living if one.until >= today))
