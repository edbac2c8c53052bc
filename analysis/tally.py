"""How are responses added up?

Everything that is ever published is worked out from sums over sets of people: how many have a score in a
measure, their sum, the sum of their squares, how many have a high score, and how many chose each answer. One
pass over the responses makes all of them, in batches that are matrices: who belongs to which sets, times what
each person scored.
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.scores import POSITIVE_FROM

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

SKIPPED = "skipped"
"""The code of a question that was asked and not answered. Not asked at all is counted nowhere."""

_NOT_ASKED = object()
_ROUNDING = 1e-9  # points; a mean of thirds may lie this much under the score it is


@dataclass(frozen=True)
class Scale:
    """A question's codes in their order, each with its score 0-100, None for an escape."""

    question: str
    scores: Mapping[str, float | None]
    dimension: str = ""


@dataclass(frozen=True)
class Scheme:
    """What is added up in one version of a survey: its dimensions, composites too, and its scales."""

    dimensions: tuple[str, ...]
    scales: tuple[Scale, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """Dimensions first, then questions."""
        return (*self.dimensions, *(scale.question for scale in self.scales))

    @cached_property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """Every (question, code) that is counted, what was skipped last of each question."""
        return tuple((s.question, code) for s in self.scales for code in (*s.scores, SKIPPED))


class Answered(NamedTuple):
    """One response as it is added up: the numbers of its sets in the tally, its scores and its answers."""

    sets: Sequence[int]
    scores: Mapping[str, float]
    answers: Mapping[str, object]


@dataclass(frozen=True)
class SumTable:
    """Sums of many sets of people. `sums` is (sets, measures, 4): n, sum, sum of squares, high scores."""

    keys: tuple[tuple[str, ...], ...]
    measures: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    people: Floats  # (sets)
    sums: Floats  # (sets, measures, 4)
    counts: Floats  # (sets, answers)


class Tally:
    """Sums of every set, made a batch at a time."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._sets: dict[tuple[str, ...], int] = {}
        self._lookups = [_number_codes(scale) for scale in scheme.scales]
        self._finals = _list_finals(scheme)
        self._sums = np.zeros((1024, self._width))

    @property
    def _width(self) -> int:
        """Columns: people, four for each measure, one for each answer."""
        return 1 + 4 * len(self.scheme.measures) + len(self.scheme.answers)

    def number_set(self, key: tuple[str, ...]) -> int:
        """The number of a set in this tally, a new one for a set that it has not met."""
        return self._sets.setdefault(key, len(self._sets))

    def add(self, people: Sequence[Answered]) -> None:
        """Add some people. Raises ValueError when an answer is no code of its question."""
        if not people:
            return
        belongs, sets = self._read_sets(people)
        columns = self._read_columns(people)
        self._make_room()
        self._sums[sets] += belongs @ columns

    def make_table(self) -> SumTable:
        """The sums of every set that has somebody, in the order of the keys."""
        keys = sorted(self._sets)
        rows = self._sums[[self._sets[key] for key in keys]] if keys else self._sums[:0]
        m = len(self.scheme.measures)
        sums = np.stack([rows[:, 1 + k * m : 1 + (k + 1) * m] for k in range(4)], axis=2)
        return SumTable(
            tuple(keys),
            self.scheme.measures,
            self.scheme.answers,
            rows[:, 0],
            sums,
            rows[:, 1 + 4 * m :],
        )

    def _read_sets(self, people: Sequence[Answered]):  # type: ignore[no-untyped-def]
        """Which of the batch's people are in which sets, as a matrix of ones, and the sets' rows."""
        from scipy.sparse import csr_array

        rows = [row for person in people for row in person.sets]
        columns = np.repeat(np.arange(len(people)), [len(person.sets) for person in people])
        sets, local = np.unique(np.array(rows, dtype=np.int64), return_inverse=True)
        ones = np.ones(len(rows))
        return csr_array((ones, (local, columns)), shape=(len(sets), len(people))), sets

    def _read_columns(self, people: Sequence[Answered]) -> Floats:
        """What each person adds to the sets they are in."""
        codes = self._read_codes(people)
        scores = np.concatenate([self._read_scores(people), self._score_questions(codes)], axis=1)
        has = ~np.isnan(scores)
        scores = np.where(has, scores, 0.0)
        high = has & (scores >= POSITIVE_FROM - _ROUNDING)
        ones = np.ones((len(people), 1))
        columns = [ones, has.astype(float), scores, scores**2, high.astype(float), self._spread_codes(codes)]
        return np.concatenate(columns, axis=1)

    def _read_scores(self, people: Sequence[Answered]) -> Floats:
        dimensions, finders = self.scheme.dimensions, [person.scores.get for person in people]
        columns = [[find(one, np.nan) for find in finders] for one in dimensions]
        return np.array(columns, dtype=np.float64).reshape(len(dimensions), len(people)).T

    def _read_codes(self, people: Sequence[Answered]) -> Whole:
        """The number of each answer among its question's codes; -1 when the question was not asked."""
        scales, finders = self.scheme.scales, [person.answers.get for person in people]
        try:
            columns = [
                [lookup[find(scale.question, _NOT_ASKED)] for find in finders]
                for scale, lookup in zip(scales, self._lookups, strict=True)
            ]
        except (KeyError, TypeError):
            raise ValueError("An answer is no code of its question: count it with its own version.") from None
        return np.array(columns, dtype=np.int64).reshape(len(scales), len(people)).T

    def _score_questions(self, codes: Whole) -> Floats:
        return np.take_along_axis(self._finals, codes.T, axis=1).T if codes.size else codes.astype(float)

    def _spread_codes(self, codes: Whole) -> Floats:
        """One column for each answer, 1 where it was given."""
        spread = np.zeros((len(codes), len(self.scheme.answers)))
        start = 0
        for number, lookup in enumerate(self._lookups):
            rows = np.flatnonzero(codes[:, number] >= 0)
            spread[rows, start + codes[rows, number]] = 1.0
            start += len(lookup) - 1
        return spread

    def _make_room(self) -> None:
        while len(self._sets) > len(self._sums):
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])


