"""How is an address read, found again and kept so that only this installation can read it?"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

import orjson
from email_validator import EmailNotValidError, validate_email
from nacl.secret import SecretBox

from survey.answering.keys import hash_keyed
from survey.errors import SurveyError
from survey.installation import Installation

CONFIRM, LEAVE = "confirm", "leave"  # what a link is for
MOST_IN_ADDRESS = 254  # characters: RFC 5321, 4.5.3.1.3, without its angle brackets
TOKEN_BYTES = 24  # 192 random bits in a link; nobody finds one by trying


@dataclass(frozen=True)
class Wish:
    """What somebody wants letters about, where and in which language. `areas` are codes."""

    address: str = field(repr=False)
    areas: tuple[str, ...]
    language: str


def read_address(typed: str) -> str:
    """The address in what was typed, with its domain in ASCII. Nothing is looked up on the network.

    Raises SurveyError address_wrong, which never repeats what was typed.
    """
    if len(typed.strip()) > MOST_IN_ADDRESS:
        raise SurveyError("address_wrong")
    try:
        found = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise SurveyError("address_wrong") from None
    return found.ascii_email or found.normalized


def hash_address(installation: Installation, address: str) -> bytes:
    """What an address is found by. Capital letters make no difference: nearly no server tells them apart."""
    return hash_keyed(installation.pepper, "digest address", address.lower().encode())


def make_token() -> str:
    """A new random link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(installation: Installation, purpose: str, token: str) -> bytes:
    """What a link is found by: another for confirming than for leaving."""
    return hash_keyed(installation.pepper, f"digest {purpose}", token.encode())


def seal(installation: Installation, document: dict[str, Any]) -> bytes:
    """A document that only this installation's pepper opens, and that therefore is noise in a backup."""
    return bytes(make_box(installation).encrypt(orjson.dumps(document)))


def open_sealed(installation: Installation, sealed: bytes) -> dict[str, Any]:
    """The document in a sealed one."""
    return orjson.loads(make_box(installation).decrypt(sealed))


def make_box(installation: Installation) -> SecretBox:
    return SecretBox(hash_keyed(installation.pepper, "digest seal"))


def seal_wish(installation: Installation, wish: Wish, *, leave: str = "") -> bytes:
    """A wish that is kept, with the secret of the link that ends it where it has one."""
    document = {"address": wish.address, "areas": wish.areas, "language": wish.language}
    return seal(installation, document | ({LEAVE: leave} if leave else {}))


def find_wish(installation: Installation, sealed: bytes) -> Wish:
    """The wish that was sealed."""
    document = open_sealed(installation, sealed)
    return Wish(document["address"], tuple(document["areas"]), document["language"])


def find_leave(installation: Installation, sealed: bytes) -> str:
    """The secret of the link that ends what was sealed."""
    return str(open_sealed(installation, sealed)[LEAVE])
