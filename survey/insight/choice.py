"""What does a trend page show, as its address says it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from analysis.periods import PeriodKind, month_of, parse_period, shift_month
from survey.errors import SurveyError
from survey.insight.measured import Figure
from survey.insight.published import find_latest_publication, list_surveys
from survey.installation import Installation

T = TypeVar("T")
DEFAULT_MONTHS = 36  # how far back a trend goes when nothing else is asked
MOST_MONTHS = 240
FIRST_MONTH = "0001-01"
KINDS = tuple(kind.value for kind in PeriodKind)
RESIDENTS_SURVEY = "invanarupplevelse"


class Second(StrEnum):
    """The same cells made in another way, as a second line beside the first."""

    NONE = "none"
    UNWEIGHTED = "unweighted"
    ADJUSTED = "adjusted"
    SHRUNK = "shrunk"


@dataclass(frozen=True)
class Choice:
    """What a trend page shows: an area, a kind of period, a span of months, a second line or none and which
    figure, all as in its address."""

    survey: str
    area: str
    kind: str
    first: str
    last: str
    second: Second = Second.NONE
    figure: Figure = Figure.MEAN


def read_choice(installation: Installation, asked: Mapping[str, str]) -> Choice:
    """The choice in an address, with what it leaves out filled in.

    Raises SurveyError: nothing_published, survey_unknown, area_unknown, kind_unknown, line_unknown,
    figure_unknown, span_wrong (a month that is none, or a span that ends before it starts or is longer than
    20 years).
    """
    choice, wrong = read_choice_or_usual(installation, asked)
    if wrong:
        raise wrong[0]
    return choice


def read_choice_or_usual(
    installation: Installation, asked: Mapping[str, str]
) -> tuple[Choice, tuple[SurveyError, ...]]:
    """The choice in an address, and what is wrong with it: only the part that is wrong is the usual one.

    Raises SurveyError nothing_published.
    """
    surveys = list_surveys(installation)
    if not surveys:
        raise SurveyError("nothing_published")
    wrong: list[SurveyError] = []

    def read(part: Callable[[Mapping[str, str]], T]) -> T:
        try:
            return part(asked)
        except SurveyError as fault:
            wrong.append(fault)
            return part({})

    survey = read(lambda a: read_survey(surveys, a))
    area = read(lambda a: read_area(installation, a))
    kind = read(read_kind)
    first, last = read(lambda a: read_span(installation, survey, a))
    second = read(read_second)
    figure = read(read_figure)
    return Choice(survey, area, kind, first, last, second, figure), tuple(wrong)


def read_survey(surveys: tuple[str, ...], asked: Mapping[str, str]) -> str:
    """The survey that is asked for, else the residents'. Raises SurveyError survey_unknown."""
    survey = asked.get("survey") or (RESIDENTS_SURVEY if RESIDENTS_SURVEY in surveys else surveys[0])
    if survey not in surveys:
        raise SurveyError("survey_unknown", survey=survey[:40])
    return survey


def read_area(installation: Installation, asked: Mapping[str, str]) -> str:
    """The area that is asked for, else the first county. Raises SurveyError area_unknown."""
    return installation.areas.find(asked.get("area") or installation.areas.counties[0].code).code


def read_kind(asked: Mapping[str, str]) -> str:
    """The kind of period that is asked for, else months. Raises SurveyError kind_unknown."""
    kind = asked.get("by") or PeriodKind.MONTH.value
    if kind not in KINDS:
        raise SurveyError("kind_unknown", kind=kind[:20])
    return kind


def read_second(asked: Mapping[str, str]) -> Second:
    """The second line that is asked for, else none. Raises SurveyError line_unknown."""
    line = asked.get("line") or Second.NONE
    if line not in tuple(Second):
        raise SurveyError("line_unknown", line=line[:20])
    return Second(line)


def read_figure(asked: Mapping[str, str]) -> Figure:
    """The figure that is asked for, else means. Raises SurveyError figure_unknown."""
    figure = asked.get("figure") or Figure.MEAN
    if figure not in tuple(Figure):
        raise SurveyError("figure_unknown", figure=figure[:20])
    return Figure(figure)


def read_span(installation: Installation, survey: str, asked: Mapping[str, str]) -> tuple[str, str]:
    """The first and last month that are asked for, else three years until the latest that was published.

    Raises SurveyError span_wrong.
    """
    latest = find_latest_publication(installation, survey)
    last = check_month(asked.get("to") or (latest.month if latest else month_of(installation.today())))
    first = check_month(asked.get("from") or shift_back(last, DEFAULT_MONTHS))
    if not shift_back(last, MOST_MONTHS) <= first <= last:
        raise SurveyError("span_wrong")
    return first, last


def shift_back(last: str, months: int) -> str:
    """The first of so many months that end with `last`; the calendar's first when there are not so many."""
    try:
        return shift_month(last, 1 - months)
    except ValueError:
        return FIRST_MONTH


def check_month(code: str) -> str:
    """The code of a month. Raises SurveyError span_wrong when it is none."""
    try:
        kind = parse_period(code).kind
    except ValueError:
        kind = None
    if kind is not PeriodKind.MONTH:
        raise SurveyError("span_wrong")
    return code
