"""How well each dimension is measured in each round, when a month is published.

The coefficients stand on everybody who has answered the whole dimension in the round, in every closed month.
They are told from `LEAST_RESPONDENTS` people on, and told anew only when at least the public threshold has
come since they were told last, and a fifth of those there were: a coefficient and the one before it say
nothing of the few in between, and with fewer it would hardly be another.
Answers that were mixed in a pool of several rounds belong to no round and are in none. A composite has no
questions of its own, and no reliability.

How well municipalities are told apart is measured on the survey's sums of the round's months, the last
`MOST_MONTHS` of them, since sums are not kept by round: where rounds run beside each other it is theirs
together. It is told of the municipality in the middle: half of those with answers have as many or more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.pairs import arrange_tables, group_scales
from analysis.periods import month_of, shift_month
from analysis.reliability import (
    LEAST_RESPONDENTS,
    UnitReliability,
    WhyUnknown,
    correlate,
    find_alpha,
    find_omega,
    find_ordinal_alpha,
    find_unit_reliability,
    measure_covariance,
)
from analysis.reliability import Reliability as Coefficient
from analysis.tally import Scale
from survey.installation import Installation, find_definition
from survey.publication.counting import EVERYBODY, Month, make_scheme
from survey.store import closed, publications, rounds
from survey.store.closed import PEOPLE, Frozen, Pair
from survey.store.database import Connection
from survey.store.publications import Reliability
from survey.store.rounds import Round

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Tables = Mapping[tuple[str, str], Whole]  # by first and second question

DECIMALS = 3  # of a coefficient
LEAST_GROWTH = 0.2  # of those it stood on, before a coefficient is told anew
MOST_MONTHS = 12  # whose sums tell municipalities apart
LAST_MONTH = "9999-12"  # after every month: whatever is closed counts


@dataclass(frozen=True)
class Sums:
    """n, sum and sum of squares of a measure, by municipality."""

    n: Whole
    total: Floats
    squares: Floats


def measure_reliability(
    connection: Connection, installation: Installation, survey: str, month: str, counted: Month
) -> tuple[Reliability, ...]:
    """The rows of a publication: those of rounds with answers in this month anew, the others as they stand.

    `counted` is the month that is being published; it is not kept yet. The publication's number is 0.
    """
    standing = {
        (r.round_id, r.dimension): r for r in publications.list_latest_reliabilities(connection, survey)
    }
    fresh = {pair.round_id for pair in counted.pairs}
    if fresh:
        least = installation.settings.threshold_public
        stored = closed.list_pairs(connection, survey, until=LAST_MONTH)
        tables = add_pairs(pair for pair in (*stored, *counted.pairs) if pair.round_id in fresh)
        for round_ in rounds.list_rounds(connection):
            if round_.id in fresh:
                due = find_due(tables, round_, standing, least=least)
                standing.update(measure_round(connection, installation, round_, month, counted, due))
    return tuple(standing[key] for key in sorted(standing))


def add_pairs(pairs: Iterable[Pair]) -> dict[tuple[str, str], dict[tuple[str, str], Whole]]:
    """The tables of every month together, by round and dimension."""
    found: dict[tuple[str, str], dict[tuple[str, str], Whole]] = {}
    for pair in pairs:
        tables = found.setdefault((pair.round_id, pair.dimension), {})
        key = (pair.first, pair.second)
        counts = np.array(pair.counts, dtype=np.int64)
        tables[key] = tables[key] + counts if key in tables else counts
    return found


def find_due(
    tables: Mapping[tuple[str, str], Tables],
    round_: Round,
    standing: Mapping[tuple[str, str], Reliability],
    *,
    least: int,
) -> dict[str, Tables]:
    """The dimensions of a round that enough people have answered, and enough since they were told last."""
    found: dict[str, Tables] = {}
    for (round_id, dimension), some in tables.items():
        if round_id == round_.id:
            n = count_people(some)
            before = standing.get((round_id, dimension))
            enough = LEAST_RESPONDENTS if before is None else before.n + max(least, before.n * LEAST_GROWTH)
            if n >= enough:
                found[dimension] = some
    return found


def count_people(tables: Tables) -> int:
    return int(next(iter(tables.values())).sum())


def measure_round(
    connection: Connection,
    installation: Installation,
    round_: Round,
    month: str,
    counted: Month,
    due: Mapping[str, Tables],
) -> Iterator[tuple[tuple[str, str], Reliability]]:
    """The new rows of a round by their key."""
    if not due:
        return
    scales = group_scales(make_scheme(find_definition(installation, round_.survey, round_.version)))
    areas = [area.code for area in installation.areas.municipalities]
    frozen = iterate_sums(connection, round_, month, counted, areas)
    sums = add_sums(frozen, areas, tuple(due))
    for dimension, tables in due.items():
        yield (
            (round_.id, dimension),
            measure_dimension(round_.id, dimension, scales[dimension], tables, sums[dimension]),
        )


def measure_dimension(
    round_id: str, dimension: str, scales: Sequence[Scale], tables: Tables, sums: Sums
) -> Reliability:
    """The coefficients of a dimension. What cannot be known is None."""
    arranged, scores = arrange_tables(tables, scales)
    covariance, n = measure_covariance(arranged, scores)
    alpha = find_alpha(covariance, n)
    apart = find_unit_reliability(sums.n, sums.total, sums.squares)
    is_known = isinstance(apart, UnitReliability)
    return Reliability(
        publication_id=0,
        round_id=round_id,
        dimension=dimension,
        questions=len(scales),
        n=n,
        alpha=read_value(alpha),
        alpha_low=round_number(alpha.low) if isinstance(alpha, Coefficient) else None,
        alpha_high=round_number(alpha.high) if isinstance(alpha, Coefficient) else None,
        ordinal_alpha=read_value(find_ordinal_alpha(arranged)),
        omega=read_value(find_omega(correlate(covariance), n)),
        unit_reliability=round_number(float(np.nanmedian(apart.values))) if is_known else None,
        n_needed=apart.n_needed if is_known else None,
    )


def read_value(found: Coefficient | WhyUnknown) -> float | None:
    return round_number(found.value) if isinstance(found, Coefficient) else None


def round_number(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def iterate_sums(
    connection: Connection, round_: Round, month: str, counted: Month, areas: Sequence[str]
) -> Iterator[Frozen]:
    """The sums of the round's months until this one: those that are kept, and the fresh ones."""
    last = min(month, month_of(round_.closes))
    first = max(month_of(round_.opens), shift_month(last, 1 - MOST_MONTHS))
    months = [one for one in list_months_between(first, last) if one != month]
    yield from closed.iterate_frozen(connection, round_.survey, months, areas=areas, parts=[PEOPLE])
    if last == month:
        yield from (frozen for frozen in counted.rows if frozen.part == PEOPLE)


def list_months_between(first: str, last: str) -> list[str]:
    """Every month from the first to the last, none when the last comes before it."""
    months: list[str] = []
    while first <= last:
        months.append(first)
        first = shift_month(first, 1)
    return months


def add_sums(rows: Iterable[Frozen], areas: Sequence[str], measures: Sequence[str]) -> dict[str, Sums]:
    """The sums of everybody of each municipality, by measure."""
    found = np.zeros((len(areas), len(measures), 3))
    places = {area: row for row, area in enumerate(areas)}
    for frozen in rows:
        everybody = [row for row, key in enumerate(frozen.table.keys) if key[1] == EVERYBODY]
        sums = frozen.table.sums[everybody, :, :3].sum(axis=0)
        for number, measure in enumerate(measures):
            if measure in frozen.table.measures:
                found[places[frozen.area], number] += sums[frozen.table.measures.index(measure)]
    return {
        measure: Sums(np.rint(found[:, number, 0]).astype(np.int64), found[:, number, 1], found[:, number, 2])
        for number, measure in enumerate(measures)
    }
