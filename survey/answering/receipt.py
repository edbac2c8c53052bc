"""What a receipt looks like, and which hashes of it are kept."""

from __future__ import annotations

import hashlib
import re
import secrets

from survey.errors import SurveyError

# Proquints (Wilkerson 2009): sixteen bits as a word that can be said in any language, "lusab", "babad".
CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
RECEIPT_BYTES = 10  # 80 bits: cannot be guessed, and fits in five words
WORD = re.compile(f"[{CONSONANTS}][{VOWELS}][{CONSONANTS}][{VOWELS}][{CONSONANTS}]")


def make_receipt() -> bytes:
    """Eighty random bits."""
    return secrets.token_bytes(RECEIPT_BYTES)


def show_receipt(receipt: bytes) -> str:
    """A receipt as five words with hyphens between."""
    numbers = [int.from_bytes(receipt[i : i + 2], "big") for i in range(0, RECEIPT_BYTES, 2)]
    return "-".join(
        CONSONANTS[n >> 12]
        + VOWELS[n >> 10 & 3]
        + CONSONANTS[n >> 6 & 15]
        + VOWELS[n >> 4 & 3]
        + CONSONANTS[n & 15]
        for n in numbers
    )


def read_receipt(typed: str) -> bytes:
    """The receipt in what was typed; capitals, spaces and hyphens do not matter.

    Raises SurveyError receipt_mistyped when it is not five such words.
    """
    letters = re.sub(r"[\s\-–—.,]+", "", typed.lower())
    words = [letters[i : i + 5] for i in range(0, len(letters), 5)]
    if len(words) != RECEIPT_BYTES // 2 or not all(WORD.fullmatch(word) for word in words):
        raise SurveyError("receipt_mistyped")
    return b"".join(read_word(word).to_bytes(2, "big") for word in words)


def read_word(word: str) -> int:
    """The sixteen bits of one word."""
    a, b, c, d, e = word
    number = CONSONANTS.index(a) << 12 | VOWELS.index(b) << 10 | CONSONANTS.index(c) << 6
    return number | VOWELS.index(d) << 4 | CONSONANTS.index(e)


def hash_receipt(receipt: bytes, purpose: str) -> bytes:
    """The hash kept with a response ("response") or its comments ("comment"): two that cannot be joined."""
    return hashlib.blake2b(receipt, digest_size=32, person=purpose.encode()[:16]).digest()
