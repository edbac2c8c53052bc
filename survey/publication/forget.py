"""What becomes of a person in the frozen sums, who takes their answers back after the month was closed.

Published numbers never change, and a quarter must be the sum of its months as they were published: otherwise
what is missing would tell who left. So the person stays in their municipality's total of the month, and in
what has been published of groups; but no longer as somebody of an age and a gender, nor of a group in a
half-year that has not been published.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.periods import enclosing_periods
from analysis.tally import SumTable, merge_tables, take_sets
from survey.installation import Installation
from survey.publication.counting import (
    EVERYBODY,
    MIX,
    MIX_SEPARATOR,
    Key,
    begin_counting,
    list_pairs,
    take_rows,
)
from survey.store import closed, publications
from survey.store.closed import GROUPS, PEOPLE, Frozen
from survey.store.database import Connection
from survey.store.responses import Counted

NOBODY_IN = 0.5  # people; fewer are none: sums are floating numbers


def forget_person(
    connection: Connection, installation: Installation, survey: str, month: str, person: Counted
) -> None:
    """Take what tells a person apart out of a closed month's sums. Nothing when it is not closed."""
    if not any(area.code == person.area for area in installation.areas.municipalities):
        return  # they were in no sum
    counting = begin_counting(installation, survey, person.version)
    counting.add([person])
    own = drop_area(counting.tally.make_table())
    half = enclosing_periods(month)[1]
    half_is_out = publications.find_publication(connection, survey, half.last) is not None
    parts = (PEOPLE,) if half_is_out else (PEOPLE, GROUPS)
    for frozen in list(closed.iterate_frozen(connection, survey, [month], areas=[person.area], parts=parts)):
        closed.replace_frozen(connection, survey, take_out(frozen, own))
    closed.subtract_pairs(connection, survey, month, tuple(list_pairs(counting.pairs)))


def drop_area(table: SumTable) -> SumTable:
    """The sums of one area, with keys as in the frozen sums."""
    return take_rows(table, range(len(table.keys)))


def take_out(frozen: Frozen, own: SumTable) -> Frozen:
    """The sums without the person's sets; of an area's people the person is still one, of no known kind."""
    inside = [row for row, key in enumerate(own.keys) if key in frozen.table.keys]
    mine = take_sets(own, inside)
    tables = [frozen.table, scale(mine, -1.0)]
    if frozen.part == PEOPLE:
        tables.append(rename(mine, [make_unknown(key) for key in mine.keys]))
    whole = merge_tables(tables)
    return Frozen(
        frozen.month,
        frozen.area,
        frozen.part,
        take_sets(whole, [row for row, people in enumerate(whole.people) if people > NOBODY_IN]),
    )


def make_unknown(key: Key) -> Key:
    """The set of those who are not told apart: of the same unit, or of no known mix."""
    unit, group, *_ = key
    return (unit, EVERYBODY, "", "", "") if group == EVERYBODY else ("", MIX, MIX_SEPARATOR, "", "")


def scale(table: SumTable, by: float) -> SumTable:
    """Every number of a table times something."""
    numbers = (table.people * by, table.sums * by, table.counts * by)
    return SumTable(table.keys, table.measures, table.answers, *numbers)


def rename(table: SumTable, keys: Iterable[Key]) -> SumTable:
    """The same numbers for other sets, which must differ from each other."""
    numbers = (table.people, table.sums, table.counts)
    return SumTable(tuple(keys), table.measures, table.answers, *numbers)
