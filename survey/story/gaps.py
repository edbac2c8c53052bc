"""How do prioritised groups fare beside others, dimension by dimension, at a year's end?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.gaps import GapKind, MeasuredGap, classify_gap, list_gap_tests
from analysis.many_tests import find_claims
from analysis.periods import parse_period
from survey.definition.model import Definition
from survey.insight.audience import Audience
from survey.insight.gaps import GapFigure, list_half_years, list_prioritised, measure_group
from survey.installation import Installation
from survey.store import group_cells
from survey.store.publications import Publication
from survey.story.years import StoryYear


def find_gaps(
    installation: Installation,
    area: str,
    year: StoryYear,
    measures: Sequence[str],
    *,
    definition: Definition,
    known: tuple[Publication, ...],
    audience: Audience,
) -> dict[str, tuple[GapFigure, ...]]:
    """Each prioritised group against the others until the year's end, by dimension.

    Made of published cells as everybody is shown them, as on the page about groups. What is claimed stands
    when all gaps of the story are weighed together. A gap that was last shown before the year says nothing.
    """
    codes = [one for one in list_half_years(known) if parse_period(one).last <= year.last]
    if not any(year.holds(one) for one in codes):
        return {}
    groups = list_prioritised(definition)
    found: dict[str, list[GapFigure]] = {}
    with installation.database.read() as connection:
        for measure in measures:
            rows = group_cells.list_measure_cells(
                connection, survey=definition.survey, area=area, measure=measure, periods=codes
            )
            cells = {(one.period, one.group, one.value): one for one in rows}
            found[measure] = [keep_in(measure_group(one, cells, codes, audience), year) for one in groups]
    return claim_together(found)


def keep_in(figure: GapFigure, year: StoryYear) -> GapFigure:
    """The gap, without what was measured where nothing is shown of the year; its points are the year's."""
    now = figure.measured.now
    measured = figure.measured if now and year.holds(now.period) else MeasuredGap()
    points = tuple(one for one in figure.points if year.holds(one.period))
    return replace(figure, points=points, measured=measured)


def claim_together(found: dict[str, list[GapFigure]]) -> dict[str, tuple[GapFigure, ...]]:
    """The gaps with what may be said of each when all are tested at once."""
    p_values = [p for some in found.values() for one in some for p in list_gap_tests(one.measured)]
    claims = iter(find_claims(p_values))

    def classify(one: GapFigure) -> GapFigure:
        kind = classify_gap(one.measured, is_gap_claimed=next(claims), is_change_claimed=next(claims))
        return replace(one, kind=kind)

    return {measure: tuple(classify(one) for one in some) for measure, some in found.items()}


def is_clear(figure: GapFigure) -> bool:
    """Whether there is a difference that chance does not explain."""
    return figure.kind not in (GapKind.NO_CLEAR_GAP, GapKind.CANNOT_SAY)
