"""Which conditions of an XLSForm can be read, and do ours come back as they were written?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.definition.interchange.expressions import UnreadableError, read_relevant, write_relevant
from survey.definition.model import Condition

CODES = st.lists(st.sampled_from(["a", "b", "0780"]), min_size=1, max_size=3).map(tuple)
QUESTIONS = st.sampled_from(["q1", "q2"])
CONDITIONS = st.one_of(
    st.builds(Condition, question=QUESTIONS, answered=st.booleans()),
    st.builds(Condition, question=QUESTIONS, any_of=CODES),
    st.builds(Condition, question=QUESTIONS, none_of=CODES),
)


@given(st.lists(CONDITIONS, min_size=1, max_size=4).map(tuple))
def test_what_is_written_is_read_back_the_same(conditions: tuple[Condition, ...]) -> None:
    assert read_relevant(write_relevant(conditions)) == conditions


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("${a} = 'x'", [{"question": "a", "any_of": ["x"]}]),
        ('${a}="x"', [{"question": "a", "any_of": ["x"]}]),
        ("${a} = 3", [{"question": "a", "any_of": ["3"]}]),
        ("${a} != 'x'", [{"question": "a", "none_of": ["x"]}]),
        ("not(selected(${a}, 'x') or selected(${a}, 'y'))", [{"question": "a", "none_of": ["x", "y"]}]),
        (
            "${a} = 'x' or ${b} = 'y'",
            [{"question": "a", "any_of": ["x"]}, {"question": "b", "any_of": ["y"]}],
        ),
        ("${a} != ''", [{"question": "a", "answered": True}]),
        ("not(${a} = '')", [{"question": "a", "answered": True}]),
        ("string-length(${a}) > 0", [{"question": "a", "answered": True}]),
        ("((( ${a} = '' )))", [{"question": "a", "answered": False}]),
    ],
)
def test_what_people_write_elsewhere_is_read(said: str, read: list[dict[str, object]]) -> None:
    assert list(read_relevant(said)) == [Condition.model_validate(one) for one in read]


@pytest.mark.parametrize(
    "said",
    [
        "${a} = 'x' and ${b} = 'y'",
        "${a} > 3",
        "${a} = ${b}",
        "count-selected(${a}) > 1",
        "pulldata('x', 'y', 'z', ${a})",
        "${a} = 'x' or",
        "(${a} = 'x'",
        "${a} = 'x' ${b}",
        "not(selected(${a}, 'x') and selected(${b}, 'y')) and ${c} = 'z'",
        "",
        "(" * 500 + "${a} = 'x'" + ")" * 500,
        "'" * 5_000,
    ],
)
def test_what_a_definition_has_no_words_for_is_refused(said: str) -> None:
    with pytest.raises(UnreadableError):
        read_relevant(said)
