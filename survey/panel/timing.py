"""By when is the material for a mission to be there, and what would its planned time be paid with?"""

from __future__ import annotations

from datetime import date, timedelta

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.fee_table import find_amount, load_table
from survey.store.missions import Mission

# Our choice: a week, so that it can be read in more than one sitting. Members are asked whether it was enough
# (b21).
MATERIAL_DAYS = 7


def find_material_day(mission: Mission) -> date:
    """The last day on which the material is in good time."""
    return mission.day - timedelta(days=MATERIAL_DAYS)


def estimate_fee(installation: Installation, mission: Mission) -> int | None:
    """Kronor for the planned time of a mission by its year's table; None where there is no table yet."""
    try:
        return find_amount(load_table(installation.settings, mission.day.year), mission.minutes).kronor
    except SurveyError as wrong:
        if wrong.code == "fees_missing":
            return None
        raise
