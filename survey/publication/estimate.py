"""What is estimated of each place in a period, before anybody asks what may be shown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import orjson

from analysis.estimates import WeightedMeans, WeightedShares, estimate_shares, estimate_weighted
from analysis.weights import WeightMethod
from survey.publication.counting import EVERYBODY
from survey.publication.cube import HIGH, SQUARES, TOTAL, Axes, Cube, N, Place
from survey.publication.weigh import Weights

Floats = npt.NDArray[np.float64]
AT_ONCE = 64  # places whose sums are held in one array
DECIMALS = 9  # of a published number: the order in which people were added shows in none of them


@dataclass(frozen=True)
class Estimated:
    """The numbers of one place and measure; None is not known. As in published_cell."""

    place: Place
    measure: str
    n: int
    mean: float
    sd: float | None
    low: float | None
    high: float | None
    raw: float
    weighting: WeightMethod
    n_effective: float
    largest_weight: float
    positive: float
    positive_low: float
    positive_high: float
    shares: str | None
    is_spread: bool  # whether people differ


def estimate_municipalities(cube: Cube, places: Sequence[Place], weights: Weights) -> Iterator[Estimated]:
    """Every measure of municipalities, their units and groups; a place without answers gives nothing."""
    areas = {area: number for number, area in enumerate(cube.axes.areas)}
    for start in range(0, len(places), AT_ONCE):
        some = places[start : start + AT_ONCE]
        _, sums, counts = cube.select(some)
        rows = [areas[place.area] for place in some]
        methods = [weights.methods[row] for row in rows]
        yield from estimate_some(cube.axes, some, sums, counts, weights.municipalities[rows], methods)


def estimate_county(cube: Cube, places: Sequence[Place], weights: Weights) -> Iterator[Estimated]:
    """Every measure of the county for everybody and its groups: the strata of all its municipalities."""
    axes = cube.axes
    flat = weights.county.reshape(1, -1)
    for place in places:
        _, sums, counts = cube.select([Place(a, "", place.group, place.value) for a in axes.areas])
        shaped = (sums.reshape(1, -1, *sums.shape[2:]), counts.reshape(1, -1, counts.shape[2]))
        yield from estimate_some(axes, [place], *shaped, flat, [weights.county_method])


def estimate_some(
    axes: Axes,
    places: Sequence[Place],
    sums: Floats,
    counts: Floats,
    weights: Floats,
    methods: Sequence[WeightMethod],
) -> Iterator[Estimated]:
    """Estimates of some places from their sums by stratum."""
    number = sums[..., N].astype(np.int64)
    means = estimate_weighted(number, sums[..., TOTAL], sums[..., SQUARES], weights)
    positive = estimate_shares(sums[..., HIGH].astype(np.int64), number, weights)
    answers = (weights[:, :, None] * counts).sum(axis=1)
    plain = counts.sum(axis=1)
    for row, place in enumerate(places):
        wanted = list_published(axes, place)
        shares = list_shares(axes, answers[row], plain[row]) if len(wanted) == len(axes.measures) else {}
        for column, measure in wanted:
            if means.n[row, column]:
                yield read_estimate(
                    place, measure, means, positive, (row, column), methods[row], shares.get(measure)
                )


def list_published(axes: Axes, place: Place) -> list[tuple[int, str]]:
    """The measures that are published of a place, with their columns: no questions of areas' groups."""
    all_of_them = place.group == EVERYBODY or place.area == axes.county
    return [(n, one) for n, one in enumerate(axes.measures) if all_of_them or one in axes.dimensions]


def read_estimate(
    place: Place,
    measure: str,
    means: WeightedMeans,
    positive: WeightedShares,
    at: tuple[int, int],
    method: WeightMethod,
    shares: str | None,
) -> Estimated:
    """One place and measure out of the arrays. `sd` is what makes sd / sqrt(n) the mean's standard error."""
    n = int(means.n[at])
    return Estimated(
        place=place,
        measure=measure,
        n=n,
        mean=read_number(means.mean[at]),
        sd=read_known(means.error[at] * math.sqrt(n)),
        low=read_known(means.low[at]),
        high=read_known(means.high[at]),
        raw=read_number(means.raw[at]),
        weighting=method,
        n_effective=read_number(means.n_effective[at]),
        largest_weight=read_number(means.largest[at]),
        positive=read_number(positive.share[at]),
        positive_low=read_number(positive.low[at]),
        positive_high=read_number(positive.high[at]),
        shares=shares,
        is_spread=n > 1 and bool(means.sd[at] > 0),
    )


def read_number(value: np.float64) -> float:
    return round(float(value), DECIMALS)


def read_known(value: np.float64) -> float | None:
    """A number of an array; NaN is not known."""
    return None if math.isnan(value) else read_number(value)


def list_shares(axes: Axes, answers: Floats, plain: Floats) -> dict[str, str]:
    """{question: its distribution, as JSON}.

    Shares of answers with a score are weighted, of those who gave such an answer; what was skipped and the
    escape are of everybody who was asked, as they came.
    """
    given, asked = answers.tolist(), plain.tolist()
    found: dict[str, str] = {}
    for question, (scored, unscored) in arrange_answers(axes.answers, axes.unscored).items():
        whole = sum(given[n] for n in scored)
        if whole:
            everybody = sum(asked[n] for n in (*scored, *unscored))
            shares = {axes.answers[n][1]: round(given[n] / whole, DECIMALS) for n in scored}
            shares |= {axes.answers[n][1]: round(asked[n] / everybody, DECIMALS) for n in unscored}
            found[question] = orjson.dumps(shares).decode()
    return found


@lru_cache(maxsize=16)
def arrange_answers(
    answers: tuple[tuple[str, str], ...], unscored: frozenset[tuple[str, str]]
) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    """{question: the columns of its answers with a score, and of those without}."""
    columns: dict[str, tuple[list[int], list[int]]] = {}
    for number, answer in enumerate(answers):
        columns.setdefault(answer[0], ([], []))[answer in unscored].append(number)
    return {question: (tuple(with_score), tuple(rest)) for question, (with_score, rest) in columns.items()}
