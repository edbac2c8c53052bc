"""How are a member's name and address, and the links of their letters, kept so that only we can read them?"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Any

import orjson
from nacl.secret import SecretBox

from survey.answering.keys import hash_keyed
from survey.installation import Installation

SEPARATOR = "-"
SIGNED_SIGNS = 32  # hexadecimal signs of a link's signature: 128 bits, nobody finds one by trying


@dataclass(frozen=True)
class Contact:
    """What is known of a member, never shown in a log. `address` is empty where there is none."""

    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]


def seal(installation: Installation, document: dict[str, Any]) -> bytes:
    """A document that only this installation's pepper opens, and that therefore is noise in a backup."""
    return bytes(make_box(installation).encrypt(orjson.dumps(document)))


def open_sealed(installation: Installation, sealed: bytes) -> dict[str, Any]:
    """The document in a sealed one."""
    return orjson.loads(make_box(installation).decrypt(sealed))


def make_box(installation: Installation) -> SecretBox:
    return SecretBox(hash_keyed(installation.pepper, "panel seal"))


def seal_contact(installation: Installation, contact: Contact) -> bytes:
    return seal(installation, {"name": contact.name, "address": contact.address})


def open_contact(installation: Installation, sealed: bytes) -> Contact:
    document = open_sealed(installation, sealed)
    return Contact(document["name"], document["address"])


def make_link_token(installation: Installation, invitation: str) -> str:
    """The secret of the link to an invitation, the same each time; nothing in the database gives it away."""
    return f"{invitation}{SEPARATOR}{sign(installation, invitation)}"


def read_link_token(installation: Installation, token: str) -> str | None:
    """The invitation of a link; None when it is none of ours."""
    invitation, _, signature = token.partition(SEPARATOR)
    right = sign(installation, invitation)
    return invitation if hmac.compare_digest(signature.encode(errors="replace"), right.encode()) else None


def sign(installation: Installation, invitation: str) -> str:
    signed = hash_keyed(installation.pepper, "mission link", invitation.encode(errors="replace"))
    return signed.hex()[:SIGNED_SIGNS]
