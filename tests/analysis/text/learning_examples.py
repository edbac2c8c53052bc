"""Invented comments, as somebody would have coded them, for the tests of learning."""

from __future__ import annotations

import random
from collections.abc import Mapping

from analysis.text.asked import Asked
from analysis.text.learning import Coded
from analysis.text.learning_features import Comment

THEMES = ("food", "access", "attitude")
SAID = {
    "food": ("soppan var kall", "middagen smakade gott", "frukosten kom för sent", "gröten var klumpig"),
    "access": ("kön var lång", "ingen svarade i luren", "jag väntade hela dagen", "tiden blev avbokad"),
    "attitude": ("hon log mot mig", "de hälsade vänligt", "han var brysk", "alla var artiga"),
}
ASIDE = ("rummet var ljust", "det regnade ute", "min granne följde med", "vi åkte hem sedan", "det var i maj")


def comment(
    text: str, found: Mapping[str, tuple[str, ...]] | None = None, asked: Asked = Asked.OTHER
) -> Comment:
    """A comment of which the lexicon found so much."""
    words = found or {}
    return Comment(text, asked, {theme: len(each) for theme, each in words.items()}, words)


def write_comments(number: int, *, lexicon: frozenset[str] = frozenset(), seed: int = 1) -> list[Coded]:
    """Coded comments that speak of none to two themes; the lexicon is right of those in `lexicon`.

    Every text ends with a word of its own, so that no two are the same.
    """
    chance = random.Random(seed)
    coded: list[Coded] = []
    for at in range(number):
        themes = chance.sample(THEMES, chance.randint(0, 2))
        said = [chance.choice(SAID[theme]) for theme in themes]
        own = "".join(chance.choices("abcdefghijklmnopqrstuvwxyzåäö", k=8))
        text = ", ".join([*said, chance.choice(ASIDE), f"{own} {at % 7}"])
        found = {theme: (phrase,) for theme, phrase in zip(themes, said, strict=True) if theme in lexicon}
        coded.append(Coded(comment(text, found), frozenset(themes)))
    return coded
