"""What a person may see of how a municipality or a county develops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from survey.areas import Area
from survey.errors import SurveyError
from survey.insight.audience import find_audience
from survey.insight.breaks import find_breaks
from survey.insight.choice import Choice, Second
from survey.insight.elsewhere import advise_series
from survey.insight.published import (
    list_all_publications,
    list_dimensions,
    list_versions,
    list_whole_periods,
)
from survey.insight.second_lines import find_second_means
from survey.insight.series import Places, Series, add_upon, make_series, weigh_together
from survey.insight.upon import find_upon
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import publications
from survey.store.database import Connection
from survey.store.publications import Cell, Publication


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

    Raises SurveyError span_outside (nothing of the time is published), span_without_period.
    """
    area = installation.areas.find(choice.area)
    county = installation.areas.find(area.parent) if area.parent is not None else None
    audience = find_audience(installation, viewer=viewer)
    known = list_all_publications(installation, choice.survey)
    latest = next(iter(known), None)
    began = min((p.month for p in known), default="")
    if latest is not None and (choice.last < began or choice.first > latest.month):
        raise SurveyError("span_outside")
    codes = list_span(choice, latest, began)
    judged = list_span(replace(choice, first=min(choice.first, began or choice.first)), latest, began)
    places = Places(area, county, codes, audience, judged, choice.figure)
    dimensions = list_dimensions(installation, choice.survey, list_versions(known))
    with installation.database.read() as connection:
        cells = read_cells(connection, choice, places, [dimension.id for dimension, _ in dimensions])
        seen = [cell for cell in cells if cell.period >= codes[0]]
        second = find_second_means(
            connection, choice, area, seen, areas=installation.areas, audience=audience
        )
    upon = find_upon(installation, area.code, choice.survey)
    breaks = find_breaks(installation, choice.survey, judged, known)
    found = {(cell.area, cell.measure, cell.period): cell for cell in cells}
    beside = second if choice.second is not Second.NONE else None
    series = [
        make_series(one, places, found, beside, is_asked=asked, starts=upon.list_starts(one.id, breaks))
        for one, asked in dimensions
    ]
    asked_for = [
        add_upon(one, upon, choice.figure, until=choice.last, latest=known[0].month if known else choice.last)
        for one in series
        if one.is_asked or one.line.points
    ]
    revised = list_revised(seen, known, area.code)
    told = weigh_together(asked_for, audience)
    with installation.database.read() as connection:
        told = advise_series(connection, choice, told, began=began, audience=audience)
    return Trends(choice, area, county, told, latest, audience.threshold, audience.decimals, revised)


def read_cells(
    connection: Connection, choice: Choice, places: Places, measures: Sequence[str]
) -> tuple[Cell, ...]:
    """The published cells of everything that is judged, of the area and its county."""
    return publications.list_cells(
        connection,
        survey=choice.survey,
        areas=[one.code for one in (places.area, places.county) if one is not None],
        kind=choice.kind,
        first=places.judged[0],
        last=places.judged[-1],
        measures=measures,
    )


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
