"""How much each respondent of a county counts in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.weights import Weighting, WeightMethod, find_county_weights, find_weights
from survey.publication.cube import Axes, Cube, Place

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Margins = Mapping[tuple[str, str, str], int]  # people by municipality, age band and gender


@dataclass(frozen=True)
class Weights:
    """The weight of one respondent by municipality and stratum: in the municipality's cells, in the county's.

    Each with how it came about; NONE where there is no margin, and every weight is 1.
    """

    municipalities: Floats  # (areas, strata)
    methods: tuple[WeightMethod, ...]
    county: Floats  # (areas, strata)
    county_method: WeightMethod


def weigh_county(cube: Cube, margins: Margins) -> Weights:
    """The weights of a period, to the people who live in each municipality."""
    axes = cube.axes
    people, _, _ = cube.select([Place(area) for area in axes.areas])
    respondents = people.reshape(len(axes.areas), *axes.shape)
    population = [read_margin(axes, area, margins) for area in axes.areas]
    found = [weigh_area(r, p) for r, p in zip(respondents, population, strict=True)]
    weights = np.stack([one.weights for one in found])
    totals = [None if p is None else float(p.sum()) for p in population]
    county = find_county_weights(weights, respondents, totals)
    methods = tuple(one.method for one in found)
    answered = [bool(r.sum()) for r in respondents]
    return Weights(
        weights.reshape(people.shape),
        methods,
        county.reshape(people.shape),
        find_county_method(methods, totals, answered),
    )


def weigh_area(respondents: Whole, population: Whole | None) -> Weighting:
    """A municipality's weights, all 1 in a survey that does not ask for both age and gender."""
    if min(respondents.shape) < 2:
        return Weighting(np.ones(respondents.shape), WeightMethod.NONE, 1.0)
    return find_weights(respondents, population)


def read_margin(axes: Axes, area: str, margins: Margins) -> Whole | None:
    """The people of a municipality by age band and gender, None when the margins do not have it."""
    rows = [[margins.get((area, age, gender)) for gender in axes.genders] for age in axes.ages]
    if not rows or not rows[0] or any(number is None for row in rows for number in row):
        return None
    return np.array(rows, dtype=np.int64)


def find_county_method(
    methods: tuple[WeightMethod, ...], totals: list[float | None], answered: list[bool]
) -> WeightMethod:
    """How the county is weighted: not at all as soon as a municipality with answers has no margin."""
    inside = [number for number, has in enumerate(answered) if has]
    if not inside or any(not totals[number] for number in inside):
        return WeightMethod.NONE
    raked = any(methods[number] is WeightMethod.RAKED for number in inside)
    return WeightMethod.RAKED if raked else WeightMethod.POST_STRATIFIED
