"""How many minutes does a round take a member, and is that more than the survey promises?

The seconds make residents' survey, whose full form takes 8 minutes, a quarter longer: to weigh what is good
for others takes more thought. They are estimates until somebody has measured them with a panel.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.panel_rounds.sheets import Kind, Sheet
from survey.panel_rounds.states import SECOND

SECONDS: Mapping[str, int] = {"scale": 15, "single": 15, "multi": 20, "rank": 30, "text": 60}
READING_SECONDS: Mapping[str, int] = {Kind.PROPOSAL: 30, Kind.THEME: 40}  # a proposal; comments on a theme
SPREAD_SECONDS = 4  # to look at how the group spread, for each question the second time
SECONDS_A_MINUTE = 60


def count_seconds(sheet: Sheet, wave: int) -> int:
    """How long one page takes."""
    reading = READING_SECONDS[sheet.subject.kind] if sheet.subject is not None else 0
    looking = SPREAD_SECONDS * len(sheet.asked) if wave == SECOND else 0
    return reading + looking + sum(SECONDS[asked.question.kind] for asked in sheet.asked)


def estimate_minutes(sheets: Iterable[Sheet], wave: int) -> int:
    """How many minutes some pages take, begun minutes as whole ones; 0 for none."""
    return math.ceil(sum(count_seconds(sheet, wave) for sheet in sheets) / SECONDS_A_MINUTE)


def check_minutes(definition: Definition, sheets: Iterable[Sheet], wave: int) -> None:
    """Raises SurveyError panel_round_too_long when a round takes longer than the survey promises."""
    minutes, most = estimate_minutes(sheets, wave), definition.minutes.full
    if minutes > most:
        raise SurveyError("panel_round_too_long", minutes=minutes, most=most)
