"""How are an account's address, name and secrets kept so that only this installation can read them?"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

import orjson
from nacl.secret import SecretBox

from survey.answering.keys import hash_keyed
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE

ID_BYTES = 8  # an account's id stands in the audit log; with sixteen signs two never meet
HOLDER = "holder"  # what is sealed as who has an account
TOKEN_BYTES = 32  # 256 random bits: nobody finds a session or a link by trying


@dataclass(frozen=True)
class Holder:
    """Who has an account, never shown in a log."""

    address: str = field(repr=False)
    name: str = field(repr=False)
    language: str = DEFAULT_LANGUAGE


def make_id() -> str:
    """A new random id."""
    return secrets.token_hex(ID_BYTES)


def make_token() -> str:
    """The secret of a new link or session."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_secret(installation: Installation, purpose: str, secret: str) -> bytes:
    """What a secret is found by, another for each purpose; the secret itself is stored nowhere."""
    return hash_keyed(installation.pepper, f"account {purpose}", secret.encode(errors="replace"))


def hash_address(installation: Installation, address: str) -> bytes:
    """What an account is found by. Capital letters make no difference."""
    return hash_secret(installation, "address", address.lower())


def seal(installation: Installation, purpose: str, document: dict[str, Any]) -> bytes:
    """A document that only this installation's pepper opens, and only as what it was sealed for."""
    return bytes(make_box(installation, purpose).encrypt(orjson.dumps(document)))


def open_sealed(installation: Installation, purpose: str, sealed: bytes) -> dict[str, Any]:
    """The document in a sealed one."""
    return orjson.loads(make_box(installation, purpose).decrypt(sealed))


def make_box(installation: Installation, purpose: str) -> SecretBox:
    return SecretBox(hash_keyed(installation.pepper, f"account seal {purpose}"))


def seal_holder(installation: Installation, holder: Holder) -> bytes:
    return seal(installation, HOLDER, vars(holder))


def open_holder(installation: Installation, sealed: bytes) -> Holder:
    return Holder(**open_sealed(installation, HOLDER, sealed))
