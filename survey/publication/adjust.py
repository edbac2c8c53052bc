"""What municipalities' means would be, had the same mix of people answered in each."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from analysis.case_mix import adjust_means
from analysis.scores import HIGHEST_SCORE, LOWEST_SCORE
from survey.publication.counting import MIX_SEPARATOR
from survey.publication.cube import Cube
from survey.publication.estimate import DECIMALS


def adjust_county(cube: Cube) -> Mapping[tuple[str, str], float]:
    """{(municipality, measure): mean 0-100 adjusted for age, who answered, and by which channel}.

    A measure that has too few answers to adjust by is not there.
    """
    axes = cube.axes
    mixes = {value: tuple(value.split(MIX_SEPARATOR, 1)) for _, value, _ in cube.mix}
    roles = sorted({role for role, _ in mixes.values()})
    channels = sorted({channel for _, channel in mixes.values()})
    shape = (len(axes.areas), len(axes.ages) + 1, len(roles), len(channels), len(axes.measures))
    n, total = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    for (area, value, age), sums in cube.mix.items():
        role, channel = mixes[value]
        row = axes.ages.index(age) if age in axes.ages else len(axes.ages)
        at = (axes.areas.index(area), row, roles.index(role), channels.index(channel))
        n[at] += sums[:, 0].astype(np.int64)
        total[at] += sums[:, 1]
    found: dict[tuple[str, str], float] = {}
    for number, measure in enumerate(axes.measures):
        adjusted = adjust_means(n[..., number], total[..., number]) if mixes else None
        for area, mean in zip(axes.areas, () if adjusted is None else adjusted.adjusted, strict=False):
            if not math.isnan(mean):
                found[(area, measure)] = round(float(np.clip(mean, LOWEST_SCORE, HIGHEST_SCORE)), DECIMALS)
    return found
