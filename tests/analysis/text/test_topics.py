"""Are words that people have begun to write found, and is chance not taken for news?"""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.topics import LEAST_COMMENTS, find_new_topics, find_z, measure_z

USUAL = ("Personalen var snäll", "Det tar lång tid", "Maten var god", "Jag fick vänta länge", "Allt var bra")
BEFORE = [text for text in USUAL for _ in range(40)]
NOW = [text for text in USUAL for _ in range(8)]


def name(now: list[str], before: list[str] = BEFORE, **more: object) -> list[tuple[str, ...]]:
    return [topic.words for topic in find_new_topics(now, before, **more)]  # type: ignore[arg-type]


def test_two_words_that_come_together_are_one_topic_with_its_counts() -> None:
    (topic,) = find_new_topics([*NOW, *["Labbet stängde"] * 9], [*BEFORE, "Labbet stängde"])
    assert (topic.words, topic.now_count, topic.before_count) == (("labbet", "stängde"), 9, 1)
    assert topic.z > 3


@pytest.mark.parametrize(("times", "found"), [(LEAST_COMMENTS - 1, False), (8, True)])
def test_fewer_than_five_comments_are_no_topic(times: int, found: bool) -> None:
    assert bool(name([*NOW, *["Busskuren försvann"] * times])) is found


def test_a_comment_counts_once_however_often_it_says_a_word() -> None:
    assert name([*NOW, " ".join(["busskuren"] * 50)]) == []


@pytest.mark.parametrize("text", ["[namn] [telefon]", "2026 1177 112", "en i på", "😀😀😀", ""])
def test_masks_digits_and_small_words_are_no_topic(text: str) -> None:
    assert name([*NOW, *[text] * 20]) == []


def test_what_has_a_theme_is_no_topic() -> None:
    now = [*NOW, *["busskuren"] * 9]
    assert name(now) == [("busskuren",)]
    assert name(now, known={"busskuren"}) == []


def test_what_became_rarer_or_goes_on_is_no_topic() -> None:
    before = [*BEFORE, *["busskuren"] * 100]
    assert name(NOW, before) == []
    assert name([*NOW, *["busskuren"] * 20], before) == []


def test_where_nothing_was_written_before_or_now_nothing_is_new() -> None:
    assert name(["busskuren"] * 20, []) == []
    assert name([], BEFORE) == []


def test_the_order_of_comments_does_not_matter() -> None:
    now = [*NOW, *["Labbet stängde"] * 9, *["busskuren försvann igen"] * 7]
    mixed = random.Random(1).sample(now, len(now))
    assert find_new_topics(now, BEFORE) == find_new_topics(mixed, BEFORE[::-1])


def test_something_is_called_new_in_one_period_in_twenty_at_most_when_nothing_is() -> None:
    chance = random.Random(3)
    words = [f"ord{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(300)]
    weights = [1 / (n + 1) for n in range(300)]
    texts = [" ".join(chance.choices(words, weights, k=12)) for _ in range(600)]
    periods = 60
    false = 0
    for _ in range(periods):
        chance.shuffle(texts)
        false += bool(find_new_topics(texts[:90], texts[90:]))
    assert false <= 0.05 * periods + 3  # one and a half standard errors


@pytest.mark.parametrize(
    ("now", "of_now", "before", "of_before", "z"),
    [
        (5, 50, 50, 500, pytest.approx(-0.1937, abs=1e-3)),  # the same share: p = 0.5768
        (8, 68, 0, 200, pytest.approx(4.2158, abs=1e-3)),  # scipy.stats.fisher_exact, greater: p = 1.244e-5
    ],
)
def test_z_is_that_of_fishers_exact_test(
    now: int, of_now: int, before: int, of_before: int, z: float
) -> None:
    assert measure_z([now], of_now, [before], of_before) == [z]


@given(st.floats(0, 1))
def test_z_is_never_infinite(chance: float) -> None:
    assert abs(find_z(chance)) < 9
