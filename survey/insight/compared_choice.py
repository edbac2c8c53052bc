"""Which municipalities are laid beside each other, in what and when, as an address says it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from analysis.periods import PeriodKind, list_periods, parse_period
from survey.areas import Area
from survey.definition.model import Text
from survey.errors import SurveyError
from survey.insight.choice import KINDS, read_survey
from survey.insight.published import list_all_publications, list_dimensions, list_surveys, list_versions
from survey.installation import Installation, find_definition
from survey.store.publications import Publication

T = TypeVar("T")
EVERYWHERE = "all"  # in the address: the municipalities of every county
SCALE = "scale"


@dataclass(frozen=True)
class Measure:
    """A dimension or a question that has a share with a score of 75 or more."""

    id: str
    text: Text
    is_question: bool


@dataclass(frozen=True)
class ComparedChoice:
    """What is compared: the municipalities of a county (or EVERYWHERE) in one measure and one period."""

    survey: str
    county: str
    measure: str
    kind: str
    period: str


def read_compared(
    installation: Installation, asked: Mapping[str, str]
) -> tuple[ComparedChoice, tuple[SurveyError, ...]]:
    """The choice in an address, and what is wrong with it: only the part that is wrong is the usual one.

    The usual ones are the first county, the first headline and the latest whole quarter; where no quarter is
    whole yet, the latest month. Raises SurveyError nothing_published.
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
    known = list_all_publications(installation, survey)
    measures = list_measures(installation, survey)
    county = read(lambda a: read_county(installation, a))
    measure = read(lambda a: read_measure(measures, a))
    kind = read(lambda a: read_kind_with_periods(known, a))
    period = read(lambda a: read_period(known, kind, a))
    return ComparedChoice(survey, county, measure, kind, period), tuple(wrong)


def list_measures(installation: Installation, survey: str) -> tuple[Measure, ...]:
    """What a survey's newest version measures: dimensions, headlines first, then its questions."""
    versions = list_versions(list_all_publications(installation, survey))
    definition = find_definition(installation, survey, versions[0])
    asked = [one for one, is_asked in list_dimensions(installation, survey, versions) if is_asked]
    questions = [one for one in definition.questions if one.kind == SCALE and one.dimension is not None]
    return (
        *(Measure(one.id, one.text, False) for one in asked),
        *(Measure(one.id, one.text, True) for one in questions),
    )


def list_compared_periods(known: tuple[Publication, ...], kind: str) -> tuple[str, ...]:
    """Codes of the whole periods of a kind that were published, the newest first.

    One that goes on, and one in which the survey began, would be taken for a whole one.
    """
    if not known:
        return ()
    began, latest = min(one.month for one in known), max(one.month for one in known)
    whole = [
        p for p in list_periods(PeriodKind(kind), began, latest) if p.first >= began and p.last <= latest
    ]
    return tuple(period.code for period in reversed(whole))


def find_compared_areas(installation: Installation, county: str) -> tuple[Area, ...]:
    """The municipalities of a county or, EVERYWHERE, of all, in the order of the alphabet."""
    areas = installation.areas
    return areas.municipalities if county == EVERYWHERE else areas.within(county)


def read_county(installation: Installation, asked: Mapping[str, str]) -> str:
    """The county that is asked for, else the first. Raises SurveyError area_unknown for another code."""
    counties = [one.code for one in installation.areas.counties]
    county = asked.get("county") or counties[0]
    if county not in (*counties, EVERYWHERE):
        raise SurveyError("area_unknown", area=county[:20])
    return county


def read_measure(measures: tuple[Measure, ...], asked: Mapping[str, str]) -> str:
    """The measure that is asked for, else the first. Raises SurveyError measure_unknown."""
    measure = asked.get("measure") or measures[0].id
    if measure not in {one.id for one in measures}:
        raise SurveyError("measure_unknown", measure=measure[:40])
    return measure


def read_kind_with_periods(known: tuple[Publication, ...], asked: Mapping[str, str]) -> str:
    """The kind of period that is asked for, else quarters, or months where no quarter is whole yet.

    Raises SurveyError kind_unknown, and period_not_published when no period of the kind is whole yet.
    """
    quarter, month = PeriodKind.QUARTER.value, PeriodKind.MONTH.value
    kind = asked.get("by") or (quarter if list_compared_periods(known, quarter) else month)
    if kind not in KINDS:
        raise SurveyError("kind_unknown", kind=kind[:20])
    if not list_compared_periods(known, kind):
        raise SurveyError("span_without_period")
    return kind


def read_period(known: tuple[Publication, ...], kind: str, asked: Mapping[str, str]) -> str:
    """The period that is asked for, else the latest of its kind.

    Of a period of another kind, as an address has just after the kind was changed, the latest one is taken.
    Raises SurveyError period_not_published.
    """
    whole = list_compared_periods(known, kind)
    period = asked.get("period") or whole[0]
    if period in whole:
        return period
    try:
        other = parse_period(period).kind.value
    except ValueError:
        raise SurveyError("period_not_published", period=period[:20]) from None
    if other == kind:
        raise SurveyError("period_not_published", period=period[:20])
    return whole[0]
