"""Are medians, spread, priority and disagreement right, and is no more told than the panel can bear?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.panel_ratings import (
    NotTold,
    Quadrant,
    Rating,
    find_priority,
    find_quadrant,
    find_ranks,
    rate_scores,
    show_choices,
    show_distribution,
)

SCALE = (0.0, 25.0, 50.0, 75.0, 100.0)
GROUPS = st.lists(st.sampled_from(SCALE), min_size=5, max_size=40)

# Scores, and what they come to: median, quartiles.
RATED = {
    "an even spread": ([0, 25, 50, 75, 100], (50, 25, 75)),
    "between two options": ([25, 25, 50, 75, 75, 100], (62.5, 31.25, 75)),
    "two alike groups": ([0, 0, 0, 100, 100, 100], (50, 0, 100)),
    "two who differ": ([75, 75, 75, 100, 50], (75, 75, 75)),
    "one who differs": ([75, 75, 75, 75, 0], (75, None, None)),
    "all alike": ([100] * 12, (100, None, None)),
}


@pytest.mark.parametrize(("scores", "told"), RATED.values(), ids=RATED.keys())
def test_scores_become_a_median_and_quartiles(
    scores: list[float], told: tuple[float, float | None, float | None]
) -> None:
    assert rate_scores(scores) == Rating(len(scores), *told)


@pytest.mark.parametrize(
    ("number", "reason"), [(0, NotTold.NONE), (1, NotTold.FEW), (4, NotTold.FEW), (5, None), (6, None)]
)
def test_nothing_is_told_of_fewer_than_five(number: int, reason: NotTold | None) -> None:
    scores = [0.0, 25.0, 50.0, 75.0, 100.0, 0.0][:number]
    counts = dict(Counter(map(str, scores)))
    if reason is None:
        assert isinstance(rate_scores(scores), Rating)
        assert show_distribution(counts) == counts
    else:
        assert rate_scores(scores) is show_distribution(counts) is reason


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"5": 5, "4": 0}, False),
        ({"5": 4, "4": 1}, False),
        ({"5": 3, "4": 2}, True),
        ({"5": 3, "4": 1, "1": 1}, True),
        ({"5": 39, "4": 1}, False),
        ({"5": 38, "4": 2}, True),
    ],
)
def test_a_distribution_is_told_when_two_or_more_differ(counts: dict[str, int], told: bool) -> None:
    assert show_distribution(counts) == (counts if told else NotTold.ALIKE)


def test_an_option_that_nearly_all_chose_has_no_number() -> None:
    counts = {"young": 6, "oldest": 5, "rural": 4, "carers": 0}
    shown = {"young": None, "oldest": None, "rural": 4, "carers": 0}
    assert show_choices(counts, 6) == shown
    assert show_choices({"young": 4}, 4) is NotTold.FEW
    assert show_choices({"young": 0}, 0) is NotTold.NONE


@given(GROUPS)
def test_quartiles_are_those_of_other_programs(scores: list[float]) -> None:
    rating = rate_scores(scores)
    assert isinstance(rating, Rating)
    assert rating.median == np.median(scores)
    if rating.spread is not None:
        low, high = np.percentile(scores, [25, 75])
        assert (rating.low, rating.high) == (pytest.approx(low), pytest.approx(high))


@given(GROUPS, st.randoms())
def test_the_order_of_answers_changes_nothing(scores: list[float], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(scores)
    chance.shuffle(shuffled)
    assert rate_scores(shuffled) == rate_scores(scores)


def see(scores: tuple[float, ...]) -> tuple[object, object]:
    """Everything that is shown of a group's answers to a question."""
    shown = show_distribution(dict(Counter(map(str, scores))))
    return (rate_scores(scores), shown if isinstance(shown, NotTold) else tuple(sorted(shown.items())))


def list_worlds(number: int) -> Iterator[tuple[float, ...]]:
    return combinations_with_replacement(SCALE, number)


@pytest.mark.parametrize("number", range(5, 9))
def test_nobody_can_work_out_what_another_answered(number: int) -> None:
    """Of all ways a group can answer: what is shown fits several answers of everybody, also for members.

    Those who alone differ are left out: that the others agree is told to them by the median.
    """
    worlds: dict[tuple[object, object], list[tuple[float, ...]]] = {}
    for world in list_worlds(number):
        worlds.setdefault(see(world), []).append(world)
    assert len(worlds) > 1
    for same in worlds.values():
        assert len({score for world in same for score in world}) > 1  # to an outsider
        for own in SCALE:
            left = [list(world) for world in same if world.count(own) > 1]
            for others in left:
                others.remove(own)
            assert not left or len({score for others in left for score in others}) > 1


# Scores of importance, and whether the group disagrees: from an interquartile range of 50.
DISAGREED = {
    "just": ([25, 25, 50, 75, 75], True),
    "just not": ([25, 25, 50, 50, 75], False),
    "eight people": ([25, 25, 25, 50, 50, 75, 75, 75], True),
    "two camps": ([0, 0, 0, 100, 100], True),
    "one far away": ([0, 100, 100, 100, 100], False),
}


@pytest.mark.parametrize(("scores", "disagreed"), DISAGREED.values(), ids=DISAGREED.keys())
def test_a_wide_spread_of_importance_goes_to_dialogue_before_any_rank(
    scores: list[float], disagreed: bool
) -> None:
    importance, feasible = rate_scores(scores), rate_scores([50, 75, 75, 75, 100])
    assert isinstance(importance, Rating)
    assert importance.is_disagreed is disagreed
    assert (find_priority(importance, feasible) is None) is disagreed


@pytest.mark.parametrize(
    ("importance", "feasibility", "priority"),
    [(100, 100, 100), (75, 50, 37.5), (100, 0, 0), (62.5, 50, 31.25)],
)
def test_priority_is_importance_times_feasibility(
    importance: float, feasibility: float, priority: float
) -> None:
    assert find_priority(Rating(5, importance, 50, 75), Rating(5, feasibility, 50, 75)) == priority


@pytest.mark.parametrize("reason", [NotTold.NONE, NotTold.FEW])
def test_there_is_no_priority_without_both(reason: NotTold) -> None:
    there = Rating(5, 75, 50, 75)
    assert find_priority(there, reason) is find_priority(reason, there) is None


def test_disagreement_about_feasibility_alone_stops_no_rank() -> None:
    assert find_priority(Rating(6, 75, 50, 75), Rating(6, 50, 0, 100)) == 37.5


@pytest.mark.parametrize(
    ("importance", "feasibility", "quadrant"),
    [
        (50, 50, Quadrant.BEGIN),
        (100, 49.9, Quadrant.PREPARE),
        (49.9, 50, Quadrant.EASY),
        (0, 0, Quadrant.WAIT),
    ],
)
def test_the_middle_belongs_to_the_upper_half(
    importance: float, feasibility: float, quadrant: Quadrant
) -> None:
    assert find_quadrant(importance, feasibility) is quadrant


def test_equal_priorities_share_the_better_rank() -> None:
    assert find_ranks([37.5, 75, 37.5, 10]) == (2, 1, 2, 4)
    assert find_ranks([]) == ()
