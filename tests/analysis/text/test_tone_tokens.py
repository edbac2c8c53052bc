"""Is a text cut into the words and signs that its tone is read from?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.tone_tokens import has_words, read_tokens

CUT = {
    "Bra mat, god!": ["bra", "mat", ",", "god", "!"],
    "Varför? Ja... Nej": ["varför", "?", "ja", ".", "nej"],
    "Bra\n\nDåligt": ["bra", ".", "dåligt"],
    "Bra:) och kul :-)))": ["bra", ":)", "och", "kul", ":)"],
    "<3 =D xD ^^ :'( ;)": ["<3", "=d", "xd", "^^", ":(", ";)"],
    "👍🏽👍🏽👍🏽 ❤️": ["👍", "❤"],
    "t.ex. maten m.m.": ["tex", "maten", "mm"],
    "såååå brrrraaaa bluffföretag": ["så", "bra", "bluffföretag"],
    "Allt braLeverans snabb": ["allt", "bra", ".", "leverans", "snabb"],
    "se https://firma.se/bra och www.firma.se nu": ["se", "och", "nu"],
    "maila a.b@firma.se nu": ["maila", "nu"],
    "<b>fet</b> 3 < 4": ["fet", "3", "4"],
    "[namn] var snäll": ["[]", "var", "snäll"],
    "I don’t / don't": ["i", "don't", "don't"],
    "kl 10.30, 7,5 av 10/10": ["kl", "10.30", ",", "7,5", "av", "10/10"],
    "brandlarm- och e-post": ["brandlarm", ",", "och", "e-post"],
    "o\u0308ppen do\u200brr": ["öppen", "dorr"],
    "": [],
    " \x00 ": [],
}


@pytest.mark.parametrize(("text", "tokens"), CUT.items())
def test_a_text_is_cut_into_its_tokens(text: str, tokens: list[str]):
    assert read_tokens(text) == tokens


@pytest.mark.parametrize(
    ("text", "has"),
    [("bra", True), ("👍 bra", True), ("👍 10/10!", False), (":D xD", False), ("[namn]", False), ("", False)],
)
def test_signs_numbers_and_masks_are_no_words(text: str, has: bool):
    assert has_words(read_tokens(text)) is has


@given(st.text(max_size=100))
def test_no_token_is_empty_or_holds_a_space(text: str):
    assert all(token and token == "".join(token.split()) for token in read_tokens(text))
