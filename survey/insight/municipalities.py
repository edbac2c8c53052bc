"""How do municipalities lie beside each other, as a viewer may see them?

The share with a score of 75 or more in published cells. What is said of a municipality is decided on what its
reader is told, shares in whole per cent and counts in fives, and only on cells that this reader is shown:
then a limit tells nothing that the table beside it does not, and everybody can work it out again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from analysis.disclosure import Hidden, NoAnswers, Shown, round_count
from analysis.funnel import Funnel, Place, bound_shares, fit_funnel, place_shares
from analysis.periods import PeriodKind, parse_period
from survey.areas import Area
from survey.insight.advice import Advice
from survey.insight.audience import Audience, find_audience, open_cell
from survey.insight.compared_choice import (
    EVERYWHERE,
    ComparedChoice,
    Measure,
    find_compared_areas,
    list_compared_periods,
    list_measures,
)
from survey.insight.elsewhere import choose_advice, holds, list_shown_elsewhere, pick_best
from survey.insight.published import list_all_publications
from survey.insight.shares import find_least, say_share
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import publications
from survey.store.publications import Cell

PERCENT = 100


@dataclass(frozen=True)
class ToldShare:
    """A share as it is told. n in fives; `effective` is what n is worth when the answers are weighted.

    `said` is per cent and may be "<5" or ">95"; `percent` is the number to draw, its limit then.
    """

    n: int
    effective: int
    said: str
    percent: int


ShareCell: TypeAlias = Shown[ToldShare] | Hidden | NoAnswers


class Verdict(StrEnum):
    """What a reader is told first of all the municipalities together."""

    OUTSIDE = "outside"
    WITHIN = "within"
    TOO_FEW = "too_few"
    ALL_HIDDEN = "all_hidden"
    NO_ANSWERS = "no_answers"


@dataclass(frozen=True)
class Standing:
    """A municipality's share and where it lies; `place` is None where no share is shown.

    `low` and `high` are its outer limits in per cent, None where it may not be judged.
    """

    area: Area
    cell: ShareCell
    place: Place | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Compared:
    """Municipalities in the order of the alphabet, the county or counties beside them, and their funnel.

    `funnel` is None where too few municipalities have a share that may be judged by. `advice` is where some
    of the hidden can be seen, and `has_longer` whether a longer period with this one in it is published.
    """

    choice: ComparedChoice
    measure: Measure
    standings: tuple[Standing, ...]
    counties: tuple[tuple[Area, ShareCell], ...]
    funnel: Funnel | None
    threshold: int
    advice: Advice = Advice.NONE
    has_longer: bool = False

    @property
    def verdict(self) -> Verdict:
        """Two that may be judged are the fewest that can be said to be alike."""
        judged = [one.place for one in self.standings if one.place not in (None, Place.TOO_FEW)]
        if any(place is not Place.WITHIN for place in judged):
            return Verdict.OUTSIDE
        if len(judged) > 1:
            return Verdict.WITHIN
        if any(isinstance(one.cell, Shown) for one in self.standings):
            return Verdict.TOO_FEW
        hidden = any(isinstance(one.cell, Hidden) for one in self.standings)
        return Verdict.ALL_HIDDEN if hidden else Verdict.NO_ANSWERS


@dataclass(frozen=True)
class ShareLine:
    """One municipality's shares over time beside its county's, one cell for each period of `periods`."""

    area: Area
    periods: tuple[str, ...]
    cells: tuple[ShareCell, ...]
    county: Area | None
    county_cells: tuple[ShareCell, ...]


def compare_municipalities(installation: Installation, choice: ComparedChoice, *, viewer: Person) -> Compared:
    """The municipalities of a choice beside each other. Reads published cells of one period only."""
    audience = find_audience(installation, viewer=viewer)
    areas = find_compared_areas(installation, choice.county)
    counties = list_counties(installation, choice.county)
    found = find_cells(installation, choice, [*areas, *counties], [choice.period])
    cells = [tell_cell(found.get((one.code, choice.period)), audience) for one in areas]
    hidden = [one.code for one, cell in zip(areas, cells, strict=True) if isinstance(cell, Hidden)]
    funnel = fit_shown(cells)
    return Compared(
        choice,
        next(one for one in list_measures(installation, choice.survey) if one.id == choice.measure),
        tuple(judge(area, cell, funnel) for area, cell in zip(areas, cells, strict=True)),
        tuple((one, tell_cell(found.get((one.code, choice.period)), audience)) for one in counties),
        funnel,
        audience.threshold,
        advise_hidden(installation, choice, hidden, audience),
        has_longer(installation, choice),
    )


def advise_hidden(
    installation: Installation, choice: ComparedChoice, hidden: Sequence[str], audience: Audience
) -> Advice:
    """In periods of which length some of the hidden municipalities can be seen; the best of theirs."""
    period = parse_period(choice.period)
    if not hidden:
        return Advice.NONE
    known = list_all_publications(installation, choice.survey)
    with installation.database.read() as connection:
        shown = list_shown_elsewhere(
            connection,
            survey=choice.survey,
            areas=hidden,
            kind=choice.kind,
            first=period.first,
            last=period.last,
            measures=[choice.measure],
            began=min(one.month for one in known),
            audience=audience,
        )
    return pick_best(choose_advice([choice.period], some) for some in shown.values())


def has_longer(installation: Installation, choice: ComparedChoice) -> bool:
    """Whether a longer whole period that holds the chosen one is published."""
    known, period = list_all_publications(installation, choice.survey), parse_period(choice.period)
    longer = (code for kind in PeriodKind for code in list_compared_periods(known, kind.value))
    return any(holds(parse_period(code), period) for code in longer)


def find_share_lines(
    installation: Installation,
    choice: ComparedChoice,
    areas: Sequence[Area],
    periods: Sequence[str],
    *,
    viewer: Person,
) -> tuple[ShareLine, ...]:
    """The shares of some municipalities over some periods (codes of the choice's kind, oldest first), and
    their counties'."""
    audience = find_audience(installation, viewer=viewer)
    counties = {one.code: one for one in installation.areas.counties}
    parents = [counties[code] for code in {one.parent for one in areas} if code in counties]
    found = find_cells(installation, choice, [*areas, *parents], periods)

    def follow(area: Area | None) -> tuple[ShareCell, ...]:
        if area is None:
            return ()
        return tuple(tell_cell(found.get((area.code, period)), audience) for period in periods)

    followed = {code: follow(one) for code, one in counties.items() if one in parents}
    return tuple(
        ShareLine(
            area,
            tuple(periods),
            follow(area),
            counties.get(area.parent or ""),
            followed.get(area.parent or "", ()),
        )
        for area in areas
    )


def list_counties(installation: Installation, county: str) -> tuple[Area, ...]:
    """The county or counties whose own figures stand beside their municipalities'."""
    counties = installation.areas.counties
    return tuple(one for one in counties if county in (EVERYWHERE, one.code))


def find_cells(
    installation: Installation, choice: ComparedChoice, areas: Sequence[Area], periods: Sequence[str]
) -> Mapping[tuple[str, str], Cell]:
    """The published cells by area and period."""
    with installation.database.read() as connection:
        cells = publications.list_cells(
            connection,
            survey=choice.survey,
            areas=[one.code for one in areas],
            kind=choice.kind,
            first=min(periods),
            last=max(periods),
            measures=[choice.measure],
        )
    return {(cell.area, cell.period): cell for cell in cells}


def fit_shown(cells: Sequence[ShareCell]) -> Funnel | None:
    """The funnel of the shares that are shown."""
    shown = [cell.value for cell in cells if isinstance(cell, Shown)]
    return fit_funnel([one.percent / PERCENT for one in shown], [one.effective for one in shown])


def judge(area: Area, cell: ShareCell, funnel: Funnel | None) -> Standing:
    """Where a municipality lies."""
    if not isinstance(cell, Shown):
        return Standing(area, cell, None)
    share, n = [cell.value.percent / PERCENT], [cell.value.effective]
    (place,) = place_shares(funnel, share, n)
    if funnel is None or place is Place.TOO_FEW:
        return Standing(area, cell, place)
    limits = bound_shares(funnel, n)
    return Standing(area, cell, place, float(limits.low[0]) * PERCENT, float(limits.high[0]) * PERCENT)


def tell_cell(cell: Cell | None, audience: Audience) -> ShareCell:
    """A cell's positive share as its audience is told it."""
    seen = open_cell(cell, audience)
    if not isinstance(seen, Shown):
        return seen
    if cell is None or cell.positive is None:
        return NoAnswers()
    n = round_count(seen.value.n)
    effective = n if cell.n_effective is None else min(n, round_count(round(cell.n_effective)))
    said = say_share(cell.positive, find_least(n))
    return Shown(ToldShare(n, effective, said, int(said.lstrip("<>"))))
