"""How many people live in the demonstration's municipalities, by age band and gender: made up."""

from __future__ import annotations

import math
from collections.abc import Mapping

from survey.areas import Areas
from survey.demo.county import UNKNOWN_RESIDENTS, seed_numbers
from survey.store.populations import Margin

MADE_UP = "påhittad, för demonstrationen"  # what such a population says of where it comes from

# Invented, but much as it is in the south of Sweden.
ADULT_SHARE = 0.83  # of residents are 15 or older
AGES: Mapping[str, float] = {"a15_29": 0.2, "a30_44": 0.22, "a45_64": 0.3, "a65_79": 0.2, "a80p": 0.08}
WOMEN: Mapping[str, float] = {"a15_29": 0.47, "a30_44": 0.48, "a45_64": 0.49, "a65_79": 0.5, "a80p": 0.57}
AGE_STEPS: Mapping[str, float] = {"a15_29": -2, "a30_44": -1, "a45_64": 0, "a65_79": 1, "a80p": 2}
USUAL_RESIDENTS = 25_000  # of a municipality whose ages are those above
OLDER_BY_SIZE = 0.1  # how much older small municipalities are: a band's share, per step and factor e of size
UNEVENNESS = 0.03  # that a cell differs by, as a standard deviation of its share


def make_population(areas: Areas) -> tuple[Margin, ...]:
    """The margins of every municipality, in the order of area, age and gender; the same each time."""
    return tuple(
        sorted(
            margin
            for area in areas.municipalities
            for margin in make_margins(area.code, area.residents or UNKNOWN_RESIDENTS)
        )
    )


def make_margins(area: str, residents: int) -> list[Margin]:
    """One municipality's cells, which add up to about ADULT_SHARE of its residents."""
    chance = seed_numbers("population", area)
    tilt = OLDER_BY_SIZE * math.log(USUAL_RESIDENTS / residents)
    shares = {
        (age, gender): share * math.exp(tilt * AGE_STEPS[age]) * women_or_men
        for age, share in AGES.items()
        for gender, women_or_men in (("man", 1 - WOMEN[age]), ("woman", WOMEN[age]))
    }
    uneven = {cell: share * (1 + UNEVENNESS * chance.standard_normal()) for cell, share in shares.items()}
    whole = sum(uneven.values())
    return [
        Margin(area, age, gender, round(ADULT_SHARE * residents * share / whole))
        for (age, gender), share in uneven.items()
    ]
