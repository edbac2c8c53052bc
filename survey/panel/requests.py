"""How does a unit ask for a mission, and what is missing or wrong in what it asks?"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from survey.digest.addresses import read_address
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.contacts import seal
from survey.panel.faults import (
    MOST_CHARACTERS,
    MOST_IN_LINE,
    check_faults,
    join_lines,
    list_text_faults,
    read_clock,
)
from survey.panel.members import list_active
from survey.panel.states import State
from survey.panel.tags import load_tags
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, missions
from survey.store.missions import Mission

ID_BYTES = 8
MOST_MINUTES = 12 * 60  # of one mission: longer is a slip of the pen, or another day
MOST_DAYS_AHEAD = 730  # a later day is a slip of the pen


class MeetingForm(StrEnum):
    """How members take part."""

    MEETING = "meeting"
    DIGITAL = "digital"
    READING = "reading"
    INTERVIEW = "interview"


@dataclass(frozen=True)
class When:
    """When and where: a day, a time such as 13.30, minutes, and a place or a link."""

    day: date
    starts: str
    minutes: int
    place: str


@dataclass(frozen=True)
class NewMission:
    """What a unit asks for. `tags` is the experience it wants; `typed` where reminders go, or empty.

    `feedback_from` is a function such as "områdeschef hemtjänst", never the name of a person.
    """

    unit: str
    purpose: str
    question: str
    form: str
    when: When
    number: int
    tags: Sequence[str]
    feedback_by: date
    feedback_from: str
    typed: str = field(default="", repr=False)


def list_request_faults(
    installation: Installation, new: NewMission, *, members: int
) -> Iterator[SurveyError]:
    """Everything that is missing or wrong in a request, where the panel has so many members."""
    yield from list_text_faults("mission_unit", new.unit, most=MOST_IN_LINE)
    yield from list_text_faults("mission_purpose", new.purpose, most=MOST_CHARACTERS)
    yield from list_text_faults("mission_question", new.question, most=MOST_CHARACTERS)
    if new.form not in tuple(MeetingForm):
        yield SurveyError("mission_form_wrong")
    yield from list_when_faults(new.when, today=installation.today())
    if new.number < 1:
        yield SurveyError("mission_number_none")
    if new.number > members:
        yield SurveyError("mission_number_many", members=members)
    if set(new.tags) - set(load_tags(installation.settings)):
        yield SurveyError("member_tag_unknown")
    yield from list_feedback_faults(new.feedback_by, new.when.day)
    yield from list_text_faults("mission_feedback_from", new.feedback_from, most=MOST_IN_LINE)
    if new.typed.strip():
        try:
            read_address(new.typed)
        except SurveyError as wrong:
            yield wrong


def list_when_faults(when: When, *, today: date) -> Iterator[SurveyError]:
    """What is wrong with when and where."""
    if when.day <= today:
        yield SurveyError("mission_day_past")
    if (when.day - today).days > MOST_DAYS_AHEAD:
        yield SurveyError("mission_day_far")
    if read_clock(when.starts) is None:
        yield SurveyError("mission_starts_wrong")
    if not 0 < when.minutes <= MOST_MINUTES:
        yield SurveyError("mission_minutes_wrong")
    yield from list_text_faults("mission_place", when.place, most=MOST_IN_LINE)


def list_feedback_faults(feedback_by: date, day: date) -> Iterator[SurveyError]:
    """The answer about what came of it is promised for the day of the mission or later."""
    if feedback_by < day:
        yield SurveyError("mission_feedback_early")
    if (feedback_by - day).days > MOST_DAYS_AHEAD:
        yield SurveyError("mission_day_far")


def request_mission(installation: Installation, new: NewMission, *, by: Person) -> Mission:
    """Ask the panel for a mission.

    Raises SurveyError not_allowed, and PanelError with everything that is missing or wrong.
    """
    check_can_do(Permission.REQUEST_MISSION, by=by)
    with installation.database.write() as connection:
        active = len(list_active(connection))
        check_faults(list_request_faults(installation, new, members=active))
        made = make_mission(installation, new, by=by)
        missions.add_mission(connection, made)
        audits.add_event(connection, "mission requested", made.id, by=by.name, number=made.number)
    return made


def make_mission(installation: Installation, new: NewMission, *, by: Person) -> Mission:
    """A request that has been checked, as it is kept."""
    contact = {"address": read_address(new.typed)} if new.typed.strip() else None
    return Mission(
        id=secrets.token_hex(ID_BYTES),
        version=1,
        occasion=1,
        state=State.REQUESTED,
        unit=join_lines(new.unit),
        requested_by=by.name,
        purpose=join_lines(new.purpose),
        question=join_lines(new.question),
        form=new.form,
        place=join_lines(new.when.place),
        day=new.when.day,
        starts=read_clock(new.when.starts) or "",
        minutes=new.when.minutes,
        number=new.number,
        tags=tuple(dict.fromkeys(new.tags)),
        feedback_by=new.feedback_by,
        feedback_from=join_lines(new.feedback_from),
        contact=seal(installation, contact) if contact else None,
        material="",
        material_on=None,
        outcome="",
        reason="",
        requested=installation.today(),
        agreed=None,
        ended=None,
        told=None,
        reminded=None,
    )
