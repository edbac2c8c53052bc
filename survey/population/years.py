"""Which year's numbers in a population file are meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from survey.population.faults import Faults, show
from survey.population.read import Sheet

_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE_LIKE = re.compile(r"\d{2,4}(?= |$)")


@dataclass(frozen=True)
class Years:
    """The year that is read. None when nobody says which: then every number is read, to check it all."""

    chosen: int | None

    def has(self, text: str) -> bool:
        """Whether a cell of a year column names the year that is read."""
        return self.chosen is None or text == str(self.chosen)

    def has_head(self, year: int | None) -> bool:
        """Whether a column of numbers is of the year that is read, or names no year."""
        return year is None or self.chosen is None or year == self.chosen


def choose_year(sheet: Sheet, asked: int | None, faults: Faults) -> Years:
    """The year asked for, or the only one there is; what is wrong with that is told.

    Where a file has several and none is asked for, the newest is read, so that the rest can be checked.
    """
    header = sheet.header
    named = {column.year for column in header.numbers if column.year is not None}
    if not named and "year" in header.places:
        named = read_column(sheet, faults)
    there = ", ".join(str(year) for year in sorted(named))
    if asked is None and not named:
        faults.add("population_year_missing", header.line, "year")
    elif asked is None and len(named) > 1:
        faults.add("population_year_several", header.line, "year", years=there, newest=str(max(named)))
    elif asked is not None and named and asked not in named:
        faults.add("population_year_elsewhere", header.line, "year", asked=str(asked), years=there)
    if asked is not None and (asked in named or not named):
        return Years(asked)
    return Years(max(named, default=None))


def read_column(sheet: Sheet, faults: Faults) -> set[int]:
    """The years in the column of years; a cell that holds none is told where a municipality's code is."""
    header, place = sheet.header, sheet.header.places["year"]
    rows = [row for row in sheet.rows if len(row.cells) == header.width]
    for row in rows:
        if not _YEAR.fullmatch(row.cells[place]) and _CODE_LIKE.match(row.cells[header.places["code"]]):
            facts = {"said": show(row.cells[place])}
            faults.add("population_year_wrong", row.line, "year", once=row.cells[place], **facts)
    return {int(row.cells[place]) for row in rows if _YEAR.fullmatch(row.cells[place])}
