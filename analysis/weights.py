"""How much does each respondent count, so that those who answered stand for those who live there?

Respondents are counted in strata, age band x gender, and the margins say how many people live in each. Ages
are rows in the order of the survey's age bands, genders are columns. A table of respondents (and of weights)
has one more row and one more column, the last, for those whose age or gender is not known.

1. Post-stratify: a stratum's weight is its share of the people over its share of the respondents. Strata
   with fewer than `LEAST_IN_STRATUM` respondents are first joined with a neighbouring age band, for each
   gender by itself: the women's strata need not grow coarse because few men answered.
2. When that leaves too little of the strata (`LEAST_LEFT`), rake instead: the two margins, ages and genders,
   are met by turns until both are. A margin has more respondents than a stratum and keeps more bands.
3. Cap once at the mean plus two standard deviations, and rescale to the mean 1.

Sources: Kalton and Flores-Cervantes 2003, Weighting methods, Journal of Official Statistics 19:81-97;
Deming and Stephan 1940 (raking); Kish 1965 (what weights cost).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Numbers = IntArray | FloatArray

LEAST_IN_STRATUM = 10
"""Respondents a stratum or a margin's band needs to be weighted by itself. shared/design/method.md 2."""

LEAST_LEFT = 0.5
"""Share of the strata that must be left, joined strata counted once; with fewer the margins are raked."""

CAP = 2.0
"""Standard deviations above the mean where a weight is cut."""

TOLERANCE = 1e-6
"""How near raking comes to every margin, as a share of all people."""

MOST_ROUNDS = 500
"""Rounds after which raking that has not met its margins is given up: they cannot be met, or hardly."""


class WeightMethod(StrEnum):
    """How weights came about: by strata (or by one margin alone), by both margins, or not at all."""

    POST_STRATIFIED = "post_stratified"
    RAKED = "raked"
    NONE = "none"


@dataclass(frozen=True)
class Weighting:
    """The weight of one respondent in each stratum, ages x genders and the not known.

    Their mean over respondents is 1 and all are above 0. A stratum without respondents carries the weight of
    the strata it was joined with.
    `largest` is the largest weight that a respondent has; 1 when there are none or the method is NONE.
    """

    weights: FloatArray
    method: WeightMethod
    largest: float


def find_weights(respondents: IntArray, population: IntArray | None) -> Weighting:
    """Weights of one municipality's respondents (ages + 1, genders + 1) to its people (ages, genders).

    Those whose age or gender is not known count 1 before capping: nothing says what they stand for. The
    method is NONE, and every weight 1, without a margin, with a margin of nobody, and with so few respondents
    that they cannot be told apart. Raises ValueError when shapes do not fit or a number is negative.
    """
    _check_tables(respondents, population)
    weights = np.ones(respondents.shape)
    known = respondents[:-1, :-1]
    if population is None or population.sum() == 0:
        return Weighting(weights, WeightMethod.NONE, 1.0)
    strata, method = _weigh_strata(known, population)
    if method is WeightMethod.NONE:
        return Weighting(weights, method, 1.0)
    weights[:-1, :-1] = strata
    capped = cap_weights(weights, respondents)
    return Weighting(capped, method, float(capped[respondents > 0].max()))


def find_county_weights(
    weights: FloatArray, respondents: IntArray, population: Sequence[float | None]
) -> FloatArray:
    """Weights of a county's respondents, so that municipalities count by their people; mean 1, same shape.

    `weights` and `respondents` are (municipalities, ages + 1, genders + 1), `population` the people of each.
    A municipality without answers is left out: its people are not spread over the others by name, the others
    stand for the county. When one with answers has no margin (None or nobody), the county is unweighted:
    every weight is 1. Capped once more, over the county. Raises ValueError when shapes do not fit.
    """
    if weights.shape != respondents.shape or len(population) != len(weights):
        raise ValueError(
            "The municipalities' tables do not fit: give weights, respondents and people of each."
        )
    answers = respondents.sum(axis=(1, 2)).astype(np.float64)
    answered = answers > 0
    people = np.array([0.0 if one is None else one for one in population], dtype=np.float64)
    if not answered.any() or not np.all(people[answered] > 0):
        return np.ones(weights.shape)
    factors = np.ones(len(weights))
    factors[answered] = people[answered] / people[answered].sum() / (answers[answered] / answers.sum())
    return cap_weights(weights * factors[:, None, None], respondents)


def cap_weights(weights: FloatArray, respondents: IntArray) -> FloatArray:
    """The weights cut at mean + 2 standard deviations over the respondents, then rescaled to the mean 1.

    Done once: again and again it would cut what the last time left, until all are alike. So the largest may
    lie a little above the cap, by the rescaling. Without respondents the weights are left as they are.
    """
    number = respondents.sum()
    if number == 0:
        return weights
    mean = (respondents * weights).sum() / number
    spread = np.sqrt((respondents * (weights - mean) ** 2).sum() / number)
    capped = np.minimum(weights, mean + CAP * spread)
    return capped * number / (respondents * capped).sum()


