"""Are comments that judge kept apart from those that teach, and is the verdict theirs?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.learning import Coded, train
from analysis.text.learning_accuracy import Accuracy
from analysis.text.learning_evaluation import HELD_OUT, Verdict, evaluate, hold_out
from analysis.text.learning_model import Basis
from tests.analysis.text.learning_examples import THEMES, comment, write_comments

CODED = write_comments(400)


def test_about_a_quarter_is_held_out_and_nothing_is_lost() -> None:
    learning, judging = hold_out(CODED)
    assert len(learning) + len(judging) == 400
    assert len(judging) / 400 == pytest.approx(HELD_OUT, abs=0.07)


def test_a_comment_stays_on_its_side_when_more_are_coded() -> None:
    few, many = hold_out(CODED[:100])[1], hold_out(CODED)[1]
    assert [one for one in many if one in CODED[:100]] == few


@given(st.text(max_size=30))
def test_the_same_words_are_on_the_same_side(text: str) -> None:
    same = [Coded(comment(form), frozenset()) for form in (text, f" {text} ", f"{text}.")]
    assert sorted(map(len, hold_out(same))) == [0, 3]


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.5])
def test_some_must_teach_and_some_must_judge(share: float) -> None:
    with pytest.raises(ValueError, match="hold_out"):
        hold_out(CODED, share=share)


def test_what_is_learnt_of_themes_without_a_lexicon_is_better() -> None:
    learning, judging = hold_out(CODED)
    judged = evaluate(train(learning, themes=THEMES), judging)
    assert (judged.verdict, judged.n) == (Verdict.BETTER, len(judging))
    assert [one.verdict for one in judged.themes] == [Verdict.BETTER] * 3
    assert judged.macro_f1 is not None
    assert judged.macro_f1 > 0.9
    assert judged.lexicon_macro_f1 == 0


def test_a_kept_lexicon_is_neither_better_nor_worse_than_itself() -> None:
    coded = write_comments(200, lexicon=frozenset(THEMES))
    judged = evaluate(train([], themes=THEMES), coded)
    assert (judged.verdict, judged.p, judged.macro_f1) == (Verdict.NO_CLEAR_DIFFERENCE, None, 1.0)
    assert {one.verdict for one in judged.themes} == {Verdict.NO_CLEAR_DIFFERENCE}
    assert all(one.model == one.lexicon and one.basis is Basis.FEW_CODES for one in judged.themes)


def test_a_model_that_was_taught_nonsense_is_worse() -> None:
    nonsense = [Coded(one.comment, frozenset(THEMES) - one.themes) for one in write_comments(300)]
    judged = evaluate(train(nonsense, themes=THEMES), write_comments(200, lexicon=frozenset(THEMES), seed=2))
    assert judged.verdict is Verdict.WORSE


def test_counts_are_those_of_the_comments_held_out() -> None:
    found = {"food": ("mat",)}
    held = [
        Coded(comment("mat", found), frozenset({"food"})),
        Coded(comment("mat", found), frozenset()),
        Coded(comment("soppa"), frozenset({"food", "parking"})),
        Coded(comment("soppa"), frozenset({"access"})),
        Coded(comment("kö"), frozenset()),
    ]
    food, access, attitude = evaluate(train([], themes=THEMES), held).themes
    assert food.lexicon == food.model == Accuracy(right=1, wrong=1, missed=1, clear=2)
    assert access.lexicon == Accuracy(right=0, wrong=0, missed=1, clear=4)
    assert attitude.lexicon.f1 is None


def test_macro_f1_is_the_mean_of_the_themes_that_somebody_gave() -> None:
    held = [Coded(comment("mat", {"food": ("mat",)}), frozenset({"food", "access"}))]
    assert evaluate(train([], themes=THEMES), held).macro_f1 == 0.5


def test_without_comments_held_out_nothing_is_known() -> None:
    judged = evaluate(train([], themes=THEMES), [])
    assert (judged.n, judged.macro_f1, judged.p) == (0, None, None)
    assert judged.verdict is Verdict.NO_CLEAR_DIFFERENCE


def test_the_p_values_of_themes_count_among_all_of_them() -> None:
    found = {"a": ("x",)}
    coded = [
        Coded(comment(f"ord {at}", found if at else {}), frozenset("ab"[: 1 + at % 2])) for at in range(7)
    ]
    judged = evaluate(train([], themes=("a", "b")), coded)
    assert [one.p for one in judged.themes] == [None, None]
