"""Where can a reader see what is hidden here: in a longer period, a shorter one, or the whole county?

A longer period is not always shown: one thin month may be told by subtraction, and then its quarter,
half-year and year are hidden though eleven months are shown. So it is looked up, and only what is there is
advised.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.disclosure import Hidden, Shown
from analysis.periods import MONTHS_IN, Period, PeriodKind, list_periods, parse_period
from survey.insight.advice import Advice
from survey.insight.audience import Audience, open_cell
from survey.insight.choice import Choice
from survey.insight.series import Series
from survey.store import publications
from survey.store.database import Connection


def choose_advice(hidden: Collection[str], shown: Iterable[str], *, county: Collection[str] = ()) -> Advice:
    """The advice for some hidden periods (codes), by the periods of other lengths that are shown.

    A longer one must hold a hidden one and a shorter one lie within it; `county` are the periods in which the
    county is shown.
    """
    missing = [parse_period(code) for code in hidden]
    others = [parse_period(code) for code in shown]
    if any(holds(one, gap) for one in others for gap in missing):
        return Advice.LONGER
    if any(holds(gap, one) for one in others for gap in missing):
        return Advice.SHORTER
    return Advice.COUNTY if set(hidden) & set(county) else Advice.NONE


def holds(longer: Period, shorter: Period) -> bool:
    """Whether a period is longer than another and holds all of it."""
    is_longer = MONTHS_IN[longer.kind] > MONTHS_IN[shorter.kind]
    return is_longer and longer.first <= shorter.first and shorter.last <= longer.last


def pick_best(some: Iterable[Advice]) -> Advice:
    """The best of several."""
    order = list(Advice)
    return min(some, key=order.index, default=Advice.NONE)


def list_shown_elsewhere(
    connection: Connection,
    *,
    survey: str,
    areas: Sequence[str],
    kind: str,
    first: str,
    last: str,
    measures: Sequence[str],
    began: str,
    audience: Audience,
) -> Mapping[tuple[str, str], list[str]]:
    """The periods of all other lengths that hold or lie within a span of months and are shown, by area and
    measure. None that the survey (`began`, its first month) began in: pages do not show it."""
    found: dict[tuple[str, str], list[str]] = {}
    for other in PeriodKind:
        periods = [one.code for one in list_periods(other, first, last) if one.first >= began]
        if other == kind or not periods:
            continue
        cells = publications.list_cells(
            connection,
            survey=survey,
            areas=areas,
            kind=other,
            first=periods[0],
            last=periods[-1],
            measures=measures,
        )
        for cell in cells:
            if isinstance(open_cell(cell, audience), Shown):
                found.setdefault((cell.area, cell.measure), []).append(cell.period)
    return found


def advise_series(
    connection: Connection, choice: Choice, series: Sequence[Series], *, began: str, audience: Audience
) -> tuple[Series, ...]:
    """The lines with an advice on those that have a hidden period; looked up only where one has."""
    hidden = {one.dimension.id: list_hidden(one) for one in series if list_hidden(one)}
    if not hidden:
        return tuple(series)
    ends = [parse_period(code) for codes in hidden.values() for code in codes]
    shown = list_shown_elsewhere(
        connection,
        survey=choice.survey,
        areas=[choice.area],
        kind=choice.kind,
        first=min(one.first for one in ends),
        last=max(one.last for one in ends),
        measures=sorted(hidden),
        began=began,
        audience=audience,
    )

    def advise(one: Series) -> Series:
        gaps = hidden.get(one.dimension.id, [])
        county = [p.period for p in one.county.points if isinstance(p.cell, Shown)] if one.county else []
        others = shown.get((choice.area, one.dimension.id), [])
        return replace(one, advice=choose_advice(gaps, others, county=county))

    return tuple(map(advise, series))


def list_hidden(series: Series) -> list[str]:
    """The hidden periods of a line."""
    return [point.period for point in series.line.points if isinstance(point.cell, Hidden)]
