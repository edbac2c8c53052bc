"""Is it published how well each dimension is measured, of enough people and in whole rounds?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analysis.reliability import (
    LEAST_RESPONDENTS,
    Reliability,
    UnitReliability,
    find_alpha,
    find_unit_reliability,
)
from survey.definition.scoring import list_items
from survey.installation import Installation, find_definition
from survey.publication.counting import Month
from survey.rounds import NewRound
from survey.rounds import open_round as start_round
from survey.store.publications import Reliability as Published
from survey.store.rounds import Round
from tests.survey.published_by_hand import answer, keep_publication, publish
from tests.walks import SURVEY, VERSION, open_a_round

DIMENSION = "personcentrering"  # a01, a02 and a03, all of them worded the same way
AREAS = ("0760", "0761", "0763", "0780")
Scores = Sequence[tuple[float, ...]]


def list_codes(installation: Installation) -> dict[float, str]:
    """The code of each score of the first question."""
    items = list_items(find_definition(installation, SURVEY, VERSION), DIMENSION)
    assert [item.question for item in items] == ["a01", "a02", "a03"]
    return {score: code for code, score in items[0].final.items() if score is not None}


def make_scores(n: int, seed: int = 1) -> list[tuple[float, ...]]:
    """What some people scored in three questions that measure one thing, not too well."""
    chance = random.Random(seed)
    own = [chance.randrange(5) for _ in range(n)]
    return [
        tuple(25.0 * min(4, max(0, level + chance.choice((-1, 0, 0, 1)))) for _ in range(3)) for level in own
    ]


def seed(
    installation: Installation,
    scores: Scores,
    *,
    month: str = "2026-09",
    round_id: str = "alla",
    areas: Sequence[str] = AREAS,
    better: float = 0.0,
) -> None:
    """These people's answers, one after another in the areas; each scores `better` than the one before."""
    codes = list_codes(installation)
    for number, person in enumerate(scores):
        given = {f"a0{place}": codes[score] for place, score in enumerate(person, start=1)}
        place = number % len(areas)
        own = {DIMENSION: min(100.0, float(np.mean(person)) + better * place)}
        answer(installation, 1, area=areas[place], month=month, round_id=round_id, answers=given, scores=own)


def measure(scores: Scores) -> Reliability:
    found = find_alpha(np.cov(np.array(scores).T), len(scores))
    assert isinstance(found, Reliability)
    return found


def find_one(rows: Sequence[Published], round_id: str = "alla") -> Published:
    (found,) = [row for row in rows if (row.round_id, row.dimension) == (round_id, DIMENSION)]
    return found


def test_a_dimension_is_published_with_its_coefficients_in_three_decimals(
    installation: Installation, open_round: Round
) -> None:
    scores = make_scores(80)
    seed(installation, scores)
    rows, _ = publish(installation)
    (found,) = rows
    alpha = measure(scores)
    assert (found.round_id, found.dimension, found.questions, found.n) == ("alla", DIMENSION, 3, 80)
    assert found.alpha == round(alpha.value, 3)
    assert (found.alpha_low, found.alpha_high) == (
        round(alpha.low or 0, 3),
        round(alpha.high or 0, 3),
    )
    assert found.ordinal_alpha is not None
    assert found.omega == pytest.approx(found.alpha, abs=0.03)
    assert 0.5 < found.omega < found.ordinal_alpha < 1
    assert round(found.ordinal_alpha, 3) == found.ordinal_alpha


@pytest.mark.parametrize(("n", "is_told"), [(LEAST_RESPONDENTS - 1, False), (LEAST_RESPONDENTS, True)])
def test_nothing_is_told_of_few(installation: Installation, open_round: Round, n: int, is_told: bool) -> None:
    seed(installation, make_scores(n))
    assert bool(publish(installation)[0]) is is_told


@pytest.mark.parametrize(("new", "n"), [(9, 40), (10, 50)])
def test_a_coefficient_is_told_anew_when_enough_have_answered_since(
    installation: Installation, open_round: Round, new: int, n: int
) -> None:
    scores = make_scores(40 + new)
    seed(installation, scores[:40])
    publish(installation)
    seed(installation, scores[40:], month="2026-10")
    found = find_one(publish(installation, "2026-10")[0])
    assert (found.n, found.alpha) == (n, round(measure(scores[:n]).value, 3))


def test_few_who_answer_again_and_again_are_told_together(
    installation: Installation, open_round: Round
) -> None:
    scores = make_scores(52)
    numbers: list[int] = []
    for month, (start, end) in {"2026-09": (0, 40), "2026-10": (40, 46), "2026-11": (46, 52)}.items():
        seed(installation, scores[start:end], month=month)
        numbers.append(find_one(publish(installation, month)[0]).n)
    assert numbers == [40, 40, 52]


