"""The same content as the charts of groups, as rows: to read, to listen to, and for spreadsheets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.differences import Difference
from analysis.disclosure import Cell, Hidden, NoAnswers, Shown
from analysis.estimates import Estimate
from analysis.gaps import GapPoint
from analysis.tables import Row


@dataclass(frozen=True, slots=True)
class GroupTableWords:
    """The tables' words, already in the reader's language.

    Most head columns; `no_answers`, `no_interval` and `not_known` stand where there is no number;
    `label_period` writes a period code and `say_hidden` why a cell is hidden.
    """

    period: str
    others: str
    gap: str
    mean: str
    share: str
    low: str
    high: str
    n: str
    no_answers: str
    no_interval: str
    not_known: str
    label_period: Callable[[str], str]
    say_hidden: Callable[[Hidden], str]


@dataclass(frozen=True, slots=True)
class TableValue:
    """A value of a variable: its name, its cell, and its share of the answers as text, None if unknown."""

    name: str
    cell: Cell[Estimate]
    share: str | None


def make_gap_rows(
    name: str, points: Sequence[GapPoint], *, words: GroupTableWords, show: Callable[[float], str]
) -> list[Row]:
    """The heads of the columns, then one row for each period in their order.

    Period, the group's mean and n, the others' mean and n, the gap and its ends. What is hidden or nobody's
    answers is said in words where its number would stand.
    """
    head = (words.period, name, words.n, words.others, f"{words.n} ({words.others})", words.gap)
    rows: list[Row] = [(*head, words.low, words.high)]
    for one in points:
        numbers = (*_write_mean(one.group, words, show), *_write_mean(one.others, words, show))
        rows.append((words.label_period(one.period), *numbers, *_write_gap(one.gap, words, show)))
    return rows


def make_value_rows(
    name: str, values: Sequence[TableValue], *, words: GroupTableWords, show: Callable[[float], str]
) -> list[Row]:
    """The heads of the columns, then one row for each value: share, mean, its ends and n."""
    rows: list[Row] = [(name, words.share, words.mean, words.low, words.high, words.n)]
    for one in values:
        if isinstance(one.cell, Shown):
            found = one.cell.value
            ends = [words.no_interval if end is None else show(end) for end in (found.low, found.high)]
            share = words.not_known if one.share is None else one.share
            rows.append((one.name, share, show(found.mean), *ends, show(found.n)))
        else:
            rows.append((one.name, "", _say_nothing(one.cell, words), "", "", ""))
    return rows


def _write_mean(cell: Cell[Estimate], words: GroupTableWords, show: Callable[[float], str]) -> Row:
    if isinstance(cell, Shown):
        return show(cell.value.mean), show(cell.value.n)
    return _say_nothing(cell, words), ""


def _write_gap(gap: Cell[Difference], words: GroupTableWords, show: Callable[[float], str]) -> Row:
    """The gap and its ends; empty where one of its numbers is not shown, which its own column says."""
    if not isinstance(gap, Shown):
        return "", "", ""
    ends = [words.no_interval if end is None else show(end) for end in (gap.value.low, gap.value.high)]
    return show(gap.value.points), ends[0], ends[1]


def _say_nothing(cell: Hidden | NoAnswers, words: GroupTableWords) -> str:
    return words.say_hidden(cell) if isinstance(cell, Hidden) else words.no_answers
