"""What does the page about comments show, as its address says it?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from analysis.periods import enclosing_periods, parse_period
from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY, read_area
from survey.installation import Installation
from survey.store import publications, themes

T = TypeVar("T")
MOST_SEARCHED = 100  # characters of what is searched for


@dataclass(frozen=True)
class CommentChoice:
    """An area, a quarter or year of a survey, a theme or none, and words to look for or none."""

    survey: str
    area: str
    period: str
    theme: str = ""
    search: str = ""


def read_comment_choice(
    installation: Installation, asked: Mapping[str, str], known_themes: tuple[str, ...]
) -> tuple[CommentChoice, tuple[SurveyError, ...]]:
    """The choice in an address, and what is wrong with it: only the part that is wrong is the usual one.

    Raises SurveyError no_themes_published.
    """
    surveys = list_theme_surveys(installation)
    if not surveys:
        raise SurveyError("no_themes_published")
    wrong: list[SurveyError] = []

    def read(part: Callable[[Mapping[str, str]], T]) -> T:
        try:
            return part(asked)
        except SurveyError as fault:
            wrong.append(fault)
            return part({})

    survey = read(lambda a: read_theme_survey(surveys, a))
    area = read(lambda a: read_area(installation, a))
    period = read(lambda a: read_period(list_theme_periods(installation, survey), a))
    theme = read(lambda a: read_theme(known_themes, a))
    return CommentChoice(survey, area, period, theme, read_search(asked)), tuple(wrong)


def list_theme_surveys(installation: Installation) -> tuple[str, ...]:
    """The surveys whose themes have been published."""
    with installation.database.read() as connection:
        surveys = {one.survey for one in publications.list_publications(connection)}
        return tuple(sorted(s for s in surveys if themes.list_periods(connection, s)))


def list_theme_periods(installation: Installation, survey: str) -> tuple[str, ...]:
    """The quarters and years that were published, the newest quarter first and the years last."""
    with installation.database.read() as connection:
        known = themes.list_periods(connection, survey)
    quarters, years = [c for c in known if "Q" in c], [c for c in known if "Q" not in c]
    return (*quarters[::-1], *years[::-1])


def find_theme_period(period: str, known: Collection[str]) -> str | None:
    """The published period in which the comments of a figure's period are counted, None when there is none.

    A month's are counted in its quarter, and a half-year's in its last quarter.
    """
    last = parse_period(period).last
    quarter, _, year = (one.code for one in enclosing_periods(last))
    return next((one for one in (period, quarter, year) if one in known), None)


def read_theme_survey(surveys: tuple[str, ...], asked: Mapping[str, str]) -> str:
    """The survey that is asked for, else the residents'. Raises SurveyError survey_unknown."""
    survey = asked.get("survey") or (RESIDENTS_SURVEY if RESIDENTS_SURVEY in surveys else surveys[0])
    if survey not in surveys:
        raise SurveyError("survey_unknown", survey=survey[:40])
    return survey


def read_period(periods: tuple[str, ...], asked: Mapping[str, str]) -> str:
    """The period that is asked for, else the newest quarter. Raises SurveyError theme_period_unknown."""
    period = asked.get("period") or periods[0]
    if period not in periods:
        raise SurveyError("theme_period_unknown", period=period[:20])
    return period


def read_theme(known: tuple[str, ...], asked: Mapping[str, str]) -> str:
    """The theme that is asked for, else none. Raises SurveyError theme_unknown."""
    theme = asked.get("theme") or ""
    if theme and theme not in known:
        raise SurveyError("theme_unknown", theme=theme[:40])
    return theme


def read_search(asked: Mapping[str, str]) -> str:
    """The words to look for, without what nobody meant to type."""
    return " ".join(asked.get("search", "")[:MOST_SEARCHED].split())