def test_a_round_without_new_answers_stands_beside_one_that_has_them(
    installation: Installation, open_round: Round
) -> None:
    open_a_round(installation, "annan")
    seed(installation, make_scores(40))
    first = find_one(publish(installation)[0])
    seed(installation, make_scores(35, seed=2), month="2026-10", round_id="annan")
    rows, _ = publish(installation, "2026-10")
    assert [(row.round_id, row.n) for row in rows] == [("alla", 40), ("annan", 35)]
    assert replace(find_one(rows), publication_id=first.publication_id) == first
    assert [row.n for row in publish(installation, "2026-11")[0]] == [40, 35]


def test_a_correction_in_between_changes_nothing(installation: Installation, open_round: Round) -> None:
    seed(installation, make_scores(40))
    publish(installation)
    with installation.database.write() as connection:
        keep_publication(connection, "2026-09", Month((), 40, ()), revision=2)
    assert find_one(publish(installation, "2026-10")[0]).n == 40


def test_answers_of_a_pool_and_of_people_elsewhere_are_in_no_coefficient(
    installation: Installation, open_round: Round
) -> None:
    seed(installation, make_scores(40))
    seed(installation, make_scores(30, seed=2), round_id="")
    seed(installation, make_scores(30, seed=3), areas=("elsewhere",))
    assert [(row.round_id, row.n) for row in publish(installation)[0]] == [("alla", 40)]


def test_who_skipped_a_question_is_in_no_coefficient(installation: Installation, open_round: Round) -> None:
    seed(installation, make_scores(40))
    answer(installation, 20, round_id="alla", answers={"a01": list_codes(installation)[100.0]})
    assert find_one(publish(installation)[0]).n == 40


def test_what_cannot_be_known_is_none(installation: Installation, open_round: Round) -> None:
    """Everybody answers two questions alike, and all in one municipality."""
    seed(installation, [(100.0, 50.0, score) for score, *_ in make_scores(40)], areas=("0780",))
    found = find_one(publish(installation)[0])
    assert (found.n, found.questions) == (40, 3)
    assert (found.alpha, found.alpha_low, found.alpha_high, found.ordinal_alpha, found.omega) == (None,) * 5
    assert (found.unit_reliability, found.n_needed) == (None, None)


# Municipalities


def find_apart(scores: Scores, *, better: float) -> UnitReliability:
    """The same from every score of every municipality."""
    means = [[min(100.0, float(np.mean(p)) + better * i) for p in scores[i :: len(AREAS)]] for i in range(4)]
    sums = [(len(m), sum(m), sum(score**2 for score in m)) for m in means]
    n, total, squares = (np.array(column) for column in zip(*sums, strict=True))
    found = find_unit_reliability(n, total, squares)
    assert isinstance(found, UnitReliability)
    return found


def test_municipalities_are_told_apart_by_every_month_of_the_round(
    installation: Installation, open_round: Round
) -> None:
    scores = make_scores(90)
    seed(installation, scores[:40], better=12.0)
    publish(installation)
    seed(installation, scores[40:], month="2026-10", better=12.0)
    found = find_one(publish(installation, "2026-10")[0])
    whole = find_apart(scores, better=12.0)
    assert found.unit_reliability == round(float(np.median(whole.values)), 3)
    assert found.n_needed == whole.n_needed


@pytest.mark.parametrize(("opens", "is_known"), [("alla", True), ("sen", False)])
def test_months_before_the_round_tell_nothing_of_it(
    installation: Installation, open_round: Round, opens: str, is_known: bool
) -> None:
    """In the round itself everybody answered in one municipality."""
    late = NewRound("sen", SURVEY, VERSION, "Sen", date(2026, 10, 1), date(2026, 12, 31))
    start_round(installation, late, by="test")
    seed(installation, make_scores(80), better=12.0, round_id="")
    publish(installation)
    seed(installation, make_scores(40, seed=2), month="2026-10", round_id=opens, areas=("0780",))
    found = find_one(publish(installation, "2026-10")[0], opens)
    assert (found.unit_reliability is not None) is is_known
    assert (found.n_needed is not None) is is_known


@pytest.mark.parametrize(("month", "is_known"), [("2026-08", True), ("2026-09", False)])
def test_municipalities_are_told_apart_by_twelve_months_at_most(
    installation: Installation, month: str, is_known: bool
) -> None:
    long = NewRound("lang", SURVEY, VERSION, "Lång", date(2025, 1, 1), date(2026, 12, 31))
    start_round(installation, long, by="test")
    seed(installation, make_scores(80), month="2025-09", better=12.0, round_id="")
    publish(installation, "2025-09")
    seed(installation, make_scores(40, seed=2), month=month, round_id="lang", areas=("0780",))
    assert (find_one(publish(installation, month)[0], "lang").n_needed is not None) is is_known
