"""What a closing publishes: the cells of every period that it names, estimated and protected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from analysis.disclosure import HiddenReason, is_all_alike
from analysis.periods import Period, PeriodKind
from survey.publication.adjust import adjust_county
from survey.publication.counting import EVERYBODY, MIX
from survey.publication.cube import Axes, Cube, Place
from survey.publication.estimate import Estimated, estimate_county, estimate_municipalities
from survey.publication.gather import WITH_GROUPS, Gathered, Task, gather_sums
from survey.publication.protect import Reasons
from survey.publication.weigh import Margins, weigh_county
from survey.store.database import Connection
from survey.store.publications import Cell

Decide = Callable[[Gathered], tuple[Reasons, Reasons]]  # for the public, for people who are signed in


@dataclass(frozen=True)
class Made:
    """A cell, and how many people stand behind it whoever may see it."""

    cell: Cell
    people: int


class Numbers(TypedDict):
    """The numbers of a published cell."""

    n: int | None
    mean: float | None
    sd: float | None
    low: float | None
    high: float | None
    raw: float | None
    adjusted: float | None
    n_effective: float | None
    largest_weight: float | None
    positive: float | None
    positive_low: float | None
    positive_high: float | None
    shares: str | None


NO_NUMBERS = Numbers(
    n=None,
    mean=None,
    sd=None,
    low=None,
    high=None,
    raw=None,
    adjusted=None,
    n_effective=None,
    largest_weight=None,
    positive=None,
    positive_low=None,
    positive_high=None,
    shares=None,
)


def make_cells(
    connection: Connection, counties: Sequence[Axes], task: Task, margins: Margins, decide: Decide
) -> Iterator[Made]:
    """The cells of a task, county by county."""
    for axes in counties:
        gathered = gather_sums(connection, axes, task)
        public, signed_in = decide(gathered)
        for period in task.periods:
            cube = gathered.cubes[period.code]
            adjusted = adjust_county(cube)
            for found in estimate_period(cube, period, margins):
                where = (period.code, found.place, found.measure)
                mean = adjusted.get((found.place.area, found.measure)) if is_whole(found.place) else None
                cell = make_cell(task, period, found, mean, (public[where], signed_in[where]))
                yield Made(cell, found.n)


def measure_standing(made: Sequence[Made], counties: Sequence[Axes], month: str) -> float:
    """The share, 0-1, of a month's values that the public sees in the month or quarter of a municipality.

    Over all measures. 1 when there are none: then nothing is lost.
    """
    areas = {area for axes in counties for area in axes.areas}
    whole = [one for one in made if one.cell.area in areas and not one.cell.unit and not one.cell.group]
    short = (PeriodKind.MONTH.value, PeriodKind.QUARTER.value)
    shown = {
        (one.cell.area, one.cell.measure)
        for one in whole
        if one.cell.kind in short and one.cell.hidden_public is None
    }
    values = [
        (one.people, (one.cell.area, one.cell.measure) in shown) for one in whole if one.cell.period == month
    ]
    total = sum(people for people, _ in values)
    return sum(people for people, stands in values if stands) / total if total else 1.0


def estimate_period(cube: Cube, period: Period, margins: Margins) -> Iterator[Estimated]:
    """Every number of a period in one county."""
    axes = cube.axes
    weights = weigh_county(cube, margins)
    places = list_places(cube, period)
    yield from estimate_municipalities(cube, places, weights)
    cuts = dict.fromkeys((place.group, place.value) for place in places if not place.unit)
    county = [Place(axes.county, "", group, value) for group, value in cuts]
    yield from estimate_county(cube, county, weights)


def is_whole(place: Place) -> bool:
    """Whether a place is everybody of an area."""
    return not place.unit and place.group == EVERYBODY


def list_places(cube: Cube, period: Period) -> list[Place]:
    """The places that are published of a period, in order: units in quarters, groups in long periods."""
    return sorted(
        place
        for place in cube.places
        if place.group != MIX
        and (not place.unit or period.kind is PeriodKind.QUARTER)
        and (place.group == EVERYBODY or period.kind in WITH_GROUPS)
    )


def make_cell(
    task: Task,
    period: Period,
    found: Estimated,
    adjusted: float | None,
    hidden: tuple[HiddenReason | None, HiddenReason | None],
) -> Cell:
    """One number with why the public and signed-in people may not see it.

    Where everybody gave the same answer nobody sees it, and the reason does not say so: it would tell the
    answer. What signed-in people may not see the public may not see either, and of what nobody may see no
    number is kept.
    """
    public, signed_in = hidden
    if is_all_alike(found.n, 1.0 if found.is_spread else 0.0):
        signed_in = signed_in or HiddenReason.PROTECTS_ANOTHER
    numbers = NO_NUMBERS if signed_in is not None else list_numbers(found, adjusted)
    return Cell(
        survey=task.survey,
        area=found.place.area,
        unit=found.place.unit,
        kind=period.kind.value,
        measure=found.measure,
        group=found.place.group,
        value=found.place.value,
        period=period.code,
        revision=task.revision,
        publication_id=0,
        weighting=found.weighting.value,
        hidden_public=public or signed_in,
        hidden_signed_in=signed_in,
        **numbers,
    )


def list_numbers(found: Estimated, adjusted: float | None) -> Numbers:
    """The numbers of a cell that somebody may see."""
    return Numbers(
        n=found.n,
        mean=found.mean,
        sd=found.sd,
        low=found.low,
        high=found.high,
        raw=found.raw,
        adjusted=adjusted,
        n_effective=found.n_effective,
        largest_weight=found.largest_weight,
        positive=found.positive,
        positive_low=found.positive_low,
        positive_high=found.positive_high,
        shares=found.shares,
    )
