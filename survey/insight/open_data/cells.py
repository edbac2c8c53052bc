"""What an audience is told of one published cell, as rows; those of the public are the rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from analysis.disclosure import LEAST_THRESHOLD, Hidden, Shown
from survey.insight.audience import Audience, open_cell, round_cell
from survey.insight.shares import can_tell_answers, find_least, say_share, write_share
from survey.store.publications import Cell

EVERYBODY = "all"  # the group of everybody
REST = "~rest"  # those of an area or a variable who are in no row of their own
POSITIVE = "positive"
HIDDEN_MARK = ".."
# Which threshold held is said in the codebook, of each month: here it decides nothing.
PUBLIC = Audience(signed_in=False, threshold=LEAST_THRESHOLD)


class Row(NamedTuple):
    """A row of cells.csv, each column as it is written there."""

    area: str
    period: str
    group: str
    measure: str
    n: str
    value: str
    low: str
    high: str
    status: str


@dataclass(frozen=True)
class Naming:
    """What a survey's questions and groups are made of, over all its versions.

    `answers` are each question's codes in order; `unscored` those that are shares of everybody who was asked;
    `overlapping` the variables that a person may have several values of.
    """

    answers: Mapping[str, tuple[str, ...]]
    unscored: frozenset[tuple[str, str]]
    overlapping: frozenset[str]


def name_area(area: str, unit: str) -> str:
    """A municipality's or county's code; a unit stands after its municipality: 0780/unit."""
    return f"{area}/{unit}" if unit else area


def name_group(group: str, value: str, overlapping: frozenset[str]) -> str:
    """variable:value; a value that goes with others is a variable of its own, variable.value:yes."""
    if not group:
        return EVERYBODY
    return f"{group}.{value}:yes" if group in overlapping else f"{group}:{value}"


def name_answer(question: str, code: str) -> str:
    """question:code. A code that is called "positive" is told apart from the positive share."""
    return f"{question}:answer.{code}" if code == POSITIVE else f"{question}:{code}"


def list_rows(cell: Cell, naming: Naming, audience: Audience = PUBLIC) -> Iterator[Row]:
    """The rows of a cell: its mean, its positive share and, of a question, the share of each answer."""
    group = name_group(cell.group, cell.value, naming.overlapping)
    where = (name_area(cell.area, cell.unit), cell.period, group)
    codes = naming.answers.get(cell.measure, ())
    seen = round_cell(open_cell(cell, audience), decimals=audience.decimals)
    if isinstance(seen, Hidden):
        names = (cell.measure, f"{cell.measure}:{POSITIVE}", *(name_answer(cell.measure, c) for c in codes))
        yield from (hide_row(where, name) for name in names)
    if not isinstance(seen, Shown):
        return
    found = seen.value
    scores = [write_score(score, audience.decimals) for score in (found.mean, found.low, found.high)]
    yield make_row(where, cell.measure, str(found.n), scores[0], scores[1], scores[2])
    least = find_least(found.n)
    if cell.positive is not None:
        told = say_interval(cell.positive, cell.positive_low, cell.positive_high, least)
        yield make_row(where, f"{cell.measure}:{POSITIVE}", str(found.n), *told)
    yield from list_answers(where, cell, naming, found.n)


def list_answers(where: tuple[str, str, str], cell: Cell, naming: Naming, n: int) -> Iterator[Row]:
    """The share of each answer to a question, hidden as a whole when few answered."""
    shares: dict[str, float] = {} if cell.shares is None else orjson.loads(cell.shares)
    for code in naming.answers.get(cell.measure, ()):
        name = name_answer(cell.measure, code)
        if not can_tell_answers(n):
            yield hide_row(where, name)
        elif code in shares:
            is_of_asked = (cell.measure, code) in naming.unscored
            told = "" if is_of_asked else str(n)  # how many were asked is not published
            yield make_row(where, name, told, write_share(shares[code]), "", "")


def make_row(where: tuple[str, str, str], measure: str, n: str, value: str, low: str, high: str) -> Row:
    return Row(*where, measure, n, value, low, high, "shown")


def hide_row(where: tuple[str, str, str], measure: str) -> Row:
    """A row that tells only that somebody answered: a reason would tell how many."""
    return Row(*where, measure, HIDDEN_MARK, HIDDEN_MARK, HIDDEN_MARK, HIDDEN_MARK, "hidden")


def write_score(score: float | None, decimals: int) -> str:
    """A score 0-100 with its audience's decimals, as on the pages; empty when there is none."""
    return "" if score is None else f"{score:.{decimals}f}"


def say_interval(share: float, low: float | None, high: float | None, least: int) -> tuple[str, str, str]:
    """A share and its interval. That of a bounded share is hidden: its ends would tell the share."""
    value = say_share(share, least)
    if not value.isdecimal():
        return (value, HIDDEN_MARK, HIDDEN_MARK)
    ends = ["" if end is None else say_share(end, least) for end in (low, high)]
    return (value, ends[0], ends[1])
