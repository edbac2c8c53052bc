"""What does a letter's QR code carry, and how do an order's codes follow from its key file?"""

from __future__ import annotations

import hmac

from survey.answering.codes import ALPHABET, LENGTH, find_check_sign
from survey.answering.keys import hash_keyed
from survey.installation import Installation

PROOF_SIGNS = 16  # of 31: 79 bits; with the ten signs of the code (49 bits) 128
KEY_SIGNS = LENGTH + PROOF_SIGNS


def write_signs(noise: bytes, length: int) -> str:
    """So many signs of the codes' alphabet from 32 random bytes; the bias is under 2 to the power of -170."""
    number, signs = int.from_bytes(noise), ""
    for _ in range(length):
        number, place = divmod(number, len(ALPHABET))
        signs += ALPHABET[place]
    return signs


def derive_code(order_key: bytes, number: int, *, demo: bool) -> str:
    """The code of a place in an order. Whoever has lost the order's key can never find it again."""
    body = write_signs(hash_keyed(order_key, "code of order", number.to_bytes(4)), LENGTH)
    return body + find_check_sign(body, demo=demo)


def make_proof(installation: Installation, body: str) -> str:
    """The signs that only this installation can put behind a code's ten."""
    return write_signs(hash_keyed(installation.pepper, "key of code", body.encode()), PROOF_SIGNS)


def make_link_key(installation: Installation, code: str) -> str:
    """What stands after # in a letter's address: the code and its proof, 128 bits that nobody can guess."""
    body = code[:LENGTH]
    return body + make_proof(installation, body)


def read_link_key(installation: Installation, key: str) -> str | None:
    """The code in a key; None for what was not made here. Takes the same time however wrong it is."""
    signs = key.strip().upper()
    if len(signs) != KEY_SIGNS or any(sign not in ALPHABET for sign in signs):
        return None
    body, proof = signs[:LENGTH], signs[LENGTH:]
    if not hmac.compare_digest(proof, make_proof(installation, body)):
        return None
    return body + find_check_sign(body, demo=installation.is_demo)
