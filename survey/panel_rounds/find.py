"""Which panel rounds are there, and what is asked in one?"""

from __future__ import annotations

from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.panel_rounds.permissions import check_can_see_ratings
from survey.panel_rounds.sheets import Sheet, list_sheets
from survey.panel_rounds.states import OPEN_WAVES, State
from survey.panel_rounds.subjects import list_standing
from survey.people.roles import Person
from survey.store import panel_rounds as stored
from survey.store.database import Connection
from survey.store.panel_rounds import PanelRound

JOB = "panel round"  # answers are kept together; closing waits for those that are being kept


def list_panel_rounds(installation: Installation, *, viewer: Person) -> tuple[PanelRound, ...]:
    """Every round of the panel's, the newest first. Raises SurveyError not_allowed."""
    check_can_see_ratings(viewer=viewer)
    with installation.database.read(newest=True) as connection:
        return stored.list_rounds(connection)


def find_panel_round(installation: Installation, round_id: str, *, viewer: Person) -> PanelRound:
    """A round as it is now. Raises SurveyError not_allowed and panel_round_unknown."""
    check_can_see_ratings(viewer=viewer)
    with installation.database.read(newest=True) as connection:
        return read_round(connection, round_id)


def read_round(connection: Connection, round_id: str) -> PanelRound:
    """A round. Raises SurveyError panel_round_unknown."""
    found = stored.find_round(connection, round_id)
    if found is None:
        raise SurveyError("panel_round_unknown")
    return found


def find_asked_definition(installation: Installation, found: PanelRound) -> Definition:
    """The survey that a round asks."""
    return find_definition(installation, found.survey, found.version)


def find_open_wave(found: PanelRound) -> int | None:
    """Which time round is open now: 1, 2, or None."""
    return OPEN_WAVES.get(State(found.state))


def list_asked_now(
    connection: Connection, definition: Definition, round_id: str, wave: int
) -> tuple[Sheet, ...]:
    """The pages of a round with what still stands."""
    return list_sheets(definition, list_standing(connection, round_id), wave)
