"""Do the quotes that are chosen stand for the others, and say different things?"""

from __future__ import annotations

import random

import pytest

from analysis.text.quotes import LONGEST, MOST_MASKS, SHORTEST, Quotable, choose_quotes

FOOD = [
    "Maten var kall och kom för sent",
    "Maten var kall och kom alldeles för sent igen",
    "Kall mat som kom för sent till avdelningen",
    "De glömde min specialkost tre dagar i rad",
]
WAIT = ["Jag fick vänta två timmar utan besked", "Lång väntan och inget besked från någon"]


def make(texts: list[str], theme: str) -> list[Quotable]:
    return [Quotable(f"{theme}{number}", text, frozenset({theme})) for number, text in enumerate(texts)]


ALL = [*make(FOOD, "food"), *make(WAIT, "access")]


def test_the_commonest_theme_comes_first_and_every_theme_has_its_turn() -> None:
    first, second = choose_quotes(ALL, number=2)
    assert (first[:4], second[:6]) == ("food", "access")


def test_the_one_that_shares_most_with_the_others_of_its_theme_is_chosen() -> None:
    assert choose_quotes(make(FOOD, "food"), number=1) != ["food3"]


def test_no_two_say_the_same() -> None:
    same = make(["Maten var kall och kom för sent"] * 5, "food")
    assert len(choose_quotes(same, number=5)) == 1


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("ord " * SHORTEST, True),
        ("ord " * (SHORTEST - 1), False),
        ("ord " * LONGEST, True),
        ("ord " * (LONGEST + 1), False),
        ("[namn] var snäll och lugn " * MOST_MASKS, True),
        ("[namn] var snäll och lugn " * (MOST_MASKS + 1), False),
        ("", False),
        ("😀 😀 😀 😀 😀", False),
    ],
)
def test_what_is_too_short_too_long_or_masked_several_times_is_left_out(text: str, fits: bool) -> None:
    assert bool(choose_quotes([Quotable("a", text, frozenset({"food"}))], number=1)) is fits


def test_one_without_a_theme_can_be_quoted_too() -> None:
    assert choose_quotes([Quotable("a", FOOD[0], frozenset())], number=1) == ["a"]


@pytest.mark.parametrize(("number", "chosen"), [(0, 0), (1, 1), (3, 3), (99, 5)])
def test_never_more_than_are_asked_for_and_fewer_when_there_are_no_more(number: int, chosen: int) -> None:
    found = choose_quotes(ALL, number=number)
    assert len(found) == len(set(found)) <= number
    assert len(found) >= min(chosen, number) - 1


def test_the_order_of_the_comments_does_not_matter() -> None:
    mixed = random.Random(1).sample(ALL, len(ALL))
    assert choose_quotes(ALL, number=4) == choose_quotes(mixed, number=4)


def test_nothing_to_choose_from_is_no_quote() -> None:
    assert choose_quotes([], number=3) == []
