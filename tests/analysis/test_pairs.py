"""Are pairs of questions counted as one would by hand, and do they give the covariance of the answers?"""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pairs import PairTally, arrange_tables, group_scales
from analysis.reliability import Reliability, find_ordinal_alpha, measure_covariance
from analysis.tally import Answered, Scale, Scheme

FIVE = {"5": 100.0, "4": 75.0, "na": None, "3": 50.0, "2": 25.0, "1": 0.0}
TURNED = {code: None if score is None else 100 - score for code, score in FIVE.items()}
THREE = {"good": 100.0, "fair": 50.0, "bad": 0.0}
SCHEME = Scheme(
    ("care", "thin"),
    (
        Scale("q1", FIVE, "care"),
        Scale("p1", FIVE, "thin"),
        Scale("q2", TURNED, "care"),
        Scale("q3", THREE, "care"),
        Scale("p2", FIVE, "thin"),
        Scale("r1", FIVE),
        Scale("r2", FIVE),
        Scale("r3", FIVE),
    ),
)
CARE = [scale for scale in SCHEME.scales if scale.dimension == "care"]

answers = st.fixed_dictionaries(
    {},
    optional={
        "q1": st.sampled_from([*FIVE, None]),
        "q2": st.sampled_from([*FIVE, None]),
        "q3": st.sampled_from([*THREE, None]),
        "p1": st.sampled_from([*FIVE, None]),
    },
)
people = st.lists(st.tuples(st.sampled_from(["", "spring", "autumn"]), answers), max_size=30)


def tally(some, *, batches=1):
    found = PairTally(SCHEME)
    for start in range(batches):
        batch = some[start::batches]
        found.add([Answered((), {}, given) for _, given in batch], [round_id for round_id, _ in batch])
    return {(t.round_id, t.dimension, t.first, t.second): t.counts for t in found.make_tables()}


def whole(*codes, round_id="spring"):
    return (round_id, dict(zip(("q1", "q2", "q3"), codes, strict=True)))


def test_those_who_answered_all_of_a_dimension_are_counted_in_the_order_of_the_scale():
    found = tally([whole("4", "1", "fair"), whole("4", "1", "bad"), whole("5", "3", "good")])
    assert list(found) == [("spring", "care", *pair) for pair in (("q1", "q2"), ("q1", "q3"), ("q2", "q3"))]
    assert found["spring", "care", "q1", "q2"].tolist() == [
        [0, 0, 1, 0, 0],
        [0, 0, 0, 0, 2],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
    ]
    assert found["spring", "care", "q1", "q3"].tolist() == [[1, 0, 0], [0, 1, 1], [0] * 3, [0] * 3, [0] * 3]


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ({"q1": "5", "q2": "5", "q3": "good"}, True),
        ({"q1": "5", "q2": "5", "q3": "good", "p1": None}, True),
        ({"q1": "5", "q2": "5", "q3": None}, False),
        ({"q1": "5", "q2": "5"}, False),
        ({"q1": "na", "q2": "5", "q3": "good"}, False),
        ({}, False),
    ],
)
def test_who_skipped_or_was_not_asked_a_question_or_found_it_not_relevant_is_left_out(given, counted):
    assert bool(tally([("spring", given)])) is counted


def test_answers_of_no_known_round_are_in_no_table():
    assert tally([whole("5", "5", "good", round_id="")]) == {}


def test_dimensions_of_fewer_than_three_questions_and_questions_of_none_are_left_out():
    assert {name: [s.question for s in scales] for name, scales in group_scales(SCHEME).items()} == {
        "care": ["q1", "q2", "q3"]
    }


@given(people)
def test_the_tables_are_what_a_slow_count_gives(some):
    slow = Counter()
    for round_id, given_answers in some:
        scored = [scale.scores.get(given_answers.get(scale.question)) for scale in CARE]
        if round_id and None not in scored:
            for one, other in combinations(CARE, 2):
                codes = (given_answers[one.question], given_answers[other.question])
                slow[(round_id, one.question, other.question, *codes)] += 1
    found = {
        (key[0], key[2], key[3], row, column): int(counts[i, j])
        for key, counts in tally(some).items()
        for i, row in enumerate(list_codes(key[2]))
        for j, column in enumerate(list_codes(key[3]))
        if counts[i, j]
    }
    assert found == dict(slow)


def list_codes(question):
    scale = next(scale for scale in CARE if scale.question == question)
    return [code for code, score in scale.scores.items() if score is not None]


@given(people, st.integers(2, 5))
def test_batches_change_nothing(some, batches):
    together, apart = tally(some), tally(some, batches=batches)
    assert list(together) == list(apart)
    assert all((together[key] == apart[key]).all() for key in together)


@pytest.mark.parametrize("wrong", ["6", ["5"], 5])
def test_an_answer_that_is_no_code_of_its_question_is_told(wrong):
    with pytest.raises(ValueError, match="no code of its question"):
        tally([whole(wrong, "5", "good")])


# What reliability is measured from


def arrange(some):
    found = tally(some)
    return arrange_tables({key[2:]: counts for key, counts in found.items()}, CARE)


def make_likes(n):
    """People of whom those who think well of one thing think well of all: the second question is turned."""
    steps = np.random.default_rng(3).integers(0, 5, (n, 1)) + np.random.default_rng(4).integers(0, 2, (n, 3))
    return [
        whole(str(1 + min(a, 4)), str(5 - min(b, 4)), ("bad", "fair", "good")[min(c, 4) // 2])
        for a, b, c in steps
    ]


def test_the_arranged_tables_give_the_covariance_of_the_scores():
    some = make_likes(50)
    scores = [[scale.scores[given[scale.question]] for scale in CARE] for _, given in some]
    covariance, n = measure_covariance(*arrange(some))
    assert n == 50
    assert covariance == pytest.approx(np.cov(np.array(scores).T))


def test_a_question_worded_in_reverse_goes_with_the_others():
    found = find_ordinal_alpha(arrange(make_likes(200))[0])
    assert isinstance(found, Reliability)
    assert found.value > 0.8


def test_options_stand_by_score_and_those_of_one_score_are_one():
    scales = [Scale(q, {"a": 50.0, "b": 0.0, "na": None, "c": 50.0}, "d") for q in ("x", "y", "z")]
    table = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    tables, scores = arrange_tables(dict.fromkeys((("x", "y"), ("x", "z"), ("y", "z")), table), scales)
    assert scores.tolist() == [[0, 50]] * 3
    assert tables[0, 1].tolist() == [[5, 10], [10, 20]]
    assert tables[1, 0].tolist() == [[5, 10], [10, 20]]


@pytest.mark.parametrize("change", ["lacks", "narrow"])
def test_a_pair_that_lacks_or_is_of_another_scale_is_told(change):
    tables = {key[2:]: counts for key, counts in tally(make_likes(5)).items()}
    tables["q1", "q3"] = tables["q1", "q3"][:, :2]
    if change == "lacks":
        del tables["q1", "q3"]
    with pytest.raises(ValueError, match="no table of its scales"):
        arrange_tables(tables, CARE)
