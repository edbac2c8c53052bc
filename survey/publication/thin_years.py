"""Which municipalities whose quarters are too thin may be shown for a whole year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.blocks import CountyQuarter, Decided
from analysis.disclosure import HiddenReason, NoAnswers
from analysis.periods import Period, PeriodKind, list_months, list_periods
from analysis.year_rows import decide_thin_years
from survey.publication.atoms import Atoms
from survey.publication.cube import Place
from survey.publication.protect import Earlier, Reasons, find_reason, make_block


def decide_years(
    atoms: Atoms, year: Period, earlier: Earlier, decided: Reasons, *, threshold: int
) -> Reasons:
    """What may be seen of municipalities in a year: those whose quarters are shown, and thin ones besides."""
    reasons: Reasons = {}
    for measure in atoms.axes.measures:
        blocks = list(list_blocks(atoms, year, measure))
        if not blocks:
            continue
        known = [
            remember_decided(atoms, block, quarter, measure, earlier, decided) for quarter, block in blocks
        ]
        found = decide_thin_years([block for _, block in blocks], known, threshold=threshold)
        for area, reason in found.items():
            reasons[(year.code, Place(area), measure)] = reason
    return reasons


def list_blocks(atoms: Atoms, year: Period, measure: str) -> Iterator[tuple[Period, CountyQuarter]]:
    """The quarters of a year that somebody answered in."""
    for quarter in list_periods(PeriodKind.QUARTER, year.first, year.last):
        months = list_months(quarter)
        people = atoms.select(months, measure)
        if people.any():
            yield quarter, make_block(atoms, people, len(months))


def remember_decided(
    atoms: Atoms,
    block: CountyQuarter,
    quarter: Period,
    measure: str,
    earlier: Earlier,
    decided: Reasons,
) -> Decided:
    """What was decided of a quarter, when it closed or now."""
    months = list_months(quarter)
    county = Place(atoms.axes.county)

    def recall(period: str, place: Place) -> HiddenReason | None:
        return find_reason((period, place, measure), earlier, decided)

    people = atoms.sum_areas(months, measure)
    units = block.people.sum(axis=1)
    return Decided(
        municipality_months={
            (area, number): recall(month, Place(area))
            for area, by_month in people.items()
            for number, month in enumerate(months)
            if by_month[number]
        },
        county_months={n: recall(m, county) for n, m in enumerate(months) if block.people[:, n].any()},
        municipality_quarters={
            area: recall(quarter.code, Place(area)) for area, by_month in people.items() if by_month.any()
        },
        county_quarter=recall(quarter.code, county) if block.people.any() else NoAnswers(),
        unit_quarters={
            (area, unit): recall(quarter.code, Place(area, unit))
            for (area, unit), number in zip(list_units(block), units, strict=True)
            if number
        },
    )


def list_units(block: CountyQuarter) -> Sequence[tuple[str, str]]:
    return list(zip(block.areas, block.units, strict=True))
