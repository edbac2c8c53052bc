"""What may be written about a goal, an action or new limits, and everything that is wrong at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analysis.periods import MONTHS_IN_YEAR, PeriodKind, month_of, parse_period, shift_month
from analysis.text.masking import Kind, find_personal_data
from survey.definition.model import Dimension
from survey.errors import SurveyError
from survey.installation import Installation
from survey.strategy.begin import list_measured

MOST_CHARACTERS = 300  # of a reason: what was decided, by whom and when, not the minutes
MOST_IN_TITLE = 80  # a title stands beside a chart
FIRST_MONTH = "2000-01"  # an earlier one is a slip of the pen
MOST_YEARS_AHEAD = 20  # a later one is too
PERSONAL = (Kind.EMAIL, Kind.PHONE, Kind.IDENTITY_NUMBER)  # everybody may read these texts


class FollowingError(SurveyError):
    """Something that was written with everything that is wrong in `faults`; itself it is the first."""

    def __init__(self, faults: tuple[SurveyError, ...]) -> None:
        super().__init__(faults[0].code, **faults[0].facts)
        self.faults = faults


def check_faults(faults: Iterable[SurveyError]) -> None:
    """Raises FollowingError with all of the faults, when there are any."""
    found = tuple(faults)
    if found:
        raise FollowingError(found)


def join_lines(text: str) -> str:
    """The text on one line without spaces around it."""
    return " ".join(text.split())


def list_text_faults(
    part: str, text: str, *, most: int = MOST_CHARACTERS, may_be_empty: bool = False
) -> Iterator[SurveyError]:
    """What is wrong with a text; `part` tells which, such as goal_reason."""
    written = join_lines(text)
    if not written and not may_be_empty:
        yield SurveyError(f"{part}_missing")  # keys: error.goal_*, error.action_*, error.rebase_*
    if len(written) > most:
        yield SurveyError(
            f"{part}_long",  # keys: error.goal_*, error.action_*, error.rebase_*
            limit=most,
            length=len(written),
        )
    if any(span.kind in PERSONAL for span in find_personal_data(written)):
        yield SurveyError("follow_personal")


def is_month(code: str) -> bool:
    """Whether a code is a month, of whatever year."""
    try:
        return parse_period(code).kind is PeriodKind.MONTH
    except ValueError:
        return False


def list_month_faults(part: str, code: str, *, today_month: str) -> Iterator[SurveyError]:
    """What is wrong with a month; `part` tells which, such as goal_due."""
    if not is_month(code):
        yield SurveyError(
            f"{part}_wrong",  # keys: error.goal_*, error.action_*, error.rebase_*
            month=code[:20],
        )
    elif not FIRST_MONTH <= code <= shift_month(today_month, MOST_YEARS_AHEAD * MONTHS_IN_YEAR):
        yield SurveyError("follow_month_far", month=code)


def find_known(installation: Installation, survey: str) -> Mapping[str, Dimension]:
    """The dimensions that a survey measures, by id. Raises SurveyError survey_unknown."""
    known = list_measured(installation.database)
    if survey not in known:
        raise SurveyError("survey_unknown", survey=survey[:40])
    return known[survey]


def list_place_faults(
    installation: Installation, survey: str, area: str, dimensions: Iterable[str]
) -> Iterator[SurveyError]:
    """What is wrong with where something is to stand: its area, its survey, its dimensions."""
    if not installation.areas.has(area):
        yield SurveyError("area_unknown", area=area[:20])
    try:
        known = find_known(installation, survey)
    except SurveyError as wrong:
        yield wrong
        return
    for one in dimensions:
        if one not in known:
            yield SurveyError("follow_dimension_unknown", dimension=one[:40])


def find_this_month(installation: Installation) -> str:
    """The month it is."""
    return month_of(installation.today())
