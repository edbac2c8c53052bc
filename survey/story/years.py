"""Which years can be told of, and which of a year's periods do its figures stand for?

A year's own figures are published when its last month has closed. A year that goes on, and the one in which
the survey began, are told by the longest periods that are whole in them, and said to be so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.periods import PeriodKind
from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY
from survey.insight.published import list_all_publications, list_whole_periods
from survey.installation import Installation
from survey.store.publications import Publication

LONGEST_FIRST = tuple(reversed(PeriodKind))


@dataclass(frozen=True)
class StoryYear:
    """A year of which something is published. `last` is its latest published month, `began` the month in
    which the survey began where that was in this year, else empty.

    `periods` are those that are whole in it by their kind, the longest kind first, each in order of time;
    kinds that have none are left out.
    """

    code: str
    last: str
    began: str
    periods: Mapping[PeriodKind, tuple[str, ...]]

    @property
    def is_over(self) -> bool:
        """Whether its last month is published."""
        return self.last == f"{self.code}-12"

    @property
    def is_whole(self) -> bool:
        """Whether it has figures of its own."""
        return PeriodKind.YEAR in self.periods

    @property
    def period(self) -> str:
        """The period that its figures are of: the year, else the latest of the longest that are whole."""
        return next(codes[-1] for codes in self.periods.values())

    def holds(self, period: str | None) -> bool:
        """Whether a period lies in it."""
        return period is not None and period[:4] == self.code


def list_years(known: Sequence[Publication]) -> tuple[StoryYear, ...]:
    """The years of some publications, the newest first; none when there are none."""
    months = sorted({one.month for one in known})
    by_year: dict[str, list[str]] = {}
    for month in months:
        by_year.setdefault(month[:4], []).append(month)
    found = [make_year(code, mine[-1], months[0]) for code, mine in by_year.items()]
    return tuple(reversed(found))


def make_year(code: str, last: str, began: str) -> StoryYear:
    """A year that is published until a month, of a survey that began in one."""
    first = max(f"{code}-01", began)
    periods = {
        kind: tuple(one for one in list_whole_periods(kind, first, last, began) if one[:4] == code)
        for kind in LONGEST_FIRST
    }
    kept = {kind: codes for kind, codes in periods.items() if codes}
    return StoryYear(code, last, began if began[:4] == code and began > f"{code}-01" else "", kept)


def list_told_years(installation: Installation) -> tuple[StoryYear, ...]:
    """The years that residents' answers are published of, the newest first."""
    return list_years(list_all_publications(installation, RESIDENTS_SURVEY))


def find_year(years: Sequence[StoryYear], code: str) -> StoryYear:
    """The year of a code. Raises SurveyError year_unknown: it is not over, came before, or is no year."""
    found = next((one for one in years if one.code == code), None)
    if found is None:
        raise SurveyError("year_unknown", year=code[:20])
    return found
