"""What a person may see of how a municipality or a county develops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.describe import ComparisonFact, LineFact, compare_with, describe_line
from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown, round_count
from analysis.estimates import Estimate
from analysis.lines import TrendLine, TrendPoint
from analysis.periods import PeriodKind, list_periods, month_of, parse_period, shift_month
from survey.areas import Area
from survey.definition.model import Dimension
from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.people.permissions import can_see_signed_in_figures
from survey.people.roles import Person
from survey.store import publications
from survey.store.publications import Cell, Publication

DEFAULT_MONTHS = 36  # how far back a trend goes when nothing else is asked
MOST_MONTHS = 240
KINDS = tuple(kind.value for kind in PeriodKind)


@dataclass(frozen=True)
class Choice:
    """What a trend page shows: an area, a kind of period and a span of months, all as in its address."""

    survey: str
    area: str
    kind: str
    first: str
    last: str


@dataclass(frozen=True)
class Series:
    """One dimension's line in an area, the county's beside it, and the facts about both."""

    dimension: Dimension
    line: TrendLine
    county: TrendLine | None
    fact: LineFact
    comparison: ComparisonFact | None


@dataclass(frozen=True)
class Trends:
    """Everything a trend page draws."""

    choice: Choice
    area: Area
    county: Area | None
    series: tuple[Series, ...]
    publication: Publication | None
    threshold: int


def list_surveys(installation: Installation) -> tuple[str, ...]:
    """The surveys that have something published, in the order of their names."""
    with installation.database.read() as connection:
        return tuple(sorted({p.survey for p in publications.list_publications(connection)}))


def find_latest_publication(installation: Installation, survey: str) -> Publication | None:
    """The newest publication of a survey, None when nothing has been published."""
    with installation.database.read() as connection:
        found = publications.list_publications(connection, survey)
    return found[0] if found else None


def list_all_publications(installation: Installation) -> tuple[Publication, ...]:
    """Every publication, newest month first."""
    with installation.database.read() as connection:
        return publications.list_publications(connection)


def read_choice(installation: Installation, asked: Mapping[str, str]) -> Choice:
    """The choice in an address, with what it leaves out filled in.

    Raises SurveyError: nothing_published, survey_unknown, area_unknown, span_wrong (a month or kind that
    is none, or a span that ends before it starts or is longer than 20 years).
    """
    surveys = list_surveys(installation)
    if not surveys:
        raise SurveyError("nothing_published")
    survey = asked.get("survey") or pick_survey(surveys)
    if survey not in surveys:
        raise SurveyError("survey_unknown", survey=survey[:40])
    area = asked.get("area") or installation.areas.counties[0].code
    installation.areas.find(area)
    latest = find_latest_publication(installation, survey)
    last = asked.get("to") or (latest.month if latest else month_of(installation.today()))
    kind = asked.get("by") or PeriodKind.MONTH.value
    check_span(kind, last, last)
    first = asked.get("from") or shift_month(last, 1 - DEFAULT_MONTHS)
    check_span(kind, first, last)
    return Choice(survey, area, kind, first, last)


def pick_survey(surveys: tuple[str, ...]) -> str:
    """The residents' survey where there is one."""
    return "invanarupplevelse" if "invanarupplevelse" in surveys else surveys[0]


def check_span(kind: str, first: str, last: str) -> None:
    try:
        ends = (parse_period(first), parse_period(last))
    except ValueError:
        raise SurveyError("span_wrong") from None
    if kind not in KINDS or any(end.kind is not PeriodKind.MONTH for end in ends) or last < first:
        raise SurveyError("span_wrong")
    if first < shift_month(last, 1 - MOST_MONTHS):
        raise SurveyError("span_wrong")


def find_trends(installation: Installation, choice: Choice, *, viewer: Person) -> Trends:
    """The lines of a choice as this viewer may see them. Reads published cells only."""
    area = installation.areas.find(choice.area)
    county = installation.areas.find(area.parent) if area.parent is not None else None
    audience = find_audience(installation, viewer=viewer)
    publication = find_latest_publication(installation, choice.survey)
    codes = list_whole_periods(choice, publication, find_first_month(installation, choice.survey))
    with installation.database.read() as connection:
        cells = publications.list_cells(
            connection,
            survey=choice.survey,
            areas=[one.code for one in (area, county) if one is not None],
            kind=choice.kind,
            first=codes[0],
            last=codes[-1],
        )
    found = {(cell.area, cell.measure, cell.period): cell for cell in cells}
    dimensions = list_dimensions(installation, choice.survey)
    series = tuple(make_series(dimension, area, county, codes, found, audience) for dimension in dimensions)
    return Trends(choice, area, county, series, publication, audience.threshold)


