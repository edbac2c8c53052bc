"""Which codes add up to which: areas, periods and groups of an export, each with what it is a part of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.periods import PeriodKind, enclosing_periods, parse_period
from survey.areas import Areas
from survey.insight.open_data.cells import EVERYBODY, REST, Row

UNIT_MARK = "/"  # between a municipality's code and a unit's
VALUE_MARK = ":"  # between a variable and its value


class Link(NamedTuple):
    """A row of hierarchies.csv: a code and one of those it is a part of, empty when it is a part of none."""

    dimension: str
    code: str
    parent: str


@dataclass
class Codes:
    """The codes that occur in the rows of an export."""

    areas: set[str] = field(default_factory=set[str])
    periods: set[str] = field(default_factory=set[str])
    groups: set[str] = field(default_factory=set[str])
    measures: set[str] = field(default_factory=set[str])

    def add(self, row: Row) -> None:
        self.areas.add(row.area)
        self.periods.add(row.period)
        self.groups.add(row.group)
        self.measures.add(row.measure)


def list_links(codes: Codes, areas: Areas) -> tuple[Link, ...]:
    """Every code that occurs and every code above it, in order; every parent is a code too.

    A code's people are those of its children, within one variable where it has several. A municipality with
    units, and every variable, has a child `~rest` for those who are in no row: it is never a row itself.
    Raises SurveyError area_unknown for an area that the installation has not.
    """
    return (
        *sorted(link_areas(codes.areas, areas)),
        *sorted(link_periods(codes.periods), key=order_period),
        *sorted(link_groups(codes.groups), key=lambda link: (link.code != EVERYBODY, link)),
    )


def link_areas(codes: Iterable[str], areas: Areas) -> set[Link]:
    """Units in municipalities in counties."""
    found: set[Link] = set()
    for code in codes:
        municipality, mark, _ = code.partition(UNIT_MARK)
        if mark:
            found |= {Link("area", one, municipality) for one in (code, f"{municipality}{UNIT_MARK}{REST}")}
        county = areas.find(municipality).parent
        found.add(Link("area", municipality, county or ""))
        if county is not None:
            found.add(Link("area", county, ""))
    return found


def link_periods(codes: Iterable[str]) -> set[Link]:
    """Months in quarters in half-years in years."""
    found: set[Link] = set()
    for code in codes:
        period = parse_period(code)
        above = [period.code, *(one.code for one in enclosing_periods(period.first))]
        chain = above[:1] + above[1 + list(PeriodKind).index(period.kind) :]
        found |= {Link("period", one, up) for one, up in zip(chain, [*chain[1:], ""], strict=True)}
    return found


def order_period(link: Link) -> tuple[int, str]:
    """Months first, then quarters, half-years and years, each in order of time."""
    return list(PeriodKind).index(parse_period(link.code).kind), link.code


def link_groups(codes: Iterable[str]) -> set[Link]:
    """The values of each variable in everybody."""
    found = {Link("group", EVERYBODY, "")}
    for code in codes:
        variable, mark, _ = code.partition(VALUE_MARK)
        if mark:
            found |= {Link("group", one, EVERYBODY) for one in (code, f"{variable}{VALUE_MARK}{REST}")}
    return found
