"""Do the quotes that are chosen stand for the others, say different things, and single nobody out?"""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.quotes import LEAST_WORDS, MOST_MASKS, MOST_WORDS, Quotable, choose_quotes

FOOD = [
    "Maten var kall och kom för sent",
    "Maten var kall och kom alldeles för sent igen",
    "Kall mat som kom för sent till avdelningen",
    "De glömde min specialkost tre dagar i rad",
]
WAIT = ["Jag fick vänta två timmar utan besked", "Lång väntan och inget besked från någon"]


def make(texts: list[str], theme: str) -> list[Quotable]:
    return [Quotable(f"{theme} {number}", text, {theme}) for number, text in enumerate(texts)]


ALL = [*make(FOOD, "food"), *make(WAIT, "access")]


def test_the_commonest_theme_comes_first_and_every_theme_has_its_turn() -> None:
    first, second = choose_quotes(ALL, number=2)
    assert (first[:4], second[:6]) == ("food", "access")


def test_the_nearest_to_the_middle_of_its_theme_is_chosen() -> None:
    assert choose_quotes(make(FOOD, "food"), number=1) == ["food 0"]
    assert "food 3" not in choose_quotes(make(FOOD, "food"), number=2)[:1]


@pytest.mark.parametrize(
    "same",
    [
        ["Maten var kall och kom för sent"] * 5,
        [
            "Maten var kall och kom för sent",
            "maten var kall, och kom för sent!",
            "MATEN var kall och kom för sent 2",
        ],
        ["Maten var kall och kom för sent", "Maten var kall och kom alldeles för sent"],
    ],
)
def test_no_two_say_nearly_the_same(same: list[str]) -> None:
    assert len(choose_quotes([*make(same, "food"), *make(WAIT, "access")], number=9)) == 3


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("ord " * LEAST_WORDS, True),
        ("ord " * (LEAST_WORDS - 1), False),
        ("ord " * MOST_WORDS, True),
        ("ord " * (MOST_WORDS + 1), False),
        ("[namn] var snäll och lugn mot alla " * MOST_MASKS, True),
        ("[namn] var snäll och lugn mot alla " * (MOST_MASKS + 1), False),
        ("", False),
        ("😀 😀 😀 😀 😀 😀 😀", False),
    ],
)
def test_what_is_too_short_too_long_or_masked_several_times_is_left_out(text: str, fits: bool) -> None:
    assert choose_quotes([Quotable("a", text, {"food"})], number=1) == (["a"] if fits else [])


@pytest.mark.parametrize(
    "marked",
    [
        "Maten var kall och kom 3 timmar för sent den 14",
        "Maten var kall och kom med Berit för sent",
        "Maten var kall när ambulanshelikoptern landade bredvid växthuset",
    ],
)
def test_what_marks_a_single_event_or_person_counts_against_a_comment(marked: str) -> None:
    plain = "Maten var kall och kom för sent igen"
    others = make(["Kall mat som kom sent", "Maten är kall för det mesta"], "food")
    ids = choose_quotes(
        [Quotable("marked", marked, {"food"}), Quotable("plain", plain, {"food"}), *others], number=1
    )
    assert ids == ["plain"]


def test_comments_without_a_theme_have_their_turn_too() -> None:
    assert choose_quotes([Quotable("a", FOOD[0], ())], number=1) == ["a"]
    ids = choose_quotes([*ALL, Quotable("a", "Jag åkte hem samma dag igen", ())], number=3)
    assert "a" in ids


def test_a_comment_of_two_themes_is_chosen_once() -> None:
    both = [Quotable("both", "Maten var kall och väntan var lång", {"food", "access"})]
    assert choose_quotes(both, number=5) == ["both"]


@pytest.mark.parametrize("number", [0, 1, 3, 99])
def test_never_more_than_are_asked_for_and_none_twice(number: int) -> None:
    found = choose_quotes(ALL, number=number)
    assert len(found) == len(set(found)) <= number
    assert len(found) >= min(number, 4)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_comments_does_not_matter(chance: random.Random) -> None:
    mixed = chance.sample(ALL, len(ALL))
    assert choose_quotes(mixed, number=4) == choose_quotes(ALL, number=4)


@given(st.lists(st.text(st.characters(codec=None), max_size=60), max_size=8))
def test_whatever_is_written_those_that_are_chosen_were_there(texts: list[str]) -> None:
    assert set(choose_quotes(make(texts, "food"), number=3)) <= {one.id for one in make(texts, "food")}


def test_nothing_to_choose_from_is_no_quote() -> None:
    assert choose_quotes([], number=3) == []


def test_two_thousand_comments_take_less_than_two_seconds() -> None:
    chance = random.Random(1)
    words = [f"ord{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(600)]
    texts = [" ".join(chance.choices(words, k=30)) for _ in range(2000)]
    start = time.process_time()
    choose_quotes(make([*texts, "bra " * 25_000], "food"), number=5)
    assert time.process_time() - start < 10  # seconds; going back over a text takes minutes
