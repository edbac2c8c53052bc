"""What is changing in many areas at once, as a viewer may see it?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.control.judge import ChartKind, Finding, FindingKind, classify, judge_many
from analysis.control.rows import doubt_single
from survey.areas import Area
from survey.definition.model import Dimension
from survey.following.rebases import list_rebases
from survey.insight.audience import Audience, find_audience, round_score
from survey.insight.breaks import find_breaks
from survey.insight.judged import JudgedLine, Start, place_starts
from survey.insight.kept import keep
from survey.insight.published import (
    list_all_publications,
    list_dimensions,
    list_versions,
    list_whole_periods,
)
from survey.insight.upon import list_starts
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import publications
from survey.store.database import Connection
from survey.store.following import Rebase
from survey.store.publications import Publication

Starts = Mapping[tuple[str, str], Sequence[Start]]  # by area and dimension
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """A dimension in an area: its line judged, and its latest shown period with its mean 0-100 as its reader
    is shown it. Both are None where nothing is shown."""

    area: Area
    dimension: Dimension
    line: JudgedLine
    period: str | None
    mean: float | None

    @property
    def finding(self) -> Finding:
        return self.line.finding

    @property
    def kind(self) -> FindingKind:
        return self.line.kind


def find_changes(
    installation: Installation, survey: str, areas: Sequence[str], *, kind: str, viewer: Person
) -> Mapping[tuple[str, str], Change]:
    """The judged lines of some areas by area and dimension, of everything that is published of a survey.

    The same judgement as on the trend page. Nothing when the survey has no whole period of the kind. It is
    worked out once for each audience and publication.
    """
    audience = find_audience(installation, viewer=viewer)
    known = list_all_publications(installation, survey)
    rebases = list_rebases(installation, None, survey=survey)
    key = (survey, kind, audience, rebases, tuple((one.id, one.month, one.versions) for one in known))
    every = keep(
        installation.database,
        key,
        lambda: judge_everything(installation, survey, kind, known, rebases, audience),
    )
    return {(area, one): change for area in areas for one, change in every.get(area, {}).items()}


def judge_everything(
    installation: Installation,
    survey: str,
    kind: str,
    known: Sequence[Publication],
    rebases: Sequence[Rebase],
    audience: Audience,
) -> Mapping[str, Mapping[str, Change]]:
    """Every line of every area, by area and dimension."""
    began, latest = (min(one.month for one in known), known[0].month) if known else ("", "")
    codes = list_whole_periods(kind, began, latest, began) if known else ()
    if not codes:
        return {}
    areas = [area.code for area in installation.areas]
    listed = list_dimensions(installation, survey, list_versions(tuple(known)))
    dimensions = [one for one, is_asked in listed if is_asked]
    starts = find_starts(installation, survey, areas, codes, known, rebases)
    with installation.database.read() as connection:
        means = read_means(connection, survey, kind, codes, areas, dimensions, audience)
    found: dict[str, dict[str, Change]] = {}
    for (area, dimension), change in judge_areas(
        installation, codes, dimensions, means, starts, audience
    ).items():
        found.setdefault(area, {})[dimension] = change
    return found


def read_means(
    connection: Connection,
    survey: str,
    kind: str,
    codes: Sequence[str],
    areas: Sequence[str],
    dimensions: Sequence[Dimension],
    audience: Audience,
) -> dict[tuple[str, str], Floats]:
    """Exact means and the ends of their intervals (3, periods) by area and dimension; NaN where nothing is
    shown."""
    column = {code: place for place, code in enumerate(codes)}
    ids = [dimension.id for dimension in dimensions]
    found = {(area, one): np.full((3, len(codes)), np.nan) for area in areas for one in ids}
    rows = publications.iterate_means(
        connection, survey=survey, kind=kind, first=codes[0], last=codes[-1], measures=ids
    )
    for (area, measure, period), numbers, public, signed_in in rows:
        row = found.get((area, measure))
        if row is not None and period in column:
            reason = signed_in if audience.signed_in else public
            row[:, column[period]] = np.nan if reason is not None else numbers  # None becomes NaN
    return found


def read_known(number: float) -> float | None:
    """A number of an array; NaN is not known."""
    return None if math.isnan(number) else number


def find_starts(
    installation: Installation,
    survey: str,
    areas: Sequence[str],
    codes: Sequence[str],
    known: Sequence[Publication],
    rebases: Sequence[Rebase],
) -> Starts:
    """Where limits begin anew, by area and dimension."""
    breaks = find_breaks(installation, survey, codes, known)
    found: dict[tuple[str, str], tuple[Start, ...]] = {}
    for area in areas:
        for dimension in {*breaks, *(one.dimension for one in rebases if one.area == area)}:
            decided = [one for one in rebases if (one.area, one.dimension) == (area, dimension)]
            found[(area, dimension)] = list_starts(breaks.get(dimension, ()), decided)
    return found


def judge_areas(
    installation: Installation,
    codes: Sequence[str],
    dimensions: Sequence[Dimension],
    means: Mapping[tuple[str, str], Floats],
    starts: Starts,
    audience: Audience,
) -> dict[tuple[str, str], Change]:
    """Every line judged; those whose limits begin in the same periods are judged in one step."""
    by_start: dict[tuple[int, ...], list[tuple[str, str]]] = {}
    kept: dict[tuple[str, str], tuple[Start, ...]] = {}
    for where in means:
        kept[where], positions = place_starts(codes, starts.get(where, ()))
        by_start.setdefault(positions, []).append(where)
    known = {dimension.id: dimension for dimension in dimensions}
    found: dict[tuple[str, str], Change] = {}
    for positions, some in by_start.items():
        matrix = np.stack([means[where][0] for where in some])
        for where, judged in zip(
            some, judge_many(matrix, chart=ChartKind.XMR, starts=positions), strict=True
        ):
            finding = classify(judged)
            if finding.last is not None:
                low, high = means[where][1:, finding.last].tolist()
                finding = doubt_single(judged, finding, (read_known(low), read_known(high)))
            line = JudgedLine(tuple(codes), judged, finding, kept[where])
            shown = np.flatnonzero(~np.isnan(means[where][0]))
            last = int(shown[-1]) if len(shown) else None
            found[where] = Change(
                installation.areas.find(where[0]),
                known[where[1]],
                line,
                None if last is None else codes[last],
                None if last is None else round_score(float(means[where][0, last]), audience.decimals),
            )
    return {where: found[where] for where in means}
