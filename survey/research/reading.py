"""What is read of one response for research: its combination, and which answers it has?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from analysis.k_anonymity import NO_ANSWER, Combination, mark_seen
from analysis.tally import SKIPPED
from survey.definition.model import Definition
from survey.insight.open_data.group_meanings import LANGUAGE
from survey.research.ladder import UNKNOWN, Ladder, Rung
from survey.store.responses import Researched

NOT_ASKED = ""  # the code of a question that was not put to somebody


class Read(NamedTuple):
    """One person: what could be known of them, their answers in the order of the questions, also as bits."""

    combination: Combination
    answers: list[str]
    seen: int


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


class Reader:
    """Reads responses as they are told on a rung of the ladder."""

    def __init__(self, ladder: Ladder, questions: Sequence[Question], level: int) -> None:
        self.questions = tuple(questions)
        climbed = ladder.rungs[:level]
        area, period, channel, language, *groups = (
            Coarse([rung for rung in climbed if rung.column == column]) for column in ladder.columns[:-1]
        )
        self._first = (area, period, channel, language)
        self._groups = tuple(zip(ladder.groups, groups, strict=True))
        self._asked: dict[int, str] = {}
        self._bits: list[tuple[str, int, Mapping[str, int], int]] = [
            (
                one.id,
                1 << number,
                {code: mark_seen(number, rank) for rank, code in enumerate(one.codes, 1) if code != SKIPPED},
                mark_seen(number, NO_ANSWER),
            )
            for number, one in enumerate(questions)
        ]

    def read(self, rows: Sequence[Researched]) -> Iterator[Read]:
        """The people of some rows."""
        areas, periods, channels, languages = self._first
        for area, month, channel, written_answers, written_groups in rows:
            given, groups = orjson.loads(written_answers), orjson.loads(written_groups)
            answers: list[str] = []
            asked = seen = 0
            for question, bit, marks, none in self._bits:
                answer = given.get(question, NOT_ASKED)
                if answer == NOT_ASKED:
                    answers.append(NOT_ASKED)
                    continue
                asked |= bit
                mark = marks.get(answer)
                answers.append(SKIPPED if mark is None else answer)
                seen |= none if mark is None else mark
            combination = (
                areas[area],
                periods[month],
                channels[channel],
                languages[groups.get(LANGUAGE, UNKNOWN)],
                *[coarse[groups.get(name, UNKNOWN)] for name, coarse in self._groups],
                self._name_asked(asked),
            )
            yield Read(combination, answers, seen)

    def _name_asked(self, asked: int) -> str:
        """Which questions were put to somebody, as one value."""
        known = self._asked.get(asked)
        if known is None:
            known = self._asked[asked] = f"{asked:x}"
        return known
