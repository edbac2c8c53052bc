"""What is read of one response for research: its combination, and which answers it has?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import getitem

import orjson

from analysis.k_anonymity import BITS, NO_ANSWER, Combination, mark_seen
from analysis.tally import SKIPPED
from survey.definition.model import Definition
from survey.insight.open_data.group_meanings import LANGUAGE
from survey.research.ladder import UNKNOWN, Ladder, Rung
from survey.store.responses import Researched

NOT_ASKED = ""  # the code of a question that was not put to somebody


@dataclass(frozen=True)
class Question:
    """A question on a scale, whose answers are in the file: its codes, SKIPPED among them."""

    id: str
    codes: tuple[str, ...]


def list_questions(definitions: Sequence[Definition]) -> tuple[Question, ...]:
    """The questions on a scale, the newest version's first, with every code that any version has."""
    found: dict[str, dict[str, None]] = {}
    for definition in definitions:
        for question in definition.questions:
            if question.kind == "scale":
                codes = found.setdefault(question.id, {})
                codes |= dict.fromkeys(option.code for option in definition.list_options(question))
    return tuple(
        Question(name, (*(code for code in codes if code != SKIPPED), SKIPPED))
        for name, codes in found.items()
    )


class Coarse(dict[str, str]):
    """Each value of a column as it is on a rung, worked out once."""

    def __init__(self, rungs: Sequence[Rung]) -> None:
        super().__init__()
        self._rungs = rungs

    def __missing__(self, value: str) -> str:
        found = value
        for rung in self._rungs:
            found = rung.coarsen(found)
        self[value] = found
        return found


class Places(dict[str | None, int]):
    """What each answer of a question is counted as; a code that no version has is no answer."""

    def __missing__(self, _answer: str | None) -> int:
        return self[None]


class Reader:
    """Reads responses as they are told on a rung of the ladder.

    Everything that is done to each answer is done by the interpreter's own loops: it is done to millions.
    """

    def __init__(self, ladder: Ladder, questions: Sequence[Question], level: int) -> None:
        climbed = ladder.rungs[:level]
        area, period, channel, language, *groups = (
            Coarse([rung for rung in climbed if rung.column == column]) for column in ladder.columns[:-1]
        )
        self._first = (area, period, channel, language)
        self._groups = tuple(zip(ladder.groups, groups, strict=True))
        self._ids = [one.id for one in questions]
        self._shift = BITS * len(questions)  # above the bits of what was seen stand those of what was asked
        self._all = (1 << len(questions)) - 1
        self._marks = [self._mark(number, one) for number, one in enumerate(questions)]
        self._names: dict[int, str] = {}

    def _mark(self, number: int, question: Question) -> Places:
        """The bits of each answer: that the question was asked, and which answer was seen."""
        asked = 1 << (self._shift + number)
        scored = [code for code in question.codes if code != SKIPPED]
        seen = {code: asked | mark_seen(number, rank) for rank, code in enumerate(scored, 1)}
        return Places({NOT_ASKED: 0, None: asked | mark_seen(number, NO_ANSWER), **seen})

    def count(self, rows: Sequence[Researched]) -> Iterator[tuple[Combination, int]]:
        """The combination of each person, and as bits which answers they gave."""
        below = (1 << self._shift) - 1
        for row, given in self._open(rows):
            bits = sum(map(getitem, self._marks, given))
            yield self._combine(row, bits >> self._shift), bits & below

    def place(
        self, rows: Sequence[Researched], places: Sequence[Places]
    ) -> Iterator[tuple[Combination, list[int]]]:
        """The combination of each person, and where each answer stands among those of its column."""
        for row, given in self._open(rows):
            asked = self._all
            if NOT_ASKED in given:
                asked = sum(map(getitem, self._marks, given)) >> self._shift
            yield self._combine(row, asked), list(map(getitem, places, given))

    def _open(self, rows: Sequence[Researched]) -> Iterator[tuple[Researched, list[str | None]]]:
        """Each row with its answers in the order of the questions."""
        ids = self._ids
        for row in rows:
            yield row, list(map(orjson.loads(row[3]).get, ids, repeat(NOT_ASKED)))

    def _combine(self, row: Researched, asked: int) -> Combination:
        areas, periods, channels, languages = self._first
        groups = orjson.loads(row[4])
        name = self._names.get(asked)
        if name is None:
            name = self._names[asked] = f"{asked:x}"
        return (
            areas[row[0]],
            periods[row[1]],
            channels[row[2]],
            languages[groups.get(LANGUAGE, UNKNOWN)],
            *[coarse[groups.get(group, UNKNOWN)] for group, coarse in self._groups],
            name,
        )
