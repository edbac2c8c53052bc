"""Is every sealed document as long as every other, and what was put in what comes out?"""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from nacl.bindings import sodium_pad, sodium_unpad

from survey.answering.seal import PADDED_BYTES, pad_document, unpad_document


@given(document=st.binary(max_size=2 * PADDED_BYTES))
@example(document=b"")
@example(document=b"\x80")
@example(document=b"\x80\x00\x00")
@example(document=bytes(PADDED_BYTES - 1))
@example(document=bytes(PADDED_BYTES))
def test_a_document_is_padded_as_libsodium_pads_and_comes_out_as_it_went_in(document: bytes) -> None:
    padded = pad_document(document)
    assert padded == sodium_pad(document, PADDED_BYTES)
    assert unpad_document(padded) == document == sodium_unpad(padded, PADDED_BYTES)


def test_documents_up_to_one_block_are_of_one_length() -> None:
    lengths = {len(pad_document(bytes(length))) for length in (0, 1, 100, PADDED_BYTES - 1)}
    assert lengths == {PADDED_BYTES}
    assert len(pad_document(bytes(PADDED_BYTES))) == 2 * PADDED_BYTES
