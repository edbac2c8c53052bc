"""Which answers make a crowd that is mixed, and which wait?"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.answering.mixer import BATCH, LEAST, Crowd, plan_batches

A_SURVEY = ("invanarupplevelse", "2026-1")
COUNTY_OF = {"0760": "07", "0761": "07", "0763": "07", "0880": "08", "0881": "08", "elsewhere": "elsewhere"}
area_counts = st.dictionaries(st.sampled_from(sorted(COUNTY_OF)), st.integers(0, 45))


def crowd(area: str, round_id: str = "var", survey: tuple[str, str] = A_SURVEY) -> Crowd:
    return Crowd(*survey, round_id, area)


def plan(counts: dict[str, int], *, closing: bool = False) -> set[tuple[str, ...]]:
    """The areas of each batch, when all answers are of one round."""
    batches = plan_batches({crowd(a): n for a, n in counts.items()}, COUNTY_OF.__getitem__, closing=closing)
    assert not any(batch.hides_round for batch in batches)
    return {tuple(one.area for one in batch.crowds) for batch in batches}


@pytest.mark.parametrize(
    ("counts", "batches"),
    [
        ({}, set()),
        ({"0760": 0}, set()),
        ({"0760": BATCH - 1}, set()),
        ({"0760": BATCH}, {("0760",)}),
        ({"0760": BATCH + 1}, {("0760",)}),
        ({"0760": 20, "0761": 21}, {("0760",), ("0761",)}),
        ({"0760": 10, "0761": 9}, set()),
        ({"0760": 10, "0761": 10}, {("0760", "0761")}),
        ({"0760": 10, "0880": 10}, set()),
        ({"0760": 20, "0761": 19}, {("0760",)}),
        ({"0760": 20, "0761": 19, "0763": 1}, {("0760",), ("0761", "0763")}),
        ({"elsewhere": 19, "0760": 1}, set()),
        ({"elsewhere": 20}, {("elsewhere",)}),
    ],
)
def test_in_an_open_month_twenty_of_a_municipality_or_a_county_are_mixed(
    counts: dict[str, int], batches: set[tuple[str, ...]]
) -> None:
    assert plan(counts) == batches


@pytest.mark.parametrize(
    ("counts", "batches"),
    [
        ({"0760": LEAST - 1}, set()),
        ({"0760": LEAST}, {("0760",)}),
        ({"0760": 2, "0880": 2}, set()),
        ({"0760": 2, "0880": 3}, {("0760", "0880")}),
        ({"0760": 20, "0880": 4}, {("0760",)}),
        ({"0760": 10, "0761": 10, "0880": 4}, {("0760", "0761")}),
        ({"0760": 10, "0761": 10, "0880": 4, "elsewhere": 1}, {("0760", "0761"), ("0880", "elsewhere")}),
    ],
)
def test_when_the_month_closes_five_are_enough(counts: dict[str, int], batches: set[tuple[str, ...]]) -> None:
    assert plan(counts, closing=True) == batches


@pytest.mark.parametrize(
    ("counts", "closing", "batches"),
    [
        ({crowd("0760", "a"): 19, crowd("0760", "b"): 1}, False, []),
        ({crowd("0760", "a"): 20, crowd("0760", "b"): 19}, False, [(["a"], False)]),
        ({crowd("0760", "a"): 4, crowd("0760", "b"): 1}, True, [(["a", "b"], True)]),
        ({crowd("0760", "a"): 4, crowd("0880", "a"): 1}, True, [(["a", "a"], False)]),
        ({crowd("0760", "a"): 4, crowd("0760", "b", ("resursgrupp", "2026-1")): 4}, True, []),
    ],
)
def test_rounds_are_mixed_apart_and_tell_no_round_where_they_must_be_pooled(
    counts: dict[Crowd, int], closing: bool, batches: list[tuple[list[str], bool]]
) -> None:
    planned = plan_batches(counts, COUNTY_OF.__getitem__, closing=closing)
    assert [([c.round_id for c in batch.crowds], batch.hides_round) for batch in planned] == batches


@given(counts=area_counts, closing=st.booleans())
def test_a_municipality_is_in_one_batch_at_most_and_every_batch_is_a_crowd(
    counts: dict[str, int], closing: bool
) -> None:
    batches = plan(counts, closing=closing)
    planned = [area for batch in batches for area in batch]
    waiting = sum(counts.values()) - sum(counts[area] for area in planned)
    assert max(Counter(planned).values(), default=1) == 1
    assert all(sum(counts[s] for s in batch) >= (LEAST if closing else BATCH) for batch in batches)
    assert not closing or waiting < LEAST


@given(counts=area_counts, closing=st.booleans(), chance=st.randoms(use_true_random=False))
def test_the_plan_does_not_depend_on_the_order_of_the_municipalities(
    counts: dict[str, int], closing: bool, chance: random.Random
) -> None:
    shuffled = list(counts.items())
    chance.shuffle(shuffled)
    assert plan(counts, closing=closing) == plan(dict(shuffled), closing=closing)
