"""What a person may see of how a municipality or a county develops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from analysis.describe import (
    ComparisonFact,
    LineFact,
    compare_with,
    describe_line,
    keep_clear,
    keep_clear_differences,
)
from analysis.differences import compare_means, compare_shares
from analysis.lines import TrendLine, TrendPoint
from survey.areas import Area
from survey.definition.model import Dimension
from survey.errors import SurveyError
from survey.insight.audience import Audience, find_audience, round_cell
from survey.insight.breaks import find_breaks
from survey.insight.changes import list_starts
from survey.insight.choice import Choice, Second
from survey.insight.judged import JudgedLine, Start, judge_line
from survey.insight.measured import Figure, open_figure
from survey.insight.published import (
    list_all_publications,
    list_dimensions,
    list_versions,
    list_whole_periods,
)
from survey.insight.second_lines import Means, find_second_means
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import publications
from survey.store.publications import Cell, Publication

Cells = Mapping[tuple[str, str, str], Cell]  # by area, measure and period


@dataclass(frozen=True)
class Series:
    """One dimension's line in an area, the county's beside it, and the facts about both.

    `second` are means 0-100 by period made in the other way that was chosen; None when none was. `is_asked`
    is False when the survey's newest version has the dimension no more: then the lines end where it did.
    `change` judges the line; None only of a line that was not judged.
    """

    dimension: Dimension
    line: TrendLine
    county: TrendLine | None
    fact: LineFact
    comparison: ComparisonFact | None
    second: Mapping[str, float] | None = None
    is_asked: bool = True
    change: JudgedLine | None = None


@dataclass(frozen=True)
class Revised:
    """A period whose numbers were corrected, and why."""

    period: str
    revision: int
    reason: str
    published: datetime


@dataclass(frozen=True)
class Trends:
    """Everything a trend page draws. `decimals` are those of a score as its reader is shown it."""

    choice: Choice
    area: Area
    county: Area | None
    series: tuple[Series, ...]
    publication: Publication | None
    threshold: int
    decimals: int = 0
    revised: tuple[Revised, ...] = field(default=())


def find_trends(installation: Installation, choice: Choice, *, viewer: Person) -> Trends:
    """The lines of a choice as this viewer may see them. Reads published cells only.

    Raises SurveyError span_without_period.
    """
    area = installation.areas.find(choice.area)
    county = installation.areas.find(area.parent) if area.parent is not None else None
    audience = find_audience(installation, viewer=viewer)
    known = list_all_publications(installation, choice.survey)
    latest = next(iter(known), None)
    began = min((p.month for p in known), default="")
    codes = list_span(choice, latest, began)
    judged = list_span(replace(choice, first=min(choice.first, began or choice.first)), latest, began)
    dimensions = list_dimensions(installation, choice.survey, list_versions(known))
    with installation.database.read() as connection:
        cells = publications.list_cells(
            connection,
            survey=choice.survey,
            areas=[one.code for one in (area, county) if one is not None],
            kind=choice.kind,
            first=judged[0],
            last=judged[-1],
            measures=[dimension.id for dimension, _ in dimensions],
        )
        seen = [cell for cell in cells if cell.period >= codes[0]]
        second = find_second_means(
            connection, choice, area, seen, areas=installation.areas, audience=audience
        )
    found = {(cell.area, cell.measure, cell.period): cell for cell in cells}
    places = Places(area, county, codes, audience, judged, choice.figure)
    breaks = find_breaks(installation, choice.survey, judged, known)
    series = [
        make_series(
            one,
            places,
            found,
            second if choice.second is not Second.NONE else None,
            is_asked=asked,
            starts=list_starts(breaks.get(one.id, ())),
        )
        for one, asked in dimensions
    ]
    told = weigh_together([one for one in series if one.is_asked or one.line.points])
    revised = list_revised(seen, known, area.code)
    return Trends(choice, area, county, told, latest, audience.threshold, audience.decimals, revised)


def list_span(choice: Choice, publication: Publication | None, began: str) -> tuple[str, ...]:
    """The periods of a choice that are over and published. Raises SurveyError span_without_period."""
    last = choice.last if publication is None else min(choice.last, publication.month)
    codes = list_whole_periods(choice.kind, choice.first, last, began)
    if not codes:
        raise SurveyError("span_without_period")
    return codes


def list_revised(cells: Sequence[Cell], known: Sequence[Publication], area: str) -> tuple[Revised, ...]:
    """The periods of an area that stand in a later revision than their first, the latest period first."""
    behind = {one.id: one for one in known}
    chosen = {
        cell.period: behind[cell.publication_id]
        for cell in cells
        if cell.area == area and cell.publication_id in behind and behind[cell.publication_id].revision > 1
    }
    return tuple(
        Revised(period, chosen[period].revision, chosen[period].reason, chosen[period].published)
        for period in sorted(chosen, reverse=True)
    )


@dataclass(frozen=True)
class Places:
    """Where, when and for whom lines are drawn: an area, its county, some periods, an audience.

    `judged` are the periods that lines are judged on, `codes` those of them that are drawn.
    """

    area: Area
    county: Area | None
    codes: tuple[str, ...]
    audience: Audience
    judged: tuple[str, ...]
    figure: Figure = Figure.MEAN


def make_series(
    dimension: Dimension,
    places: Places,
    cells: Cells,
    second: Means | None = None,
    *,
    is_asked: bool = True,
    starts: Sequence[Start] = (),
) -> Series:
    """One dimension's line, the county's beside it, and what they say.

    What they say is decided on the figures as they are, so that everybody reads the same; only what is
    shown is rounded for its reader.
    """
    codes, judged, audience = places.codes, places.judged, places.audience
    if not is_asked:
        codes, judged = (end_with_cells(dimension, places, cells, one) for one in (codes, judged))
    exact = make_line(places.area, dimension, codes, cells, places)
    beside = make_line(places.county, dimension, codes, cells, places) if places.county else None
    whole = make_line(places.area, dimension, judged, cells, places)
    mine = {code: cells[key] for code in judged if (key := (places.area.code, dimension.id, code)) in cells}
    compare = compare_shares if places.figure is Figure.SHARE else compare_means
    means = None
    if second is not None:
        means = {period: mean for (measure, period), mean in second.items() if measure == dimension.id}
    return Series(
        dimension,
        round_line(exact, audience),
        round_line(beside, audience) if beside is not None else None,
        describe_line(exact.points, compare=compare),
        compare_with(exact, beside, compare=compare) if beside is not None else None,
        means,
        is_asked,
        judge_line(whole, mine, starts, figure=places.figure),
    )


def end_with_cells(
    dimension: Dimension, places: Places, cells: Cells, codes: tuple[str, ...]
) -> tuple[str, ...]:
    """The periods until the last in which an area has a cell of a dimension; none when it has no cell."""
    has = [code for code in codes if (places.area.code, dimension.id, code) in cells]
    return tuple(code for code in codes if has and code <= has[-1])


def make_line(
    area: Area, dimension: Dimension, codes: tuple[str, ...], cells: Cells, places: Places
) -> TrendLine:
    """The points of one area as they were published, one per period, hidden from those who may not see."""
    found = (cells.get((area.code, dimension.id, code)) for code in codes)
    points = tuple(
        TrendPoint(code, open_figure(cell, places.audience, places.figure))
        for code, cell in zip(codes, found, strict=True)
    )
    return TrendLine(area.name, points)


def weigh_together(series: Sequence[Series]) -> tuple[Series, ...]:
    """The lines of a page with only those claims that stand when all of them are tested at once."""
    facts = keep_clear([one.fact for one in series])
    compared = iter(keep_clear_differences([one.comparison for one in series if one.comparison is not None]))
    return tuple(
        replace(one, fact=fact, comparison=None if one.comparison is None else next(compared))
        for one, fact in zip(series, facts, strict=True)
    )


def round_line(line: TrendLine, audience: Audience) -> TrendLine:
    """The line as it is shown: see `round_cell`."""
    points = (TrendPoint(p.period, round_cell(p.cell, decimals=audience.decimals)) for p in line.points)
    return TrendLine(line.label, tuple(points))
