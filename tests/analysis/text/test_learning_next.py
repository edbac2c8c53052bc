"""Are the comments that are coded next those that teach most?"""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.learning import train
from analysis.text.learning_model import estimate_chances
from analysis.text.learning_next import SILENT_EVERY, Candidate, choose_next
from tests.analysis.text.learning_examples import THEMES, comment, write_comments

NONE = dict.fromkeys(THEMES, 0)


def make(number: int, *themes: str, start: str = "") -> list[Candidate]:
    """Candidates that the lexicon finds these themes in, each with a text of its own."""
    name = start or "-".join(themes) or "silent"
    found = dict.fromkeys(themes, ("ord",))
    return [
        Candidate(f"{name} {at}", comment(f"{name} {chr(97 + at // 26)}{chr(97 + at % 26)}", found))
        for at in range(number)
    ]


def find_odds(chance: float) -> float:
    return math.log(chance / (1 - chance))


def count_starts(ids: list[str], start: str) -> int:
    return sum(one.startswith(start) for one in ids)


def test_every_theme_has_its_turn() -> None:
    ids = choose_next([*make(50, "food"), *make(50, "access"), *make(9, "attitude")], None, NONE, 24)
    assert [count_starts(ids, theme) for theme in THEMES] == [8, 8, 8]


def test_themes_with_few_codes_come_first() -> None:
    candidates = [*make(50, "food"), *make(50, "access")]
    ids = choose_next(candidates, None, {"food": 30, "access": 2}, 20)
    assert count_starts(ids, "access") == 20
    ids = choose_next(candidates, None, {"food": 8, "access": 2}, 30)
    assert count_starts(ids, "access") == 20  # ten come first, of which six are expected to be right


def test_a_comment_of_two_themes_counts_for_both() -> None:
    ids = choose_next([*make(30, "food", "access"), *make(30, "attitude")], None, NONE, 20)
    assert count_starts(ids, "food-access") == 10


def test_a_theme_without_candidates_takes_nobodys_place() -> None:
    assert len(choose_next(make(9, "food"), None, NONE, 5)) == 5


def test_of_a_theme_the_most_doubted_come_first() -> None:
    model = train(write_comments(300), themes=THEMES)
    found = {"food": ("ord",)}
    texts = [
        "soppan var kall, gröten var klumpig",
        "soppan och rummet",
        "det regnade ute",
        "middagen kom hem",
    ]
    candidates = [Candidate(text, comment(text, found)) for text in texts]
    chances = {one.id: estimate_chances(model, one.comment)["food"] for one in candidates}
    doubts = {text: abs(find_odds(chances[text]) - find_odds(float(model.thresholds[0]))) for text in texts}
    assert choose_next(candidates, model, {"food": 0}, 4) == sorted(texts, key=doubts.__getitem__)


def test_now_and_then_comes_one_in_which_the_lexicon_finds_nothing() -> None:
    candidates = [*make(600, "food"), *make(600)]
    ids = choose_next(candidates, None, {"food": 0}, 500)
    assert count_starts(ids, "silent") / 500 == pytest.approx(1 / SILENT_EVERY, abs=0.05)


def test_who_asks_for_one_at_a_time_gets_such_a_one_too() -> None:
    left = [*make(100, "food"), *make(100)]
    silent = 0
    for _ in range(60):
        (one,) = choose_next(left, None, {"food": 0}, 1)
        left = [each for each in left if each.id != one]
        silent += one.startswith("silent")
    assert 1 <= silent <= 15


def test_when_only_silent_ones_are_left_they_are_chosen() -> None:
    assert len(choose_next(make(5), None, NONE, 3)) == 3


@pytest.mark.parametrize("text", ["", "😀", "[namn]", "112"])
def test_a_comment_without_words_is_never_chosen(text: str) -> None:
    candidates = [Candidate("a", comment(text, {"food": ("x",)})), Candidate("b", comment(text))]
    assert choose_next(candidates, None, NONE, 2) == []


def test_of_texts_that_are_the_same_one_is_enough() -> None:
    found = {"food": ("mat",)}
    candidates = [
        Candidate(str(at), comment(text, found))
        for at, text in enumerate(["Kall mat", "kall mat!", "KALL  MAT"])
    ]
    assert len(choose_next(candidates, None, NONE, 3)) == 1


@pytest.mark.parametrize("number", [0, 1, 7, 99])
def test_never_more_than_are_asked_for_and_none_twice(number: int) -> None:
    candidates = [*make(4, "food"), *make(4, "access", "parking"), *make(2)]
    ids = choose_next(candidates, None, NONE, number)
    assert len(ids) == len(set(ids)) == min(number, 10)


@given(st.randoms(use_true_random=False), st.integers(0, 5))
def test_the_order_of_the_candidates_does_not_matter(chance: random.Random, seed: int) -> None:
    candidates = [*make(6, "food"), *make(6, "access"), *make(6)]
    mixed = chance.sample(candidates, len(candidates))
    assert choose_next(mixed, None, NONE, 9, seed=seed) == choose_next(candidates, None, NONE, 9, seed=seed)


def test_another_seed_chooses_others() -> None:
    candidates = make(200, "food")
    assert choose_next(candidates, None, NONE, 5, seed=1) != choose_next(candidates, None, NONE, 5, seed=2)
