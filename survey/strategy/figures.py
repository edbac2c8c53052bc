"""Which figures stand beside a strategy map, and from what kind of period?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.control.judge import FindingKind
from analysis.periods import PeriodKind
from survey.areas import Area
from survey.insight.audience import find_audience
from survey.insight.changes import Change, find_changes
from survey.insight.published import find_latest_publication
from survey.installation import Installation
from survey.people.roles import Person

KINDS = tuple(kind.value for kind in PeriodKind)  # the shortest first


@dataclass(frozen=True)
class Figure:
    """A dimension's judged line and the kind of period it is of."""

    change: Change
    kind: str


@dataclass(frozen=True)
class Figures:
    """What an area's residents say: by dimension, until a month, as an audience may see it."""

    area: Area
    survey: str
    month: str
    decimals: int
    threshold: int
    by_dimension: Mapping[str, Figure]


def find_figures(installation: Installation, survey: str, area: str, *, viewer: Person) -> Figures | None:
    """The figures of an area as this viewer may see them; None when the survey has nothing published.

    Of each dimension the shortest kind of period whose line can be judged; where none can, the shortest that
    has a figure to show; where none has, months. Raises SurveyError area_unknown.
    """
    found = installation.areas.find(area)
    latest = find_latest_publication(installation, survey)
    if latest is None:
        return None
    audience = find_audience(installation, viewer=viewer)
    chosen: dict[str, Figure] = {}
    for kind in KINDS:
        changes = find_changes(installation, survey, [found.code], kind=kind, viewer=viewer)
        for (_, dimension), change in changes.items():
            known = chosen.get(dimension)
            if known is None or is_better(change, known.change):
                chosen[dimension] = Figure(change, kind)
        if all(is_judged(one.change) for one in chosen.values()):
            break
    return Figures(found, survey, latest.month, audience.decimals, audience.threshold, chosen)


def is_judged(change: Change) -> bool:
    """Whether a line has figures enough to say that it changes, or that it does not."""
    return change.kind is not FindingKind.TOO_FEW


def is_better(change: Change, known: Change) -> bool:
    """Whether a line of longer periods says more than one of shorter."""
    if is_judged(known):
        return False
    return is_judged(change) or (known.mean is None and change.mean is not None)
