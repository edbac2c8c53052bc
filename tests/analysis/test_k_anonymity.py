"""Is nobody among fewer than k who are alike, and is no more made coarser than that needs?"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import k_anonymity
from analysis.k_anonymity import (
    LEAST_K,
    MOST_ALIKE,
    MOST_SUPPRESSED,
    NO_ANSWER,
    Chosen,
    Combination,
    Counting,
    Crowd,
    Step,
    choose_level,
    climb,
    count_alike,
    keep_crowds,
    mark_seen,
)

# Two columns that become one thing in the end; the third, what was asked, never does.
STEPS = (
    Step(1, lambda value: value[:1]),
    Step(0, lambda value: value[:1]),
    Step(1, lambda _value: "*"),
    Step(0, lambda _value: "*"),
)
QUESTIONS = 2
Somebody = tuple[Combination, tuple[int, ...]]

places = st.sampled_from(["aa", "ab", "ba", "bb"])
ages = st.sampled_from(["1x", "1y", "2x", "2y", ""])
asked = st.sampled_from(["f", "f", "f", "s"])
combinations = st.tuples(places, ages, asked)
# So many people of a combination; seldom all of them answered alike.
crowd_of_some = st.tuples(combinations, st.integers(1, 60), st.sampled_from([True, True, True, True, False]))
crowds_of_some = st.lists(crowd_of_some, max_size=12).map(
    lambda drawn: [
        (combination, ((n % 5 + 1, n % 6) if varied else (3, 3)))
        for combination, many, varied in drawn
        for n in range(many)
    ]
)
thresholds = st.integers(LEAST_K, 30)


def see(answers: Sequence[int]) -> int:
    return sum(mark_seen(question, answer) for question, answer in enumerate(answers))


def count(people: Sequence[Somebody], k: int) -> Chosen:
    """Everybody counted in one pass, read on the rung that the counting is on."""
    counting = Counting(STEPS, k=k, total=len(people))
    for combination, answers in people:
        counting.add(raise_to(combination, counting.level), see(answers))
    return counting.choose(questions=QUESTIONS)


def raise_to(combination: Combination, level: int) -> Combination:
    for step in STEPS[:level]:
        combination = step.apply(combination)
    return combination


def list_sizes(people: Sequence[Somebody], chosen: Chosen) -> dict[Combination, int]:
    """How many people a file of them has of each combination, counted by hand."""
    found: dict[Combination, int] = {}
    for combination, _ in people:
        coarse = raise_to(combination, chosen.level)
        if coarse in chosen.kept:
            found[coarse] = found.get(coarse, 0) + 1
    return found


# Laws


@given(crowds_of_some, thresholds)
def test_every_combination_that_is_left_has_at_least_k_people(people: list[Somebody], k: int) -> None:
    chosen = count(people, k)
    sizes = list_sizes(people, chosen)
    assert sizes == chosen.kept
    assert all(size >= k for size in sizes.values())
    assert chosen.people + chosen.suppressed == len(people)


@given(crowds_of_some, thresholds)
def test_who_is_left_out_is_nobody_or_at_least_k_together_unless_nobody_is_left(
    people: list[Somebody], k: int
) -> None:
    chosen = count(people, k)
    assert chosen.suppressed == 0 or chosen.suppressed >= k or not chosen.kept


@given(crowds_of_some, thresholds, st.integers(0, 10))
def test_a_higher_k_never_shows_anything_finer_nor_anybody_more(
    people: list[Somebody], k: int, more: int
) -> None:
    lower, higher = count(people, k), count(people, k + more)
    assert higher.level >= lower.level
    shown = {raise_to(combination, higher.level) for combination in lower.kept}
    assert set(higher.kept) <= shown
    assert higher.level > lower.level or higher.people <= lower.people


@given(crowds_of_some, thresholds, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(people: list[Somebody], k: int, chance: random.Random) -> None:
    other = list(people)
    chance.shuffle(other)
    assert count(people, k) == count(other, k)


@given(crowds_of_some, thresholds)
def test_climbing_while_counting_chooses_what_counting_to_the_end_does(
    people: list[Somebody], k: int
) -> None:
    crowds: dict[Combination, Crowd] = {}
    for combination, answers in people:
        one = Crowd(1, see(answers))
        crowds[combination] = crowds[combination].join(one) if combination in crowds else one
    assert count(people, k) == choose_level(crowds, STEPS, k=k, questions=QUESTIONS)


@given(crowds_of_some, thresholds)
def test_the_finest_rung_is_taken_on_which_few_enough_are_left_out(people: list[Somebody], k: int) -> None:
    chosen = count(people, k)
    if chosen.level < len(STEPS):
        assert chosen.suppressed <= MOST_SUPPRESSED * len(people)
    crowds = {}
    for combination, answers in people:
        one = Crowd(1, see(answers))
        crowds[combination] = crowds[combination].join(one) if combination in crowds else one
    for step in STEPS[: chosen.level]:
        kept = keep_crowds(crowds, k)
        left_out = len(people) - sum(crowd.people for crowd in kept.values())
        alike, answers = count_alike([c for c in crowds.values() if c.people >= LEAST_K], QUESTIONS)
        assert left_out > MOST_SUPPRESSED * len(people) or alike > MOST_ALIKE * answers
        crowds = climb(crowds, step)


# Boundaries


def make(*sizes: int) -> dict[Combination, Crowd]:
    """Crowds of these sizes who answered this and that."""
    seen = see((1, 1)) | see((2, 2))
    return {("aa", f"{number:02d}", "f"): Crowd(size, seen) for number, size in enumerate(sizes)}


@pytest.mark.parametrize(
    ("sizes", "k", "kept", "suppressed"),
    [
        ((), 10, (), 0),
        ((9,), 10, (), 9),
        ((10,), 10, (10,), 0),
        ((10, 11), 11, (), 21),
        ((10, 11, 12), 11, (12,), 21),  # the smallest other goes with the ten
        ((9, 10, 11), 10, (11,), 19),
        ((5, 5, 11), 10, (11,), 10),  # ten together are enough
        ((5, 4, 11, 12), 10, (12,), 20),
        ((3, 3, 3), 10, (), 9),
    ],
)
def test_who_is_kept_of_crowds_of_some_sizes(
    sizes: tuple[int, ...], k: int, kept: tuple[int, ...], suppressed: int
) -> None:
    crowds = make(*sizes)
    found = keep_crowds(crowds, k)
    assert tuple(crowd.people for crowd in found.values()) == kept
    assert sum(sizes) - sum(kept) == suppressed


@pytest.mark.parametrize("k", [0, 1, LEAST_K - 1])
def test_nobody_may_ask_for_less_than_ten(k: int) -> None:
    with pytest.raises(ValueError, match="at least 10"):
        Counting(STEPS, k=k, total=100)
    with pytest.raises(ValueError, match="at least 10"):
        choose_level({}, STEPS, k=k, questions=0)


@pytest.mark.parametrize(
    ("left_out", "level"), [(50, 0), (51, 1)], ids=["five per cent of a thousand", "more than five"]
)
def test_five_per_cent_may_be_left_out_before_anything_becomes_coarser(left_out: int, level: int) -> None:
    whole = see((1, 1)) | see((2, 2))
    crowds = {("ab", f"1{letter}", "f"): Crowd(9, whole) for letter in "abcde"}
    crowds |= {
        ("ab", "1f", "f"): Crowd(left_out - 45, whole),
        ("aa", "1x", "f"): Crowd(1000 - left_out, whole),
    }
    assert choose_level(crowds, STEPS, k=10, questions=QUESTIONS).level == level


def test_what_was_asked_is_never_made_coarser_so_that_a_few_who_got_a_short_form_are_left_out() -> None:
    people = [(("aa", "1x", "f"), (n % 5 + 1, 1 + n % 2)) for n in range(990)]
    people += [(("aa", "1x", "s"), (n % 5 + 1, NO_ANSWER)) for n in range(9)]
    chosen = count(people, 10)
    assert {combination[2] for combination in chosen.kept} <= {"f"}
    assert chosen.suppressed >= 9


def test_with_fewer_than_k_people_in_all_nobody_is_kept() -> None:
    people = [(("aa", "1x", "f"), (1 + n % 5, 1 + n % 2)) for n in range(9)]
    assert count(people, 10) == Chosen(len(STEPS), {}, 9, 0, 0)


# All who are alike answered alike


@pytest.mark.parametrize(
    ("answers", "alike"),
    [
        ([(1, 1)] * 10, 20),
        ([(1, 1)] * 9 + [(2, 1)], 10),
        ([(1, NO_ANSWER)] * 10, 10),  # nobody answered the second: nothing is told
        ([(1, 1)] * 9 + [(NO_ANSWER, 1)], 20),  # whoever is known to have answered answered so
        ([(1, 2), (2, 1)] * 5, 0),
    ],
)
def test_answers_that_a_whole_combination_gave_are_counted(
    answers: list[tuple[int, int]], alike: int
) -> None:
    crowd = Crowd(len(answers), 0)
    for one in answers:
        crowd = Crowd(crowd.people, crowd.seen | see(one))
    assert count_alike([crowd], 2)[0] == alike


def test_a_rung_on_which_too_many_answered_like_their_whole_combination_is_not_taken() -> None:
    """One in nine of those who live in ab answered alike throughout; with aa they do not."""
    people = [(("aa", "1x", "f"), (n % 5 + 1, n % 4 + 1)) for n in range(400)]
    people += [(("ab", "1x", "f"), (5, 5)) for _ in range(50)]
    assert count(people, 10).level == 2
    assert count(people, 10).alike == 0
    varied = [(where, (n % 5 + 1, n % 4 + 1)) for n, (where, _) in enumerate(people)]
    assert count(varied, 10).level == 0


def test_what_is_alike_is_looked_at_without_regard_to_k() -> None:
    """Else a higher k, which leaves the alike few out, could show the others finer."""
    people = [(("aa", "1x", "f"), (n % 5 + 1, n % 4 + 1)) for n in range(900)]
    people += [(("ab", "1x", "f"), (5, 5)) for _ in range(15)]
    assert [count(people, k).level for k in (10, 15, 16)] == [2, 2, 2]


def test_more_answers_than_can_be_told_apart_look_alike_and_never_the_other_way() -> None:
    assert mark_seen(0, 15) == mark_seen(0, 40) != mark_seen(0, 14)
    assert mark_seen(1, 40) != mark_seen(0, 40)


# Somebody who breaks the rule is caught


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("keep_crowds", lambda crowds, k: {c: one for c, one in crowds.items() if one.people >= k - 1}),
        ("keep_crowds", lambda crowds, _k: dict(crowds)),
        ("keep_crowds", lambda crowds, k: {c: one for c, one in crowds.items() if one.people >= k}),
        ("climb", lambda crowds, _step: dict(crowds)),
        ("is_diverse", lambda _crowds, _questions: True),
        ("find_most_combinations", lambda _total, _k: 3),
    ],
    ids=["k - 1", "keeps all", "leaves a few out", "never climbs", "alike is nothing", "climbs too soon"],
)
def test_a_rule_that_is_broken_is_seen(
    name: str, broken: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(k_anonymity, name, broken)
    laws = (
        test_every_combination_that_is_left_has_at_least_k_people,
        test_who_is_left_out_is_nobody_or_at_least_k_together_unless_nobody_is_left,
        test_climbing_while_counting_chooses_what_counting_to_the_end_does,
        test_a_rung_on_which_too_many_answered_like_their_whole_combination_is_not_taken,
    )
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        for law in laws:
            law()
