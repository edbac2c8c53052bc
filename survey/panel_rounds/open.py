"""How is a round of the panel's opened, and something taken out of it again?"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.answering.keys import name_panel_round
from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.panel_rounds.find import read_round
from survey.panel_rounds.minutes import check_minutes, estimate_minutes
from survey.panel_rounds.sheets import list_sheets
from survey.panel_rounds.states import FIRST, NOWHERE, Event, find_next
from survey.panel_rounds.subjects import NewSubject, number_subjects
from survey.people.roles import Person
from survey.store import audits, rounds
from survey.store import panel_rounds as stored
from survey.store.panel_rounds import PanelRound

PANEL_SURVEY = "resursgrupp"
ID_BYTES = 8
MOST_IN_TITLE = 80  # characters


@dataclass(frozen=True)
class NewPanelRound:
    """What is needed to open a round. `answer_by` is a day to keep; answers are taken until it is closed."""

    title: str
    answer_by: date
    subjects: tuple[NewSubject, ...]


def find_newest_definition(installation: Installation) -> Definition:
    """The panel's survey in its newest version. Raises SurveyError definition_unknown."""
    with installation.database.read() as connection:
        versions = rounds.list_versions(connection, PANEL_SURVEY)
    return find_definition(installation, PANEL_SURVEY, versions[0] if versions else "")


def open_panel_round(installation: Installation, new: NewPanelRound, *, by: Person) -> PanelRound:
    """Open a round the first time.

    Raises SurveyError not_allowed, panel_round_title, panel_round_day for a day that is past, those of
    `number_subjects`, panel_round_too_long, and definition_unknown.
    """
    state = find_next(NOWHERE, Event.OPEN, by=by)
    title, today = " ".join(new.title.split()), installation.today()
    if not 0 < len(title) <= MOST_IN_TITLE:
        raise SurveyError("panel_round_title", limit=MOST_IN_TITLE)
    if new.answer_by < today:
        raise SurveyError("panel_round_day")
    definition = find_newest_definition(installation)
    subjects = number_subjects(installation, new.subjects)
    check_minutes(definition, list_sheets(definition, subjects, FIRST), FIRST)
    round_id = secrets.token_hex(ID_BYTES)
    opened = PanelRound(
        round_id, title, definition.survey, definition.version, state, new.answer_by, today, today
    )
    installation.keys.create_round_key(name_panel_round(round_id))
    with installation.database.write() as connection:
        stored.add_round(connection, opened, subjects)
        rounds.freeze_definition(connection, definition.survey, definition.version)
        audits.add_event(connection, "panel round opened", round_id, by=by.name, subjects=len(subjects))
    return opened


def estimate_first_minutes(installation: Installation, new: Sequence[NewSubject]) -> int:
    """About how many minutes these would take a member the first time. Raises as `number_subjects` does."""
    definition = find_newest_definition(installation)
    subjects = number_subjects(installation, new)
    return estimate_minutes(list_sheets(definition, subjects, FIRST), FIRST)


def withdraw_subject(installation: Installation, round_id: str, number: int, *, by: Person) -> None:
    """Take something out of a round: it is asked no more, and nothing of it is shown.

    Raises SurveyError not_allowed, panel_round_unknown, panel_round_moved when the round is over, and
    panel_subject_gone when it was taken out already.
    """
    with installation.database.write() as connection:
        find_next(read_round(connection, round_id).state, Event.WITHDRAW_SUBJECT, by=by)
        if not stored.withdraw_subject(connection, round_id, number):
            raise SurveyError("panel_subject_gone")
        audits.add_event(connection, "panel subject withdrawn", round_id, by=by.name, number=number)
