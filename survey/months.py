"""Which month does somebody name?"""

from __future__ import annotations

from analysis.periods import Period, PeriodKind, parse_period
from survey.errors import SurveyError


def parse_month(month: str) -> Period:
    """The month of a code, as 2026-11. Raises SurveyError period_wrong for anything else."""
    try:
        period = parse_period(month)
    except ValueError:
        period = None
    if period is None or period.kind is not PeriodKind.MONTH:
        raise SurveyError("period_wrong", period=month[:20])
    return period