def join_bands(respondents: IntArray, population: IntArray) -> IntArray:
    """The group of each band, numbered from 0 in the bands' order; bands of one group lie side by side.

    A group is wanting when it has fewer than `LEAST_IN_STRATUM` respondents or no people (people would get no
    weight at all). The wanting group with the fewest respondents, the first of equals, is joined with the
    neighbour that has the fewer, the one before if equal; and so on until none is wanting or one is left.
    """
    groups = [[band] for band in range(len(respondents))]
    while len(groups) > 1:
        answers = [int(respondents[group].sum()) for group in groups]
        wanting = [
            index
            for index, group in enumerate(groups)
            if answers[index] < LEAST_IN_STRATUM or population[group].sum() == 0
        ]
        if not wanting:
            break
        fewest = min(wanting, key=lambda index: answers[index])
        beside = [index for index in (fewest - 1, fewest + 1) if 0 <= index < len(groups)]
        first = min(fewest, min(beside, key=lambda index: answers[index]))
        groups[first : first + 2] = [groups[first] + groups[first + 1]]
    return np.repeat(np.arange(len(groups)), [len(group) for group in groups])


def rake(respondents: Numbers, rows: FloatArray, columns: FloatArray) -> FloatArray | None:
    """Weights with which the respondents' table meets both margins to `TOLERANCE`; None when it does not.

    Margins are above 0 and need not have one sum: their shares are met. It cannot succeed when strata without
    respondents stand in the way (say all women are old and all men young).
    """
    table = np.asarray(respondents, dtype=np.float64)
    to_rows, to_columns = rows / rows.sum(), columns / columns.sum()
    across = np.ones(len(columns))
    with np.errstate(all="ignore"):
        for _ in range(MOST_ROUNDS):
            down = to_rows / (table @ across)
            met = down @ table
            if np.abs(across * met - to_columns).max() <= TOLERANCE:
                found = np.outer(down, across) * table.sum()
                return found if np.all(np.isfinite(found) & (found > 0)) else None
            across = to_columns / met
    return None


def _weigh_strata(known: IntArray, population: IntArray) -> tuple[FloatArray, WeightMethod]:
    """Weights of the strata, mean 1 over the known respondents, before any cap; and how they came about."""
    genders = range(known.shape[1])
    joined = np.stack([join_bands(known[:, g], population[:, g]) for g in genders], axis=1)
    joined += np.concatenate([[0], np.cumsum(joined.max(axis=0) + 1)[:-1]])
    answers = np.bincount(joined.ravel(), weights=known.ravel())
    people = np.bincount(joined.ravel(), weights=population.ravel())
    if answers.min() >= LEAST_IN_STRATUM and people.min() > 0 and len(answers) >= LEAST_LEFT * known.size:
        return _divide_shares(people, answers)[joined], WeightMethod.POST_STRATIFIED
    return _weigh_margins(known, population)


def _weigh_margins(known: IntArray, population: IntArray) -> tuple[FloatArray, WeightMethod]:
    """Weights by both margins, or by one alone when the other has one band or both cannot be met.

    Ages go before genders.
    """
    ages = join_bands(known.sum(axis=1), population.sum(axis=1))
    genders = join_bands(known.sum(axis=0), population.sum(axis=0))
    answers, people = _join_table(known, ages, genders), _join_table(population, ages, genders)
    if answers.size == 1:
        return np.ones(known.shape), WeightMethod.NONE
    method = WeightMethod.RAKED
    found = rake(answers, people.sum(axis=1), people.sum(axis=0)) if min(answers.shape) > 1 else None
    if found is None:
        method = WeightMethod.POST_STRATIFIED
        kept = 1 if len(answers) > 1 else 0
        one_margin = _divide_shares(people.sum(axis=kept), answers.sum(axis=kept))
        found = np.broadcast_to(np.expand_dims(one_margin, kept), answers.shape)
    return found[np.ix_(ages, genders)], method


def _join_table(table: IntArray, ages: IntArray, genders: IntArray) -> FloatArray:
    joined = np.zeros((ages[-1] + 1, genders[-1] + 1))
    np.add.at(joined, np.ix_(ages, genders), table)
    return joined


def _divide_shares(people: Numbers, answers: Numbers) -> FloatArray:
    return people / people.sum() / (answers / answers.sum())


def _check_tables(respondents: IntArray, population: IntArray | None) -> None:
    """Raises ValueError when the tables have not one shape, the respondents' one longer both ways."""
    if respondents.ndim != 2 or min(respondents.shape) < 2 or np.any(respondents < 0):
        raise ValueError(
            "Respondents are a table of counts, ages x genders, with a last row and column more."
        )
    if population is None:
        return
    if population.shape != (respondents.shape[0] - 1, respondents.shape[1] - 1):
        raise ValueError("People and respondents do not fit: respondents have one more row and column.")
    if np.any(population < 0):
        raise ValueError("A number of people is negative: correct the margins.")
