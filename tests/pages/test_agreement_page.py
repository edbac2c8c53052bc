"""Whose is a coding said to be, to who has read the comment and to who has not?"""

from __future__ import annotations

import pytest

from pages.agreement import find_reader

FOOD, TRAVEL = frozenset({"food"}), frozenset({"transport"})


@pytest.mark.parametrize(
    ("mine", "said"),
    [
        (FOOD, ["mine", "anothers"]),
        (TRAVEL, ["anothers", "mine"]),
        (None, ["one_reader", "anothers"]),  # read by two others
    ],
)
def test_two_codings_are_told_apart(mine: frozenset[str] | None, said: list[str]) -> None:
    found = [find_reader(themes, mine, number) for number, themes in enumerate((FOOD, TRAVEL))]
    assert found == [f"agreement.{one}" for one in said]
