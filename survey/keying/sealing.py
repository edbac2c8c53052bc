"""How is a keyed form sealed before it is an answer, so that the database shows nothing of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson
from nacl.secret import SecretBox

from survey.answering.answers import Value
from survey.answering.drafts import Draft, find_lock, read_draft, write_draft
from survey.answering.keys import derive_key, hash_keyed
from survey.answering.seal import pad_document, unpad_document
from survey.installation import Installation

SECRET_BYTES = 16


@dataclass(frozen=True)
class Entry:
    """A form as it was keyed: once in `first`, and where chance drew it once more in `second`.

    Both hold what was typed at each question and not the answers. `secret` is the form's, `kept` which of the
    two counts at each question where they differ.
    """

    secret: bytes = field(repr=False)
    first: Draft = field(repr=False)
    second: Draft | None = field(default=None, repr=False)
    kept: Mapping[str, str] = field(default_factory=dict[str, str])

    def list_typed(self) -> Mapping[str, Value]:
        """What counts of what was typed: where two differ, what was chosen, else what was typed first."""
        if self.second is None:
            return self.first.answers
        chosen = {name for name, whose in self.kept.items() if whose == "second"}
        names = dict.fromkeys((*self.first.answers, *self.second.answers))
        taken = {n: (self.second if n in chosen else self.first).answers.get(n) for n in names}
        return {name: value for name, value in taken.items() if value is not None}


def find_secret(installation: Installation, code: str, *, again: bool = False) -> bytes:
    """The secret of a form, or of its second entry: other than that of the code's draft on the web."""
    purpose = "paper form again" if again else "paper form"
    return hash_keyed(installation.pepper, purpose, code.encode())[:SECRET_BYTES]


def find_row_id(round_key: bytes, secret: bytes) -> bytes:
    return derive_key(round_key, "keyed form", secret)


def seal_entry(round_key: bytes, row_id: bytes, entry: Entry) -> bytes:
    """An entry that only the round's key file opens: when the round is over it is noise, in backups too."""
    document = {
        "secret": entry.secret.hex(),
        "first": write_draft(entry.first),
        "second": write_draft(entry.second) if entry.second is not None else None,
        "kept": dict(entry.kept),
    }
    key = derive_key(round_key, "keyed seal", row_id)
    return bytes(SecretBox(key).encrypt(pad_document(orjson.dumps(document))))


def open_entry(round_key: bytes, row_id: bytes, sealed: bytes) -> Entry:
    """The entry in a sealed one. Raises nacl's CryptoError for another round's."""
    key = derive_key(round_key, "keyed seal", row_id)
    found = orjson.loads(unpad_document(SecretBox(key).decrypt(sealed)))
    second = read_draft(found["second"]) if found["second"] is not None else None
    return Entry(bytes.fromhex(found["secret"]), read_draft(found["first"]), second, found["kept"])


def read_round_key(installation: Installation, round_id: str) -> bytes:
    """The key of a round. Raises SurveyError key_missing."""
    return find_lock(installation, round_id).round_key
