"""What both audiences may see of a closing, from the sums and from what they were shown before."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.periods import PeriodKind, enclosing_periods
from survey.publication.cube import Cube, Place
from survey.publication.gather import WITH_GROUPS, Gathered, Task
from survey.publication.group_months import guard_months
from survey.publication.protect import Earlier, Reasons, decide_long_period, decide_quarter
from survey.publication.protect_groups import Viewers, decide_group_years, decide_groups
from survey.publication.thin_years import decide_years
from survey.settings import Settings
from survey.store import publications
from survey.store.database import Connection

Audiences = tuple[Earlier, Earlier]  # the public, people who are signed in


def list_earlier_periods(task: Task) -> tuple[str, ...]:
    """The periods whose cells bear on this closing: those inside the longest period that ends with it."""
    codes: dict[str, None] = {}
    for month in task.months:
        codes.setdefault(month)
        for period in enclosing_periods(month):
            codes.setdefault(period.code)
    return tuple(code for code in codes if code not in {period.code for period in task.periods})


def read_earlier(connection: Connection, task: Task) -> Audiences:
    """What each audience was shown of the earlier periods, in any revision: what was seen stays seen."""
    public: set[tuple[str, Place, str]] = set()
    signed_in: set[tuple[str, Place, str]] = set()
    rows = publications.read_shown(connection, task.survey, list_earlier_periods(task))
    for (period, area, unit, group, value, measure), for_public, for_signed_in in rows:
        where = (period, Place(area, unit, group, value), measure)
        if for_public is None:
            public.add(where)
        if for_signed_in is None:
            signed_in.add(where)
    return Earlier(frozenset(public)), Earlier(frozenset(signed_in | public))


def decide_both(
    gathered: Gathered,
    task: Task,
    earlier: Audiences,
    settings: Settings,
) -> tuple[Reasons, Reasons]:
    """The reasons for the public and for people who are signed in."""
    signed_in = decide_everybody(gathered, task, earlier[1], threshold=settings.threshold_signed_in)
    public = decide_everybody(gathered, task, earlier[0], threshold=settings.threshold_public)
    viewers = (
        Viewers(signed_in, settings.threshold_signed_in),
        Viewers(public, settings.threshold_public),
    )
    for_signed_in, for_public = decide_task_groups(gathered, task, (earlier[1], earlier[0]), viewers)
    return {**public, **for_public}, {**signed_in, **for_signed_in}


def decide_everybody(gathered: Gathered, task: Task, earlier: Earlier, *, threshold: int) -> Reasons:
    """Month and quarter first, then the longer periods that are made of quarters."""
    atoms = gathered.atoms
    quarter = enclosing_periods(task.month)[0]
    reasons = decide_quarter(atoms, quarter, task.month, earlier, threshold=threshold)
    for period in task.periods:
        if period.kind in WITH_GROUPS:
            reasons.update(decide_long_period(atoms, period, earlier, reasons))
        if period.kind is PeriodKind.YEAR:
            reasons.update(decide_years(atoms, period, earlier, reasons, threshold=threshold))
    return reasons


def decide_task_groups(
    gathered: Gathered,
    task: Task,
    earlier: Sequence[Earlier],
    viewers: Sequence[Viewers],
) -> tuple[Reasons, ...]:
    """The groups of a half-year, and of the year that ends with it, for each audience."""
    reasons: tuple[Reasons, ...] = tuple({} for _ in viewers)
    half: Cube | None = None
    for period in task.periods:
        cube = gathered.cubes[period.code]
        if period.kind is PeriodKind.HALF_YEAR:
            half = cube
            groups, atoms = gathered.groups[period.code], gathered.atoms
            reasons = tuple(
                guard_months(found, groups, atoms, period, (known, one.totals), threshold=one.threshold)
                for found, known, one in zip(
                    decide_groups(cube, period, viewers), earlier, viewers, strict=True
                )
            )
        if period.kind is PeriodKind.YEAR and half is not None:
            for known, found in zip(earlier, reasons, strict=True):
                found.update(decide_group_years(cube, half, period, known, found))
    return reasons
