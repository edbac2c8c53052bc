"""How was a published number made, and how sure is the scale it was measured with?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.disclosure import round_count
from analysis.periods import list_months, parse_period
from analysis.reliability import ENOUGH
from analysis.weights import WeightMethod
from survey.insight.audience import Audience, find_audience, find_reason
from survey.insight.choice import Choice
from survey.insight.published import list_all_publications, list_versions
from survey.insight.representation import list_margins
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import populations, publications, rounds
from survey.store.populations import Population, PopulationSource
from survey.store.publications import Cell, Publication, Reliability

DECIMALS_OF_WEIGHT = 1


class WhyUnweighted(StrEnum):
    """Why a number is about those who answered and not about those who live there."""

    NO_MARGINS = "no_margins"
    NOT_COVERED = "not_covered"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Computed:
    """How one number came about, as its reader may know it. Counts are in fives, the weight has one decimal.

    `margins` are the people that it was weighted to, None when it was not, or they are loaded no more; where
    it was not, `why_unweighted` says why. `versions` of the survey were answered in the period's months.
    """

    period: str
    n: int
    n_effective: int | None
    largest_weight: float | None
    weighting: WeightMethod
    why_unweighted: WhyUnweighted | None
    margins: PopulationSource | None
    publication: Publication
    versions: tuple[str, ...]
    threshold: int


@dataclass(frozen=True)
class ScaleReliability:
    """How well a dimension was measured in a round, named by its title; n is in fives."""

    title: str
    found: Reliability

    @property
    def is_weak(self) -> bool:
        """Whether a warning belongs beside it: alpha is known and below ENOUGH."""
        return self.found.alpha is not None and self.found.alpha < ENOUGH


def find_computed(
    installation: Installation, choice: Choice, dimension: str, period: str, *, viewer: Person
) -> Computed | None:
    """How the number of a dimension in a period was made; None where the viewer is shown none."""
    audience = find_audience(installation, viewer=viewer)
    known = list_all_publications(installation, choice.survey)
    with installation.database.read() as connection:
        cells = publications.list_cells(
            connection,
            survey=choice.survey,
            areas=[choice.area],
            kind=choice.kind,
            first=period,
            last=period,
            measures=[dimension],
        )
        cell = next(iter(cells), None)
        if cell is None or find_reason(cell, audience) is not None or not cell.n:
            return None
        publication = next(one for one in known if one.id == cell.publication_id)
        year = publication.population_year
        population = None if year is None else populations.find_population(connection, year)
    covered = bool(list_margins(population, installation.areas, choice.area))
    months = list_months(parse_period(period))
    versions = list_versions(tuple(one for one in known if one.month in months))
    return describe_cell(cell, publication, population, audience, versions=versions, covered=covered)


def describe_cell(
    cell: Cell,
    publication: Publication,
    population: Population | None,
    audience: Audience,
    *,
    versions: tuple[str, ...],
    covered: bool,
) -> Computed:
    """What is told of a shown cell. `covered` is whether its area has margins."""
    weighting = WeightMethod(cell.weighting)
    is_weighted = weighting is not WeightMethod.NONE
    weight = cell.largest_weight
    return Computed(
        period=cell.period,
        n=round_count(cell.n or 0),
        n_effective=None if cell.n_effective is None else round_count(round(cell.n_effective)),
        largest_weight=None if weight is None else round(weight, DECIMALS_OF_WEIGHT),
        weighting=weighting,
        why_unweighted=None if is_weighted else find_why(publication, covered=covered),
        margins=population.source if population is not None and is_weighted else None,
        publication=publication,
        versions=versions[::-1],
        threshold=publication.threshold_signed_in if audience.signed_in else publication.threshold_public,
    )


def find_why(publication: Publication, *, covered: bool) -> WhyUnweighted:
    """Why a number was not weighted: nobody was counted, not here, or too few answered."""
    if publication.population_year is None:
        return WhyUnweighted.NO_MARGINS
    return WhyUnweighted.TOO_FEW if covered else WhyUnweighted.NOT_COVERED


def list_reliabilities(
    installation: Installation, survey: str, dimension: str
) -> tuple[ScaleReliability, ...]:
    """How well a dimension is measured, by round, the newest first, as it was published last."""
    with installation.database.read() as connection:
        told = publications.list_latest_reliabilities(connection, survey)
        known = rounds.list_rounds(connection)
    mine = {one.round_id: replace(one, n=round_count(one.n)) for one in told if one.dimension == dimension}
    return tuple(ScaleReliability(one.title, mine[one.id]) for one in known if one.id in mine)
