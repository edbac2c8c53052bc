"""Is something learnt from coded comments where there is something to learn, and nothing else?"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text.asked import Asked
from analysis.text.learning import LEAST_CODES, Coded, train
from analysis.text.learning_file import write_model
from analysis.text.learning_model import MOST_WORDS, Basis, Model, estimate_chances, suggest
from tests.analysis.text.learning_examples import THEMES, comment, write_comments

LEARNT = train(write_comments(300), themes=THEMES)


def name_themes(model: Model, text: str) -> set[str]:
    return {one.theme for one in suggest(model, comment(text))}


def give(texts: Sequence[str], theme: str = "food") -> list[Coded]:
    return [Coded(comment(text), frozenset({theme})) for text in texts]


def write_own(number: int, start: str) -> list[str]:
    return [f"{start} {chr(97 + at // 26)}{chr(97 + at % 26)}ord" for at in range(number)]


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("soppan var kall", {"food"}),
        ("middagen smakade gott, jag väntade hela dagen", {"food", "access"}),
        ("SOPPAN VAR KALL!", {"food"}),
        ("soppans smak", {"food"}),
        ("rummet var ljust", set()),
        ("helt andra ord om helt annat", set()),
        ("", set()),
        ("[namn] 112", set()),
    ],
)
def test_words_that_the_lexicon_lacks_are_learnt_with_their_forms(text: str, themes: set[str]) -> None:
    assert name_themes(LEARNT, text) == themes


def test_a_word_that_lexicon_and_learning_share_is_shown_once_as_it_is_written() -> None:
    coded = [
        Coded(comment(text, {"food": (word,)} if at % 2 else {}), themes)
        for at, own in enumerate(write_own(60, ""))
        for word, text, themes in (
            ("Gröten", f"Gröten {own}", frozenset({"food"})),
            ("Kön", f"Kön {own}", frozenset[str]()),
        )
    ]
    model = train(coded, themes=("food",))
    (one,) = suggest(model, comment("GRÖTEN var sval", {"food": ("GRÖTEN",)}))
    assert (model.bases, one.words) == ((Basis.LEARNT,), ("GRÖTEN",))


def test_a_suggestion_shows_the_words_of_the_text_that_caused_it() -> None:
    (one,) = suggest(LEARNT, comment("Det regnade ute, och gröten var klumpig"))
    assert (one.theme, "gröten" in one.words) == ("food", True)
    assert set(one.words) <= {"gröten", "var", "klumpig"}


@pytest.mark.parametrize(
    ("positives", "basis"), [(LEAST_CODES - 1, Basis.FEW_CODES), (LEAST_CODES, Basis.LEARNT)]
)
def test_fewer_than_fifteen_codes_keep_the_lexicon(positives: int, basis: Basis) -> None:
    coded = [*give(write_own(positives, "soppan kall")), *give(write_own(60, "kön lång"), "access")]
    assert train(coded, themes=("food",)).bases == (basis,)


def test_fewer_than_fifteen_without_the_theme_keep_the_lexicon_too() -> None:
    coded = [*give(write_own(60, "soppan kall")), *give(write_own(LEAST_CODES - 1, "kön lång"), "access")]
    assert train(coded, themes=("food",)).bases == (Basis.FEW_CODES,)


def test_a_lexicon_that_is_right_stays() -> None:
    model = train(write_comments(300, lexicon=frozenset({"food"})), themes=THEMES)
    assert model.bases == (Basis.NO_GAIN, Basis.LEARNT, Basis.LEARNT)
    found = {"food": ("Soppan",)}
    (one,) = suggest(model, comment("Soppan", found))
    assert (one.theme, one.words) == ("food", ("Soppan",))
    assert name_themes(model, "soppan var kall") == set()


@pytest.mark.parametrize("seed", range(4))
def test_codes_that_have_nothing_to_do_with_the_words_do_not_beat_a_lexicon(seed: int) -> None:
    chance = random.Random(seed)
    coded = [
        Coded(
            one.comment,
            frozenset({"food"}) if chance.random() < (0.7 if one.comment.found else 0.1) else frozenset(),
        )
        for one in write_comments(200, lexicon=frozenset({"food"}), seed=seed)
    ]
    assert train(coded, themes=("food",)).bases == (Basis.NO_GAIN,)


def test_a_kept_lexicon_has_the_chance_that_its_findings_were_coded() -> None:
    found = {"food": ("mat",)}
    right, wrong = (
        Coded(comment("mat", found), frozenset({"food"})),
        Coded(comment("mat", found), frozenset()),
    )
    model = train([right] * 3 + [wrong], themes=("food",))
    (one,) = suggest(model, comment("mat", found))
    assert one.chance == pytest.approx((3 + 1) / (4 + 2))


def test_without_codes_every_theme_keeps_its_lexicon() -> None:
    model = train([], themes=THEMES)
    assert model.bases == (Basis.FEW_CODES,) * 3
    assert (model.coded, model.positives) == (0, (0, 0, 0))
    (one,) = suggest(model, comment("mat", {"food": ("mat",), "parking": ("p",)}))
    assert (one.theme, one.chance) == ("food", 0.5)


def test_the_model_says_how_much_it_was_learnt_from() -> None:
    coded = write_comments(100)
    model = train(coded, themes=THEMES)
    assert model.coded == 100
    assert model.positives == tuple(sum(theme in one.themes for one in coded) for theme in THEMES)


def test_codes_of_other_themes_are_passed_over() -> None:
    coded = write_comments(100)
    more = [Coded(one.comment, one.themes | {"parking"}) for one in coded]
    assert write_model(train(more, themes=THEMES)) == write_model(train(coded, themes=THEMES))


def test_the_same_codes_give_the_same_model() -> None:
    assert write_model(train(write_comments(300), themes=THEMES)) == write_model(LEARNT)


@pytest.mark.parametrize("themes", [(), ("food", "food")])
def test_a_theme_is_named_once(themes: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="train: give each theme once"):
        train([], themes=themes)


@pytest.mark.parametrize("text", ["", "😀", "[namn]", "112", "samma ord"])
def test_comments_that_teach_no_word_are_no_error(text: str) -> None:
    coded = [Coded(comment(text), frozenset(each)) for each in [{"food"}, set[str]()] * 20]
    assert suggest(train(coded, themes=THEMES), comment("soppan")) == ()


def test_the_question_counts() -> None:
    coded = [
        Coded(
            comment(f"personalen {own}", asked=asked),
            frozenset({"attitude"} if asked is Asked.WHAT_GOOD else ()),
        )
        for own in write_own(30, "var")
        for asked in (Asked.WHAT_GOOD, Asked.COULD_IMPROVE)
    ]
    model = train(coded, themes=("attitude",))
    good, improve = (
        estimate_chances(model, comment("personalen", asked=asked))["attitude"]
        for asked in (Asked.WHAT_GOOD, Asked.COULD_IMPROVE)
    )
    assert good > improve + 0.5


@settings(max_examples=60)
@given(st.text(st.characters(codec=None), max_size=80), st.sampled_from(list(Asked)))
def test_whatever_is_written_every_suggestion_has_a_chance_and_words_of_the_text(
    text: str, asked: Asked
) -> None:
    read = comment(f"{text} gröten", asked=asked)
    for one in suggest(LEARNT, read):
        assert 0 <= one.chance <= 1
        assert 1 <= len(one.words) <= MOST_WORDS
    assert all(0 <= chance <= 1 for chance in estimate_chances(LEARNT, read).values())


def test_one_comment_moves_no_threshold_to_zero_or_one() -> None:
    assert np.all((LEARNT.thresholds > 0) & (LEARNT.thresholds < 1))


@pytest.mark.parametrize("piece", ["soppan ", "a", "a-", "😀", "soppan. "])
def test_a_hundred_thousand_characters_take_less_than_a_second(piece: str) -> None:
    start = time.process_time()
    suggest(LEARNT, comment(piece * (100_000 // len(piece))))
    assert time.process_time() - start < 10  # seconds; going back over a text takes minutes
