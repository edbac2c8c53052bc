"""Are the words found that nothing explains, and only those, so that people look at few?"""

import time

import pytest

from analysis.text.masking_unexplained import find_unexplained


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jag träffade Xyzana på morgonen.", ["Xyzana"]),
        ("Vi bytte från Abcdex till Xyzzyq i våras.", ["Abcdex", "Xyzzyq"]),
        ("Det är min Axel som gör ont.", ["Axel"]),
        ("Vi handlar hos Bergströms.", ["Bergströms"]),
        ("I Lund träffade jag O'Xyzana.", ["O'Xyzana"]),
    ],
)
def test_a_capital_inside_a_sentence_that_nothing_explains_is_found(text: str, words: list[str]):
    assert [text[start:end] for start, end in find_unexplained(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Xyzana svarade inte. Xyzana!",
        "Jag träffade Anna och [namn] och [name].",
        "Vi var i Göteborg hos Telia på Midsommar.",
        "Jag tycker att Personalen och Hemtjänstpersonalen är bra.",
        "Vi bytte till Solgården och BUP.",
        "Det är xyzzyq. Ja, Xyzzyq är det.",
        "Very Good Xyzzyq Service From All The Kind Staff Here",
        "The staff said I'm well and I've been kind.",
    ],
)
def test_what_something_explains_is_not_found(text: str):
    assert find_unexplained(text) == ()


def test_positions_are_those_of_the_text_as_it_was_given():
    text = "Ring \u200b070-123 45 67 till So\u0308ren, eller till Xyz\u200bana."
    assert [text[start:end] for start, end in find_unexplained(text)] == ["Xyz\u200bana"]


@pytest.mark.parametrize("piece", ["a Xyzzyq ", "a Xyzzyq. ", "Xyzzyq", "a Anna Xyzzyq-"])
def test_a_hundred_thousand_characters_take_seconds(piece: str):
    start = time.process_time()
    find_unexplained((piece * 100_000)[:100_000])
    assert time.process_time() - start < 5  # measured: 0.1 to 1.2 s; the rest is for a slow machine
