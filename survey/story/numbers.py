"""Which number stands for a year: of which period, how sure, how made, and what was before?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.estimates import Estimate
from analysis.periods import list_months, parse_period, shift_year
from survey.areas import Area
from survey.insight.audience import Audience, open_cell, round_cell
from survey.insight.breaks import list_broken
from survey.insight.computed import Computed, describe_cell
from survey.insight.published import list_versions
from survey.insight.representation import list_margins
from survey.insight.shares import find_least, say_share
from survey.installation import Installation
from survey.store import populations, publications
from survey.store.populations import Population
from survey.store.publications import Cell, Publication
from survey.story.years import StoryYear

FIRST_YEAR = "0001"
Cells = Mapping[tuple[str, str], Cell]  # by measure and period


@dataclass(frozen=True)
class Number:
    """A dimension's number in a year as everybody may see it: rounded, with its interval.

    `period` is what it is of. `share` is how many per cent gave a high answer, such as 62 or <15; empty where
    it is not told. `earlier` is the mean of the same period a year before, None where it is not shown or was
    measured by other questions. `computed` says how it was made, None where nothing is shown.
    """

    period: str
    cell: Shown[Estimate] | Hidden | NoAnswers
    share: str = ""
    earlier: float | None = None
    computed: Computed | None = None

    @property
    def mean(self) -> float | None:
        return self.cell.value.mean if isinstance(self.cell, Shown) else None


@dataclass(frozen=True)
class Making:
    """What is needed to tell how a number was made."""

    known: Sequence[Publication]
    margins: Mapping[int, Population | None]
    area: Area
    installation: Installation
    audience: Audience

    def describe(self, cell: Cell) -> Computed:
        """How a shown cell was made."""
        publication = next(one for one in self.known if one.id == cell.publication_id)
        population = self.margins.get(publication.population_year or 0)
        covered = bool(list_margins(population, self.installation.areas, self.area.code))
        versions = self.list_versions(cell.period)
        return describe_cell(cell, publication, population, self.audience, versions=versions, covered=covered)

    def list_versions(self, period: str) -> tuple[str, ...]:
        """The versions that were answered in a period, the newest first."""
        months = list_months(parse_period(period))
        return list_versions(tuple(one for one in self.known if one.month in months))


def find_numbers(
    installation: Installation,
    area: Area,
    year: StoryYear,
    measures: Sequence[str],
    *,
    survey: str,
    known: Sequence[Publication],
    audience: Audience,
) -> dict[str, Number]:
    """The number of each dimension: of the longest period in the year that is shown.

    A year may be hidden where its quarters are not. Where nothing is shown it is of the year's own period.
    """
    cells = read_cells(installation, survey, area, year, measures)
    years = {one.population_year for one in known if one.population_year is not None}
    with installation.database.read() as connection:
        margins = {one: populations.find_population(connection, one) for one in years}
    making = Making(known, margins, area, installation, audience)
    return {one: choose_number(one, year, cells, making, survey) for one in measures}


def read_cells(
    installation: Installation, survey: str, area: Area, year: StoryYear, measures: Sequence[str]
) -> Cells:
    """The cells of the year's periods and of the same periods a year before."""
    found: dict[tuple[str, str], Cell] = {}
    with installation.database.read() as connection:
        for kind, codes in year.periods.items():
            for first, last in {(codes[0], codes[-1]), shift_span(codes[0], codes[-1])}:
                cells = publications.list_cells(
                    connection,
                    survey=survey,
                    areas=[area.code],
                    kind=kind,
                    first=first,
                    last=last,
                    measures=measures,
                )
                found.update({(one.measure, one.period): one for one in cells})
    return found


def shift_span(first: str, last: str) -> tuple[str, str]:
    """The same span a year before; itself in the calendar's first year."""
    return (first, last) if first[:4] == FIRST_YEAR else (shift_year(first, -1), shift_year(last, -1))


def choose_number(measure: str, year: StoryYear, cells: Cells, making: Making, survey: str) -> Number:
    """The number of the longest period that is shown, the latest of those alike."""
    wanted = [code for codes in year.periods.values() for code in reversed(codes)]
    for code in wanted:
        cell = cells.get((measure, code))
        seen = open_cell(cell, making.audience)
        if cell is not None and isinstance(seen, Shown):
            rounded = round_cell(seen, decimals=making.audience.decimals)
            earlier = find_earlier(measure, code, cells, making, survey)
            share = tell_share(cell, rounded)
            return Number(code, rounded, share, earlier, making.describe(cell))
    seen = (open_cell(cells.get((measure, code)), making.audience) for code in wanted)
    hidden = next((one for one in seen if isinstance(one, Hidden)), NoAnswers())
    return Number(year.period, hidden)


def tell_share(cell: Cell, rounded: Shown[Estimate] | Hidden | NoAnswers) -> str:
    """The share of high answers as it may be said; empty where there is none."""
    if cell.positive is None or not isinstance(rounded, Shown):
        return ""
    return say_share(cell.positive, find_least(rounded.value.n))


def find_earlier(measure: str, period: str, cells: Cells, making: Making, survey: str) -> float | None:
    """The mean a year before as it is shown; None where it is not, or where other questions were asked."""
    if period[:4] == FIRST_YEAR:
        return None
    before = shift_year(period, -1)
    seen = round_cell(
        open_cell(cells.get((measure, before)), making.audience), decimals=making.audience.decimals
    )
    if not isinstance(seen, Shown) or not is_whole(before, making.known):
        return None
    old, new = making.list_versions(before), making.list_versions(period)
    asked = list(dict.fromkeys([*reversed(old), *reversed(new)]))
    changes = [list_broken(making.installation, survey, first, second) for first, second in pairwise(asked)]
    return None if any(measure in one for one in changes) else seen.value.mean


def is_whole(period: str, known: Sequence[Publication]) -> bool:
    """Whether the survey had begun when a period began."""
    return min(one.month for one in known) <= parse_period(period).first
