"""How was the published number of a group made?"""

from __future__ import annotations

from dataclasses import replace

from analysis.group_tables import GROUP_LEAST
from analysis.periods import list_months, parse_period
from survey.insight.audience import find_audience, find_reason
from survey.insight.computed import Computed, describe_cell
from survey.insight.group_choice import GroupChoice
from survey.insight.published import list_all_publications, list_versions
from survey.insight.representation import list_margins
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import group_cells, populations


def find_group_computed(
    installation: Installation, choice: GroupChoice, group: str, value: str, period: str, *, viewer: Person
) -> Computed | None:
    """How the number of a group's value in a period was made; None where the viewer is shown none."""
    audience = find_audience(installation, viewer=viewer)
    known = list_all_publications(installation, choice.survey)
    with installation.database.read() as connection:
        cells = group_cells.list_measure_cells(
            connection,
            survey=choice.survey,
            area=choice.area,
            measure=choice.dimension,
            periods=[period],
        )
        cell = next((one for one in cells if (one.group, one.value) == (group, value)), None)
        if cell is None or find_reason(cell, audience) is not None or not cell.n:
            return None
        publication = next(one for one in known if one.id == cell.publication_id)
        year = publication.population_year
        population = None if year is None else populations.find_population(connection, year)
    covered = bool(list_margins(population, installation.areas, choice.area))
    months = list_months(parse_period(period))
    versions = list_versions(tuple(one for one in known if one.month in months))
    found = describe_cell(cell, publication, population, audience, versions=versions, covered=covered)
    return replace(found, threshold=max(found.threshold, GROUP_LEAST))