def merge_tables(tables: Sequence[SumTable]) -> SumTable:
    """The sums of different people together, over every set, measure and answer that some table has."""
    keys = sorted({key for table in tables for key in table.keys})
    measures = tuple(dict.fromkeys(one for table in tables for one in table.measures))
    answers = tuple(dict.fromkeys(one for table in tables for one in table.answers))
    people = np.zeros(len(keys))
    sums, counts = np.zeros((len(keys), len(measures), 4)), np.zeros((len(keys), len(answers)))
    places = {key: row for row, key in enumerate(keys)}
    for table in tables:
        rows = np.array([places[key] for key in table.keys], dtype=np.int64)
        people[rows] += table.people
        sums[rows[:, None], [measures.index(one) for one in table.measures]] += table.sums
        counts[rows[:, None], [answers.index(one) for one in table.answers]] += table.counts
    return SumTable(tuple(keys), measures, answers, people, sums, counts)


def take_sets(table: SumTable, rows: Sequence[int]) -> SumTable:
    """Some sets of a table, in the order they are named."""
    numbers = np.array(rows, dtype=np.int64)
    chosen = (table.people[numbers], table.sums[numbers], table.counts[numbers])
    return SumTable(tuple(table.keys[row] for row in rows), table.measures, table.answers, *chosen)


def _number_codes(scale: Scale) -> dict[object, int]:
    """The place of each answer among a question's codes: what was skipped last, -1 when not asked."""
    codes: list[object] = [*scale.scores, None]
    return {**{code: number for number, code in enumerate(codes)}, _NOT_ASKED: -1}


def _list_finals(scheme: Scheme) -> Floats:
    """Scores by question and code, NaN where a code has none. The last column is for those not asked."""
    widest = max((len(scale.scores) for scale in scheme.scales), default=0)
    finals = np.full((len(scheme.scales), widest + 2), np.nan)
    for row, scale in enumerate(scheme.scales):
        finals[row, : len(scale.scores)] = [
            np.nan if score is None else score for score in scale.scores.values()
        ]
    return finals
