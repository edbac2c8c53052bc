"""Which year has all that a story can tell? Everything in it has changed, so that no page is heavier.

Växjö, Ljungby and Kronoberg have lines, years and groups of every dimension; in Uppvidinge all is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.periods import PeriodKind, list_periods, shift_month
from survey.installation import Installation, find_definition
from survey.proposals.activities import add_activity
from survey.proposals.states import State
from survey.store.publications import Cell
from tests.following.written import ACTION
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, NO_NUMBERS, add_cells, add_publication
from tests.proposals.written import MANAGER, add_comment, make, show_themes
from tests.walks import SURVEY, VERSION

FIRST, LAST, YEAR = "2024-01", "2026-12", "2026"
PLACES, HIDDEN = ("07", "0780", "0781"), "0760"
HIDDEN_FROM_PUBLIC = {"hidden_public": "too_few"}
QUOTE = "Det kommer nya personer hela tiden och man får börja om."
GROUPS = ("complex_needs", "risk_of_ill_health")


def publish_full_year(installation: Installation) -> None:
    """Three years, with something decided, done and written in the last."""
    for period in list_periods(PeriodKind.MONTH, FIRST, LAST):
        add_publication(installation, period.code)
    measures = [one.id for one in find_definition(installation, SURVEY, VERSION).dimensions]
    for measure in measures:
        add_cells(installation, *make_cells(measure))
    show_themes(installation)
    add_comment(installation, QUOTE)
    one = make(installation, State.ACCEPTED)
    new = replace(ACTION, starts="2026-09", state="ongoing")
    add_activity(installation, one, new, organisation="both", by=MANAGER)


def make_cells(measure: str) -> Iterator[Cell]:
    """The cells of a dimension."""
    for place, area in enumerate(PLACES):
        yield from make_months(measure, area)
        year = replace(CELL, area=area, measure=measure, kind="year", n=600 + place, sd=20.0)
        yield replace(year, period="2025", mean=60.4, low=58.6, high=62.1, positive=0.04)
        yield replace(year, period=YEAR, mean=66.4, low=64.6, high=68.1, positive=0.62)
        yield from make_groups(measure, area)
    for kind, period in (("year", YEAR), ("half_year", "2026-H2"), ("month", LAST)):
        hidden = replace(CELL, area=HIDDEN, measure=measure, kind=kind, period=period)
        yield replace(hidden, **HIDDEN_FROM_ALL)


def make_months(measure: str, area: str) -> Iterator[Cell]:
    """Months that lie even until April 2026 and higher afterwards; one is hidden from all, one from some."""
    for number, period in enumerate(list_periods(PeriodKind.MONTH, FIRST, LAST)):
        level = 70.0 if period.code > "2026-04" else 60.0
        mean = level + (0.0, 1.2, -1.1, 0.4)[number % 4]
        cell = replace(CELL, area=area, measure=measure, period=period.code)
        if period.code == shift_month(LAST, -14):
            yield replace(cell, **HIDDEN_FROM_ALL)
        elif period.code == shift_month(LAST, -16):
            yield replace(cell, mean=1.0, low=0.0, high=3.0, **HIDDEN_FROM_PUBLIC)
        else:
            yield replace(cell, mean=mean, low=mean - 5.3, high=mean + 5.4, positive=0.01)


def make_groups(measure: str, area: str) -> Iterator[Cell]:
    """Prioritised groups that fare less well; in Ljungby one of them is hidden."""
    half = replace(CELL, area=area, measure=measure, kind="half_year", period="2026-H2", sd=20.0)
    for group in GROUPS:
        few = replace(half, group=group, value="yes", n=203, mean=55.2, low=52.4, high=58.1)
        is_hidden = area == "0781" and group == GROUPS[1]
        yield replace(few, **(NO_NUMBERS | HIDDEN_FROM_ALL)) if is_hidden else few
        yield replace(half, group=group, value="no", n=801, mean=68.3, low=66.9, high=69.7)
