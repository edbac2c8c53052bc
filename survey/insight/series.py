"""How is one line of a trend page made: its points, what they say, and what stands upon it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.describe import (
    CHANGES,
    DIFFERENCES,
    ComparisonFact,
    ComparisonKind,
    LineFact,
    LineKind,
    compare_with,
    describe_line,
    keep_clear,
    keep_clear_differences,
)
from analysis.differences import compare_means, compare_shares
from analysis.lines import TrendLine, TrendPoint
from analysis.many_tests import find_claims
from analysis.slopes import Slope, SlopeKind
from survey.areas import Area
from survey.definition.model import Dimension
from survey.insight.advice import Advice
from survey.insight.audience import Audience, round_cell, round_known, round_score
from survey.insight.claims import claim_change, claim_difference
from survey.insight.judged import JudgedLine, Start, judge_line
from survey.insight.measured import Figure, open_figure
from survey.insight.second_lines import Means
from survey.insight.upon import Done, Upon
from survey.store.following import Goal
from survey.store.publications import Cell

Cells = Mapping[tuple[str, str, str], Cell]  # by area, measure and period


@dataclass(frozen=True)
class Series:
    """One dimension's line in an area, the county's beside it, and the facts about both.

    `second` are means 0-100 by period made in the other way that was chosen; None when none was. `is_asked`
    is False when the survey's newest version has the dimension no more: then the lines end where it did.
    `change` judges the line; None only of a line that was not judged. `goal` is one for its mean, and
    `hides_goal` tells that there is one that the chosen figure does not show.
    `slope` is the way a line goes that is too short for limits, and `advice` where its hidden periods can be
    seen.
    """

    dimension: Dimension
    line: TrendLine
    county: TrendLine | None
    fact: LineFact
    comparison: ComparisonFact | None
    second: Mapping[str, float] | None = None
    is_asked: bool = True
    change: JudgedLine | None = None
    goal: Goal | None = None
    hides_goal: bool = False
    done: tuple[Done, ...] = ()
    slope: SlopeKind = SlopeKind.CANNOT_SAY
    advice: Advice = Advice.NONE


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
    change = judge_line(whole, mine, starts, figure=places.figure)
    means = None
    if second is not None:
        means = {period: mean for (measure, period), mean in second.items() if measure == dimension.id}
    return Series(
        dimension,
        round_line(exact, audience),
        round_line(beside, audience) if beside is not None else None,
        claim_change(describe_line(exact.points, compare=compare), exact, change),
        claim_difference(compare_with(exact, beside, compare=compare), exact, beside) if beside else None,
        means,
        is_asked,
        change,
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


def add_upon(series: Series, upon: Upon, figure: Figure, *, until: str, latest: str) -> Series:
    """The line with its goal and what was done, until a month; `latest` is the last that was published.

    A goal is for a mean and stands on no share, nor on a time that was over before it was set.
    """
    codes = [point.period for point in series.line.points]
    goal = upon.goals.get(series.dimension.id)
    if goal is not None and until < min(goal.since, latest):
        goal = None
    is_hidden = goal is not None and figure is Figure.SHARE
    done = upon.list_done(series.dimension, codes)
    return replace(series, goal=None if is_hidden else goal, hides_goal=is_hidden, done=done)


def weigh_together(series: Sequence[Series], audience: Audience) -> tuple[Series, ...]:
    """The lines of a page with only those claims that stand when all of them are tested at once, as shown."""
    facts = keep_clear([one.fact for one in series])
    slopes = keep_clear_slopes([one.change.find_slope() for one in series if one.change is not None])
    ways = iter(slopes)
    compared = iter(keep_clear_differences([one.comparison for one in series if one.comparison is not None]))
    return tuple(
        replace(
            one,
            fact=round_fact(fact, audience),
            comparison=None if one.comparison is None else round_comparison(next(compared), audience),
            slope=SlopeKind.CANNOT_SAY if one.change is None else next(ways),
        )
        for one, fact in zip(series, facts, strict=True)
    )


def keep_clear_slopes(slopes: Sequence[Slope]) -> list[SlopeKind]:
    """Which way lines go that are too short for limits; claimed where it stands among all of the page."""
    claims = find_claims([slope.p for slope in slopes])
    unclear = (SlopeKind.CANNOT_SAY, SlopeKind.NO_CLEAR_SLOPE)
    return [
        slope.kind if is_claimed or slope.kind in unclear else SlopeKind.NO_CLEAR_SLOPE
        for slope, is_claimed in zip(slopes, claims, strict=True)
    ]


def round_line(line: TrendLine, audience: Audience) -> TrendLine:
    """The line as it is shown: see `round_cell`."""
    points = (TrendPoint(p.period, round_cell(p.cell, decimals=audience.decimals)) for p in line.points)
    return TrendLine(line.label, tuple(points))


def round_fact(fact: LineFact, audience: Audience) -> LineFact:
    """The fact as it is shown: a difference is that of the means as they are shown, so that none tells more.

    A clear change that cannot be seen in them is told as none.
    """
    if fact.mean is None or fact.earlier_mean is None:
        return fact if fact.mean is None else replace(fact, mean=round_score(fact.mean, audience.decimals))
    mean, earlier = (round_score(one, audience.decimals) for one in (fact.mean, fact.earlier_mean))
    points = round_score(mean - earlier, audience.decimals)
    kind = LineKind.NO_CLEAR_CHANGE if fact.kind in CHANGES and not points else fact.kind
    low, high = (round_known(end, audience.decimals) for end in (fact.low, fact.high))
    return replace(
        fact, kind=kind, mean=mean, earlier_mean=earlier, difference=points, low=low, high=high, p=None
    )


def round_comparison(fact: ComparisonFact, audience: Audience) -> ComparisonFact:
    """The same of a comparison."""
    if fact.mean is None or fact.other_mean is None:
        return fact
    mean, other = (round_score(one, audience.decimals) for one in (fact.mean, fact.other_mean))
    points = round_score(mean - other, audience.decimals)
    is_seen = bool(points) or fact.kind not in DIFFERENCES
    kind = fact.kind if is_seen else ComparisonKind.NO_CLEAR_DIFFERENCE
    low, high = (round_known(end, audience.decimals) for end in (fact.low, fact.high))
    return replace(
        fact, kind=kind, mean=mean, other_mean=other, difference=points, low=low, high=high, p=None
    )
