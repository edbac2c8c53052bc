"""How often were two questions of one dimension answered so and so by the same people?

From these tables, of those who answered the whole dimension, comes all that `analysis/reliability.py` says of
a scale. People are counted a batch at a time by their pattern of answers: there are far fewer patterns than
people.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.reliability import LEAST_ITEMS
from analysis.tally import Answered, Scale, Scheme
from analysis.weights import FloatArray, IntArray

_UNSCORED = -1  # the place of an answer without a score, and of none


@dataclass(frozen=True)
class PairTable:
    """People of a round by their scored answers to two questions of a dimension, who answered all of it.

    `counts` has the first question's scored codes as rows and the second's as columns, in the scale's order.
    """

    round_id: str
    dimension: str
    first: str
    second: str
    counts: IntArray


class PairTally:
    """The tables of every round and every dimension of enough questions, made a batch at a time."""

    def __init__(self, scheme: Scheme) -> None:
        self._scales = group_scales(scheme)
        self._counts: dict[tuple[str, str], IntArray] = {}

    def add(self, people: Sequence[Answered], rounds: Sequence[str]) -> None:
        """Add some people, each of the round with the same place; people of no round ("") are in no table.

        Raises ValueError when an answer is no code of its question.
        """
        by_round: dict[str, list[Answered]] = {}
        for person, round_id in zip(people, rounds, strict=True):
            by_round.setdefault(round_id, []).append(person)
        by_round.pop("", None)
        for round_id, some in by_round.items():
            for dimension, scales in self._scales.items():
                self._add_dimension((round_id, dimension), scales, some)

    def make_tables(self) -> tuple[PairTable, ...]:
        """The tables of every round and dimension that somebody answered all of, in order."""
        found: list[PairTable] = []
        for (round_id, dimension), counts in sorted(self._counts.items()):
            for number, (one, other) in enumerate(combinations(self._scales[dimension], 2)):
                rows, columns = len(_list_scored(one)), len(_list_scored(other))
                table = counts[number, :rows, :columns]
                found.append(PairTable(round_id, dimension, one.question, other.question, table))
        return tuple(found)

    def _add_dimension(self, key: tuple[str, str], scales: tuple[Scale, ...], people: list[Answered]) -> None:
        try:
            patterns = _count_patterns(people, scales)
            places = _read_places(patterns, scales)
        except (KeyError, TypeError):
            raise ValueError("An answer is no code of its question: count it with its own version.") from None
        whole = (places >= 0).all(axis=1)
        if not whole.any():
            return
        if key not in self._counts:
            widest, pairs = max(len(_list_scored(s)) for s in scales), len(scales) * (len(scales) - 1) // 2
            self._counts[key] = np.zeros((pairs, widest, widest), dtype=np.int64)
        number = np.fromiter(patterns.values(), np.int64)[whole]
        first, second = np.triu_indices(len(scales), 1)
        at = (np.arange(len(first)), places[whole][:, first], places[whole][:, second])
        np.add.at(self._counts[key], at, number[:, None])


def group_scales(scheme: Scheme) -> dict[str, tuple[Scale, ...]]:
    """The scored questions of every dimension that has enough of them for a reliability, in their order."""
    found: dict[str, tuple[Scale, ...]] = {}
    for scale in scheme.scales:
        found[scale.dimension] = (*found.get(scale.dimension, ()), scale)
    return {
        dimension: scales for dimension, scales in found.items() if dimension and len(scales) >= LEAST_ITEMS
    }


def arrange_tables(
    counts: Mapping[tuple[str, str], IntArray], scales: Sequence[Scale]
) -> tuple[IntArray, FloatArray]:
    """The tables of a dimension as `measure_covariance` takes them, (k, k, options, options), and scores.

    Options stand in the order of their scores after reversal, so that questions worded either way go
    together; those of the same score are one. `counts` is by (first, second) question, every pair in the
    order of the scales. Raises ValueError when a pair lacks or does not fit its scales.
    """
    levels = [np.unique(_list_scored(scale), return_inverse=True) for scale in scales]
    k, widest = len(scales), max(len(scores) for scores, _ in levels)
    tables = np.zeros((k, k, widest, widest), dtype=np.int64)
    for i, j in combinations(range(k), 2):
        (_, rows), (_, columns) = levels[i], levels[j]
        table = counts.get((scales[i].question, scales[j].question))
        if table is None or table.shape != (len(rows), len(columns)):
            raise ValueError("A pair of questions has no table of its scales: count with the same version.")
        np.add.at(tables[i, j], np.ix_(rows, columns), table)
        tables[j, i] = tables[i, j].T
    for i in range(k):
        tables[i, i] = np.diag(tables[i, i - 1].sum(axis=1))
    scores = np.zeros((k, widest))
    for i, (found, _) in enumerate(levels):
        scores[i, : len(found)] = found
    return tables, scores


def _list_scored(scale: Scale) -> list[float]:
    """The scores of a scale's codes in its order, without the escape's."""
    return [score for score in scale.scores.values() if score is not None]


def _count_patterns(people: Sequence[Answered], scales: Sequence[Scale]) -> Counter[tuple[object, ...]]:
    """How many answered a dimension's questions so and so. By columns: twice as fast as by people."""
    answers = [person.answers for person in people]
    return Counter(zip(*[[one.get(scale.question) for one in answers] for scale in scales], strict=True))


def _read_places(patterns: Mapping[tuple[object, ...], int], scales: Sequence[Scale]) -> IntArray:
    """The place of every answer among its question's scored codes, (patterns, questions)."""
    lookups = [_number_scored(scale) for scale in scales]
    rows = [[one[code] for one, code in zip(lookups, codes, strict=True)] for codes in patterns]
    return np.array(rows, dtype=np.int64).reshape(len(patterns), len(scales))


def _number_scored(scale: Scale) -> dict[object, int]:
    scored = [code for code, score in scale.scores.items() if score is not None]
    unscored: dict[object, int] = dict.fromkeys((None, *scale.scores), _UNSCORED)
    return {**unscored, **{code: place for place, code in enumerate(scored)}}
