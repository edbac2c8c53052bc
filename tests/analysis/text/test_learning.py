"""Is what is learnt from coding the same each time, kept without a word, and no worse than the lexicon?"""

from __future__ import annotations

import io
import random
import zipfile

import numpy as np
import pytest

from analysis.text.asked import Asked
from analysis.text.learning import LEAST_CODES, Coded, train
from analysis.text.learning_evaluation import Verdict, evaluate, hold_out
from analysis.text.learning_features import Comment
from analysis.text.learning_file import ModelFileError, read_model, write_model
from analysis.text.learning_model import Basis, Model, estimate_chances, suggest
from analysis.text.learning_next import Candidate, choose_next

THEMES = ("food", "access", "rare")
PLACES = (
    "på avdelningen",
    "hemma",
    "i korridoren",
    "på kvällen",
    "hela veckan",
    "i går",
    "som vanligt",
    "igen",
)
GLUMP = (
    "Glumpen var kall",
    "En glump till hade räckt",
    "Glumparna smakade bra",
    "Ingen glump alls",
    "Vår glump kom sent",
)
WAIT = ("Det dröjde länge", "Kön var lång", "Ingen svarade", "Vi stod i kö", "Svaret dröjde")


def make(text: str, *themes: str, found: tuple[str, ...] = ()) -> Coded:
    words = dict.fromkeys(found, ("ordet",))
    return Coded(Comment(text, Asked.OTHER, dict.fromkeys(found, 1), words), frozenset(themes))


def make_many() -> list[Coded]:
    """Eighty comments in two themes, of which the lexicon knows the one that is about waiting."""
    food = [make(f"{what} {where}", "food") for what in GLUMP for where in PLACES]
    wait = [make(f"{what} {where}", "access", found=("access",)) for what in WAIT for where in PLACES]
    return [*food, *wait]


@pytest.fixture(scope="module")
def model() -> Model:
    return train(make_many(), themes=THEMES)


def name(model: Model, text: str, **more: tuple[str, ...]) -> set[str]:
    return {one.theme for one in suggest(model, make(text, **more).comment)}


def test_a_theme_that_the_lexicon_does_not_know_is_learnt_with_the_words_that_say_so(model: Model) -> None:
    assert model.bases[0] is Basis.LEARNT
    (found,) = suggest(model, make("Glumpen var slut när jag kom").comment)
    assert found.theme == "food"
    assert any("glump" in word for word in found.words)
    assert 0 < found.chance <= 1


def test_a_theme_with_few_codes_keeps_its_lexicon(model: Model) -> None:
    assert model.bases[THEMES.index("rare")] is Basis.FEW_CODES
    assert name(model, "Ett sällsynt ord", found=("rare",)) == {"rare"}


@pytest.mark.parametrize(("codes", "basis"), [(LEAST_CODES - 1, Basis.FEW_CODES), (LEAST_CODES, None)])
def test_learning_takes_fifteen_comments_with_a_theme(codes: int, basis: Basis | None) -> None:
    coded = [*make_many()[40:], *make_many()[:codes]]
    found = train(coded, themes=THEMES).bases[0]
    assert found is basis if basis else found is not Basis.FEW_CODES


def test_the_same_comments_give_the_same_model_in_any_run() -> None:
    one, other = (write_model(train(make_many(), themes=THEMES)) for _ in range(2))
    assert one == other


def test_without_any_code_everything_is_the_lexicons() -> None:
    empty = train([], themes=THEMES)
    assert set(empty.bases) == {Basis.FEW_CODES}
    assert name(empty, "Vad som helst", found=("access",)) == {"access"}


def test_a_model_is_kept_in_a_file_that_holds_no_word_and_says_the_same_afterwards(model: Model) -> None:
    file = write_model(model)
    again = read_model(file)
    for one in make_many()[::7]:
        assert suggest(again, one.comment) == suggest(model, one.comment)
        assert estimate_chances(again, one.comment) == pytest.approx(estimate_chances(model, one.comment))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        held = b"".join(archive.read(each) for each in archive.namelist())
    for word in ("glump", "Glump", "korridoren", "dröjde"):
        assert word.encode() not in held and word.encode("utf-32-le") not in held


@pytest.mark.parametrize(
    "broken",
    [b"", b"PK", b"nonsense" * 100, b"\x80\x04cos\nsystem\n(S'true'\ntR."],
)
def test_what_is_no_model_is_refused_and_never_run(broken: bytes) -> None:
    with pytest.raises(ModelFileError):
        read_model(broken)


def test_a_file_with_an_object_in_it_is_refused(model: Model) -> None:
    target = io.BytesIO()
    np.savez(target, themes=np.array([object()], dtype=object))
    with pytest.raises(ModelFileError):
        read_model(target.getvalue())


@pytest.mark.parametrize("cut", [1, 100, -100, -1])
def test_a_damaged_file_is_refused(model: Model, cut: int) -> None:
    with pytest.raises(ModelFileError):
        read_model(write_model(model)[:cut])


def test_equal_texts_are_held_out_together_and_a_comment_stays_on_its_side() -> None:
    coded = make_many()
    learnt_from, judged = hold_out([*coded, *coded])
    assert {one.comment.text for one in learnt_from}.isdisjoint(one.comment.text for one in judged)
    _, earlier = hold_out(coded[:30])
    assert {one.comment.text for one in earlier} <= {one.comment.text for one in judged}


def test_a_model_is_judged_beside_the_lexicon_comment_by_comment() -> None:
    learnt_from, judged = hold_out(make_many())
    found = evaluate(train(learnt_from, themes=THEMES), judged)
    food = next(one for one in found.themes if one.theme == "food")
    assert found.n == len(judged)
    assert (food.model.recall.share, food.lexicon.recall.share) == (1.0, 0.0)  # type: ignore[union-attr]
    access = next(one for one in found.themes if one.theme == "access")
    assert access.verdict is Verdict.NO_CLEAR_DIFFERENCE


def test_what_is_coded_next_are_themes_with_few_codes_first() -> None:
    candidates = [Candidate(f"{n}", one.comment) for n, one in enumerate(make_many())]
    few_food = choose_next(candidates, None, {"food": 50, "access": 0, "rare": 50}, 5)
    assert all(int(one) >= 40 for one in few_food)


def test_what_is_coded_next_does_not_hang_on_the_order_and_is_never_the_same_text_twice() -> None:
    candidates = [Candidate(f"{n}", one.comment) for n, one in enumerate(make_many())]
    mixed = random.Random(1).sample(candidates, len(candidates))
    counts = dict.fromkeys(THEMES, 0)
    chosen = choose_next(candidates, None, counts, 20)
    assert chosen == choose_next(mixed, None, counts, 20)
    assert len(set(chosen)) == 20
    twice = [Candidate("a", make("Samma ord här").comment), Candidate("b", make("samma ord här").comment)]
    assert len(choose_next(twice, None, counts, 2)) == 1


@pytest.mark.parametrize("themes", [(), ("food", "food")])
def test_themes_that_make_no_sense_are_refused(themes: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="train"):
        train(make_many(), themes=themes)
