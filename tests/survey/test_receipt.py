"""Is a receipt read as it was shown, and can its hashes be told apart from each other?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.answering.receipt import RECEIPT_BYTES, hash_receipt, make_receipt, read_receipt, show_receipt
from survey.errors import SurveyError

receipts = st.binary(min_size=RECEIPT_BYTES, max_size=RECEIPT_BYTES)


@given(receipt=receipts)
def test_a_receipt_is_read_as_it_was_shown(receipt: bytes) -> None:
    assert read_receipt(show_receipt(receipt)) == receipt


@given(receipt=receipts)
def test_capitals_spaces_and_hyphens_do_not_matter(receipt: bytes) -> None:
    shown = show_receipt(receipt)
    for typed in (shown.upper(), shown.replace("-", " "), shown.replace("-", ""), f"  {shown}. "):
        assert read_receipt(typed) == receipt


@given(receipt=receipts, place=st.integers(0, 28), letter=st.sampled_from("bdfghjklmnprstvzaiou"))
def test_another_letter_is_another_receipt_or_none(receipt: bytes, place: int, letter: str) -> None:
    shown = show_receipt(receipt)
    typed = shown[:place] + letter + shown[place + 1 :]
    if typed == shown:
        return
    try:
        assert read_receipt(typed) != receipt
    except SurveyError as wrong:
        assert wrong.code == "receipt_mistyped"


@given(typed=st.text(max_size=40))
def test_whatever_is_typed_is_a_receipt_or_mistyped(typed: str) -> None:
    try:
        receipt = read_receipt(typed)
    except SurveyError as wrong:
        assert (wrong.code, wrong.facts) == ("receipt_mistyped", {})
    else:
        assert len(receipt) == RECEIPT_BYTES


@pytest.mark.parametrize(
    ("receipt", "shown"),
    [
        (bytes(10), "babab-babab-babab-babab-babab"),
        (b"\xff" * 10, "zuzuz-zuzuz-zuzuz-zuzuz-zuzuz"),
        (
            bytes.fromhex("7f000001" + "00" * 6),
            "lusab-babad-babab-babab-babab",
        ),  # 127.0.0.1 of Wilkerson 2009
    ],
)
def test_a_receipt_is_five_words_as_its_source_writes_them(receipt: bytes, shown: str) -> None:
    assert show_receipt(receipt) == shown


@pytest.mark.parametrize(
    "typed", ["", "babab", "babab-babab-babab-babab", "babab-babab-babab-babab-babab-babab", "hej hej"]
)
def test_what_is_not_five_such_words_is_mistyped(typed: str) -> None:
    with pytest.raises(SurveyError, match="receipt_mistyped"):
        read_receipt(typed)


@given(receipt=receipts)
def test_a_response_and_its_comments_keep_hashes_that_differ(receipt: bytes) -> None:
    assert hash_receipt(receipt, "response") != hash_receipt(receipt, "comment")


def test_new_receipts_are_never_alike() -> None:
    assert len({make_receipt() for _ in range(1000)}) == 1000
