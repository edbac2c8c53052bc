"""What an answer becomes when it is sent: sealed to the period's key."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from nacl.public import PrivateKey, PublicKey, SealedBox

from survey.answering.answers import Value

PADDED_BYTES = 8192  # answers and two full texts; what is longer takes as much again
END = b"\x80"  # stands after a document; only zeros follow it


def pad_document(document: bytes) -> bytes:
    """The document made as long as every other: its length would tell whose answer it became.

    As ISO/IEC 7816-4 and libsodium pad, whose own function costs more than the encryption.
    """
    length = (len(document) // PADDED_BYTES + 1) * PADDED_BYTES
    return (document + END).ljust(length, b"\x00")


def unpad_document(padded: bytes) -> bytes:
    """The document without what pad_document added. Raises ValueError where it added nothing."""
    return padded[: padded.rindex(END)]


@dataclass(frozen=True)
class Payload:
    """Everything that is known of one sent answer. The month is the only time in it."""

    survey: str
    version: str
    round_id: str
    month: str
    area: str
    channel: str
    language: str
    answers: Mapping[str, Value | None]
    comments: Mapping[str, str]
    for_panel: bool
    response_hash: bytes
    comment_hash: bytes
    unit: str = ""


def seal_payload(payload: Payload, public_key: bytes) -> bytes:
    """The payload as bytes that only the period's private key opens."""
    document = {
        **payload.__dict__,
        "response_hash": payload.response_hash.hex(),
        "comment_hash": payload.comment_hash.hex(),
    }
    return bytes(SealedBox(PublicKey(public_key)).encrypt(pad_document(orjson.dumps(document))))


def open_payload(sealed: bytes, private_key: PrivateKey) -> Payload:
    """The payload in sealed bytes. Raises nacl's CryptoError for another period's key."""
    found = orjson.loads(unpad_document(SealedBox(private_key).decrypt(sealed)))
    answers = {question: read_value(value) for question, value in found.pop("answers").items()}
    hashes = {name: bytes.fromhex(found.pop(name)) for name in ("response_hash", "comment_hash")}
    return Payload(answers=answers, **hashes, **found)


def read_value(stored: str | list[str] | None) -> Value | None:
    """A stored answer: several chosen codes are a tuple, in the order they were chosen."""
    return tuple(stored) if isinstance(stored, list) else stored


def make_row_id() -> bytes:
    """A key that tells nothing: sixteen random bytes."""
    return secrets.token_bytes(16)
