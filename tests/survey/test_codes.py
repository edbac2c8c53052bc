"""Is a letter code read as it was printed, and never as another?"""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from survey.answering.codes import ALPHABET, LENGTH, find_check_sign, make_code, read_code, show_code
from survey.errors import SurveyError

bodies = st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH)
places = st.integers(min_value=0, max_value=LENGTH)
kinds = st.booleans()


def complete(body: str, *, demo: bool) -> str:
    return body + find_check_sign(body, demo=demo)


def refusal(typed: str, *, demo: bool) -> str:
    with pytest.raises(SurveyError) as wrong:
        read_code(typed, demo=demo)
    return wrong.value.code


@given(body=bodies, demo=kinds)
def test_a_code_is_read_as_it_was_printed(body: str, demo: bool) -> None:
    code = complete(body, demo=demo)
    assert read_code(show_code(code), demo=demo) == code


@given(body=bodies, demo=kinds, place=places, sign=st.sampled_from(ALPHABET))
def test_one_wrong_sign_never_passes(body: str, demo: bool, place: int, sign: str) -> None:
    code = complete(body, demo=demo)
    assume(code[place] != sign)
    assert refusal(code[:place] + sign + code[place + 1 :], demo=demo) != ""


@given(body=bodies, demo=kinds, first=places, second=places)
def test_two_signs_that_changed_places_never_pass(body: str, demo: bool, first: int, second: int) -> None:
    signs = list(complete(body, demo=demo))
    assume(signs[first] != signs[second])
    signs[first], signs[second] = signs[second], signs[first]
    assert refusal("".join(signs), demo=demo) != ""


@given(body=bodies)
def test_a_code_is_never_good_in_both_kinds_of_installation(body: str) -> None:
    assert refusal(complete(body, demo=True), demo=False) == "code_of_demonstration"
    assert refusal(complete(body, demo=False), demo=True) == "code_of_real_installation"


@given(typed=st.text(max_size=30), demo=kinds)
def test_whatever_is_typed_is_a_code_or_a_kind_refusal(typed: str, demo: bool) -> None:
    try:
        code = read_code(typed, demo=demo)
    except SurveyError as wrong:
        assert wrong.code in {"code_mistyped", "code_of_demonstration", "code_of_real_installation"}
        assert wrong.facts == {}
    else:
        assert read_code(code, demo=demo) == code


@pytest.mark.parametrize(
    "typed",
    ["abcd efgh jk{}", "  ABCD-EFGH-JK{}  ", "abcdefghjk{}", "ABCD\u00a0EFGH\u00a0JK{}", "ab cd ef gh jk {}"],
)
def test_spaces_hyphens_and_small_letters_do_not_matter(typed: str) -> None:
    sign = find_check_sign("ABCDEFGHJK", demo=False)
    assert read_code(typed.format(sign.lower()), demo=False) == f"ABCDEFGHJK{sign}"


@pytest.mark.parametrize(
    ("typed", "meant"), [("0", "Q"), ("O", "Q"), ("o", "Q"), ("1", "J"), ("I", "J"), ("l", "J")]
)
def test_a_sign_that_is_in_no_code_is_read_as_the_one_it_looks_like(typed: str, meant: str) -> None:
    sign = find_check_sign(f"ABCDEFGH2{meant}", demo=False)
    assert read_code(f"ABCDEFGH2{typed}{sign}", demo=False) == f"ABCDEFGH2{meant}{sign}"


@pytest.mark.parametrize("typed", ["", " ", "ABCDEFGHJK", "ABCDEFGHJKMN", "ABCDEFGHJ?M", "ÅÄÖÅÄÖÅÄÖÅÄ"])
def test_what_has_the_wrong_length_or_signs_is_mistyped(typed: str) -> None:
    assert refusal(typed, demo=False) == "code_mistyped"


def test_new_codes_can_be_read_and_are_not_alike() -> None:
    codes = {make_code(demo=False) for _ in range(1000)}
    assert len(codes) == 1000
    assert all(read_code(code, demo=False) == code for code in codes)