def list_whole_periods(choice: Choice, publication: Publication | None, began: str) -> tuple[str, ...]:
    """The periods of a choice that are over and published: one that goes on has no figure yet, and one in
    which the survey began would be compared as if it were whole.

    Raises SurveyError span_without_period when there is none.
    """
    last = choice.last if publication is None else min(choice.last, publication.month)
    periods = list_periods(PeriodKind(choice.kind), choice.first, last) if choice.first <= last else ()
    codes = tuple(p.code for p in periods if p.last <= last and not p.first < began <= p.last)
    if not codes:
        raise SurveyError("span_without_period")
    return codes


def find_first_month(installation: Installation, survey: str) -> str:
    """The first month that was published of a survey, empty when none was."""
    with installation.database.read() as connection:
        return min((p.month for p in publications.list_publications(connection, survey)), default="")


@dataclass(frozen=True)
class Audience:
    """Who reads: the public sees less, and rounder, than signed-in people."""

    signed_in: bool
    threshold: int


def find_audience(installation: Installation, *, viewer: Person) -> Audience:
    """The audience a viewer belongs to."""
    signed_in = can_see_signed_in_figures(viewer=viewer)
    settings = installation.settings
    return Audience(signed_in, settings.threshold_signed_in if signed_in else settings.threshold_public)


def list_dimensions(installation: Installation, survey: str) -> tuple[Dimension, ...]:
    """The dimensions of the definition that was answered last: headlines first, then the others.

    A month without answers is published when it ends a longer period; it names no definition.
    """
    with installation.database.read() as connection:
        found = publications.list_publications(connection, survey)
    answered = next((p.versions for p in found if p.versions), None)
    if answered is None:
        return ()
    definition = find_definition(installation, survey, answered.split()[-1])
    others = tuple(d for d in definition.dimensions if d.headline is None)
    return (*definition.headlines, *others)


def make_series(
    dimension: Dimension,
    area: Area,
    county: Area | None,
    codes: tuple[str, ...],
    cells: Mapping[tuple[str, str, str], Cell],
    audience: Audience,
) -> Series:
    """One dimension's line, the county's beside it, and what they say.

    What they say is decided on the figures as they are, so that everybody reads the same; only what is
    shown is rounded for its reader.
    """
    exact = make_line(area, dimension, codes, cells, audience)
    beside = make_line(county, dimension, codes, cells, audience) if county is not None else None
    comparison = compare_with(exact, beside) if beside is not None else None
    shown = round_line(exact, audience)
    other = round_line(beside, audience) if beside is not None else None
    return Series(dimension, shown, other, describe_line(exact.points), comparison)


def make_line(
    area: Area,
    dimension: Dimension,
    codes: tuple[str, ...],
    cells: Mapping[tuple[str, str, str], Cell],
    audience: Audience,
) -> TrendLine:
    """The points of one area as they were published, one per period, hidden from those who may not see."""
    points = tuple(
        TrendPoint(code, open_cell(cells.get((area.code, dimension.id, code)), audience)) for code in codes
    )
    return TrendLine(area.name, points)


def open_cell(cell: Cell | None, audience: Audience) -> Shown[Estimate] | Hidden | NoAnswers:
    """A cell as its audience may see it, with its figures as they are."""
    if cell is None or cell.n == 0 or cell.mean is None:
        return NoAnswers()
    reason = cell.hidden_signed_in if audience.signed_in else cell.hidden_public
    if reason is not None:
        return Hidden(HiddenReason(reason), audience.threshold)
    return Shown(Estimate(cell.n, cell.mean, cell.low, cell.high, cell.sd))


def round_line(line: TrendLine, audience: Audience) -> TrendLine:
    """The line as it is shown: the public's counts are rounded to 5 and scores to whole numbers."""
    if audience.signed_in:
        return line
    return TrendLine(line.label, tuple(TrendPoint(p.period, round_cell(p.cell)) for p in line.points))


def round_cell(cell: Shown[Estimate] | Hidden | NoAnswers) -> Shown[Estimate] | Hidden | NoAnswers:
    if not isinstance(cell, Shown):
        return cell
    found = cell.value
    low, high, sd = (None if v is None else float(round(v)) for v in (found.low, found.high, found.sd))
    return Shown(Estimate(round_count(found.n), float(round(found.mean)), low, high, sd))
