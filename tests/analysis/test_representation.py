"""Is each group's share of the answers held against its share of the people?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.representation import UNDER_REPRESENTED, GroupShare, compare_shares

TOO_FEW = Hidden(HiddenReason.TOO_FEW, 30)
counts = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 500), min_size=1)


def show(numbers):
    return {code: Shown(n) if n else NoAnswers() for code, n in numbers.items()}


def find(shares, code):
    return next(share for share in shares if share.code == code)


def test_a_share_of_answers_is_held_against_the_share_of_people():
    shares = compare_shares(show({"woman": 60, "man": 20}), {"woman": 500, "man": 500}, everybody=80)
    assert shares == (
        GroupShare("woman", Shown(0.75), 0.5, 1.5, False),
        GroupShare("man", Shown(0.25), 0.5, 0.5, False),
    )


@pytest.mark.parametrize(("young", "is_under"), [(249, True), (250, False), (251, False)])
def test_a_group_is_under_represented_below_half_and_not_at_half(young, is_under):
    shares = compare_shares(show({"a": young, "b": 1000 - young}), {"a": 50, "b": 50}, everybody=1000)
    assert find(shares, "a").is_under is is_under
    assert UNDER_REPRESENTED == 0.5


def test_those_who_did_not_say_are_no_part_of_the_shares():
    shares = compare_shares(show({"a": 30, "b": 30}), {"a": 50, "b": 50}, everybody=100)
    assert [share.ratio for share in shares] == [1.0, 1.0]


def test_where_a_group_is_hidden_shares_are_of_everybody_so_that_it_cannot_be_worked_out():
    shares = compare_shares({**show({"a": 40}), "b": TOO_FEW}, {"a": 50, "b": 50}, everybody=100)
    assert find(shares, "a") == GroupShare("a", Shown(0.4), 0.5, 0.8, False)
    assert find(shares, "b") == GroupShare("b", TOO_FEW, 0.5, None, None)


def test_a_group_that_lives_there_and_gave_no_answer_is_under_represented_without_a_ratio():
    shares = compare_shares(show({"a": 40, "b": 0}), {"a": 50, "b": 50}, everybody=40)
    assert find(shares, "b") == GroupShare("b", NoAnswers(), 0.5, None, True)


def test_where_nobody_answered_at_all_no_group_is_under_represented():
    shares = compare_shares(show({"a": 0, "b": 0}), {"a": 50, "b": 50}, everybody=0)
    assert [share.is_under for share in shares] == [None, None]


@pytest.mark.parametrize("people", [{}, {"a": 0, "b": 0}])
def test_without_margins_only_the_answers_have_shares(people):
    shares = compare_shares(show({"a": 10, "b": 30}), people, everybody=40)
    assert [(s.answers, s.people, s.ratio, s.is_under) for s in shares] == [
        (Shown(0.25), None, None, None),
        (Shown(0.75), None, None, None),
    ]


def test_a_group_that_nobody_counted_or_nobody_lives_in_has_no_ratio():
    shares = compare_shares(show({"a": 10, "b": 10, "c": 20}), {"a": 0, "c": 5}, everybody=40)
    assert [(share.people, share.ratio, share.is_under) for share in shares] == [
        (0.0, None, None),
        (None, None, None),
        (1.0, 0.5, False),
    ]


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="negative"):
        compare_shares(show({"a": 1}), {"a": -1}, everybody=1)
    with pytest.raises(ValueError, match="more than all 5"):
        compare_shares(show({"a": 4, "b": 2}), {}, everybody=5)


@given(counts, st.integers(0, 100))
def test_answers_in_proportion_to_people_have_ratio_1_whatever_was_left_unsaid(people, unsaid):
    answers = {code: 3 * n for code, n in people.items()}
    shares = compare_shares(show(answers), people, everybody=sum(answers.values()) + unsaid)
    ratios = [share.ratio for share in shares if share.ratio is not None]
    assert ratios == pytest.approx([1.0] * sum(n > 0 for n in people.values()))
    assert not any(share.is_under for share in shares)


@given(counts, counts)
def test_shown_shares_add_up_to_1_and_stand_in_the_order_of_the_answers(answers, people):
    shares = compare_shares(show(answers), people, everybody=sum(answers.values()))
    shown = [share.answers.value for share in shares if isinstance(share.answers, Shown)]
    assert not shown or sum(shown) == pytest.approx(1)
    assert [share.code for share in shares] == list(answers)


@given(counts, st.integers(1, 29), st.integers(0, 100))
def test_what_is_shown_does_not_depend_on_how_many_are_hidden(answers, hidden, unsaid):
    everybody = sum(answers.values()) + hidden + unsaid
    seen = {**show(answers), "hidden": TOO_FEW}
    told = compare_shares(seen, {"a": 5, "hidden": 5}, everybody=everybody)
    shown = {s.code: s.answers.value * everybody for s in told if isinstance(s.answers, Shown)}
    assert shown == pytest.approx({code: n for code, n in answers.items() if n})
