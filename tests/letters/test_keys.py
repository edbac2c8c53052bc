"""Does a letter's key open its own code and nothing else, and can nobody make one?"""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.answering.codes import ALPHABET, LENGTH, make_code
from survey.installation import Installation
from survey.letters.keys import KEY_SIGNS, derive_code, make_link_key, read_link_key, write_signs


def test_a_key_has_128_bits() -> None:
    assert KEY_SIGNS == 26
    assert KEY_SIGNS * log2(len(ALPHABET)) >= 128


def test_a_key_opens_its_code(quick: Installation) -> None:
    code = make_code(demo=False)
    key = make_link_key(quick, code)
    assert read_link_key(quick, key) == read_link_key(quick, f" {key.lower()}\n") == code


@pytest.mark.parametrize("place", range(KEY_SIGNS))
def test_a_key_with_one_other_sign_opens_nothing(quick: Installation, place: int) -> None:
    key = make_link_key(quick, "23456789ABC")
    other = ALPHABET[(ALPHABET.index(key[place]) + 1) % len(ALPHABET)]
    assert read_link_key(quick, key[:place] + other + key[place + 1 :]) is None


@pytest.mark.parametrize("key", ["", "A" * 25, "A" * 27, "Å" * 26, "0" * 26, "A" * 26, "A" * 100_000])
def test_what_was_not_made_here_opens_nothing(quick: Installation, key: str) -> None:
    assert read_link_key(quick, key) is None


def test_another_installation_cannot_make_a_key(
    quick: Installation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from tests.walks import opened

    with opened("", tmp_path_factory.mktemp("other")) as other:
        assert read_link_key(quick, make_link_key(other, "23456789ABC")) is None


@given(noise=st.binary(min_size=32, max_size=32))
def test_signs_are_of_the_alphabet_and_as_many_as_asked_for(noise: bytes) -> None:
    assert len(write_signs(noise, LENGTH)) == LENGTH
    assert set(write_signs(noise, 26)) <= set(ALPHABET)


@given(key=st.binary(min_size=32, max_size=32), number=st.integers(0, 99_999))
def test_the_same_place_of_an_order_gives_the_same_code_and_another_place_another(
    key: bytes, number: int
) -> None:
    code = derive_code(key, number, demo=True)
    assert code == derive_code(key, number, demo=True)
    assert code != derive_code(key, number + 1, demo=True)
